package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Opens a memory, with its namespace, so that it can be written and searched. */
public class OpeningMemories {

    /** Closes what was opened, outside the time. */
    @State(Scope.Benchmark)
    public static class Opened {

        private Optional<Remembrancer> memory = Optional.empty();

        private Remembrancer open(PreparedMemory prepared) {
            Remembrancer opened = prepared.open();
            var unused = opened.checkpoint();
            memory = Optional.of(opened);
            return opened;
        }

        @TearDown(Level.Iteration)
        public void close() {
            memory.ifPresent(Remembrancer::close);
        }
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Remembrancer vaultmesh(Opened opened) {
        return opened.open(PreparedMemory.A_MILLION);
    }

    @Benchmark
    public Remembrancer thousand(Opened opened) {
        return opened.open(PreparedMemory.A_THOUSAND);
    }
}
