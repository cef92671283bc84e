package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.MerkleLog;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Appends ten times 1,000 entries of 600 bytes to a log on disk that has ten million entries, or ten thousand. */
@State(Scope.Thread)
public class GrownBatches {

    private static final int BATCHES = 10;

    private final List<byte[]> entries = List.of(Samples.entries(BatchAppend.ENTRIES));

    @Benchmark
    public long vaultmesh(GrowingLog.Large large) {
        return append(large.log);
    }

    @Benchmark
    public long small(GrowingLog.Small small) {
        return append(small.log);
    }

    private long append(MerkleLog log) {
        for (int i = 0; i < BATCHES; i++) {
            log.appendAll(entries);
        }
        return log.size();
    }
}
