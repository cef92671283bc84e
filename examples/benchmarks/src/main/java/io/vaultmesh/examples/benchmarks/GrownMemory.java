package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.MerkleLog;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Appends 50,000 entries of 32 bytes, one by one, to a log in memory that has ten million entries, or ten thousand. */
@State(Scope.Thread)
public class GrownMemory {

    private static final int APPENDED = 50_000;
    private static final int WARM_UP = 10;

    private final List<byte[]> entries = PreparedLog.TEN_MILLION.split(PreparedLog.TEN_MILLION.entries(0, 10_000));

    /** Both sides begin with compiled code, although one of them has done much more to be there. */
    @Setup
    public void warmUp() {
        MerkleLog log = MerkleLog.inMemory(Samples.SIGNER);
        for (int i = 0; i < WARM_UP; i++) {
            append(log);
        }
    }

    /** Ten million entries, and what the iterations add; it takes some 2 GB. */
    @State(Scope.Thread)
    public static class Large {

        private final MerkleLog log = MerkleLog.inMemory(Samples.SIGNER);

        @Setup
        public void fill(GrownMemory work) {
            while (log.size() < PreparedLog.TEN_MILLION.size()) {
                log.appendAll(work.entries);
            }
        }
    }

    /** Ten thousand entries. */
    @State(Scope.Thread)
    public static class Small {

        private MerkleLog log;

        @Setup(Level.Iteration)
        public void fill(GrownMemory work) {
            log = MerkleLog.inMemory(Samples.SIGNER);
            log.appendAll(work.entries);
        }
    }

    @Benchmark
    public Hash vaultmesh(Large large) {
        return append(large.log);
    }

    @Benchmark
    public Hash small(Small small) {
        return append(small.log);
    }

    private Hash append(MerkleLog log) {
        for (int i = 0; i < APPENDED; i++) {
            log.append(entries.get(i % entries.size()));
        }
        return log.root();
    }
}
