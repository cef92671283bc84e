package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.Appended;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Appends an entry of 600 bytes to a log on disk that has ten million entries, or ten thousand. */
@State(Scope.Thread)
public class GrownAppend {

    private final byte[][] entries = Samples.entries(256);
    private int next;

    @Benchmark
    public Appended vaultmesh(GrowingLog.Large large) {
        return large.log.append(entries[next++ & 255]);
    }

    @Benchmark
    public Appended small(GrowingLog.Small small) {
        return small.log.append(entries[next++ & 255]);
    }
}
