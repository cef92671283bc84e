package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.MerkleLog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Opens a log that was closed, for writing. */
public class Opening {

    /** Closes what was opened, outside the time. */
    @State(Scope.Benchmark)
    public static class Opened {

        private MerkleLog log = MerkleLog.inMemory();

        private MerkleLog keep(MerkleLog opened) {
            log = opened;
            return opened;
        }

        @TearDown(Level.Iteration)
        public void close() {
            log.close();
        }
    }

    @Benchmark
    public MerkleLog vaultmesh(Opened opened) {
        return opened.keep(PreparedLog.TEN_MILLION.open());
    }

    @Benchmark
    public MerkleLog thousand(Opened opened) {
        return opened.keep(PreparedLog.THOUSAND.open());
    }

    /** The first thing that the process does; its heap has the benchmark's own objects in it too. */
    @Benchmark
    public void heap(Opened opened, Heap heap) {
        heap.countWith(opened.keep(PreparedLog.TEN_MILLION.open()));
    }
}
