package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A million memories, open. */
@State(Scope.Benchmark)
public class OpenMemory {

    private final Remembrancer memory = PreparedMemory.A_MILLION.open();

    Remembrancer get() {
        return memory;
    }

    @TearDown
    public void close() {
        memory.close();
    }
}
