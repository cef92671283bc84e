package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gives receipts of records among a million memories, by their ids. */
public class Receiving {

    private static final PreparedMemory PREPARED = PreparedMemory.A_MILLION;
    private static final long SEED = 20261101;
    private static final int IDS = 10_000;

    private static LogReader log(Remembrancer memory) {
        return MerkleLog.read(PREPARED.log(), memory.verifier());
    }

    /** The ids of some records. */
    @State(Scope.Benchmark)
    public static class Ids {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final List<Hash> ids = new ArrayList<>();

        @Setup
        public void choose(OpenMemory open) {
            LogReader log = log(open.get());
            for (int i = 0; i < IDS; i++) {
                ids.add(log.entry(random.nextLong(log.size())).leafHash());
            }
        }

        Hash next() {
            return ids.get(random.nextInt(IDS));
        }
    }

    /** Its log. */
    @State(Scope.Benchmark)
    public static class Log {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final LogReader log = open();

        private static LogReader open() {
            try (Remembrancer memory = PREPARED.open()) {
                return log(memory);
            }
        }
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Receipt vaultmesh(Ids ids, OpenMemory open) {
        return open.get().receipt(ids.next()).orElseThrow();
    }

    @Benchmark
    public LogProof proof(Log open) {
        return open.log.proveInclusion(open.random.nextLong(open.log.size()));
    }
}
