package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Gives receipts of records among a million memories, by their ids. */
public class Receiving {

    private static final PreparedMemory PREPARED = PreparedMemory.A_MILLION;
    private static final long SEED = 20261101;
    private static final int IDS = 10_000;

    private static LogReader log() {
        try (Remembrancer memory = PREPARED.open()) {
            NoteVerifier key = memory.verifier();
            return MerkleLog.read(PREPARED.log(), key);
        }
    }

    /** The ids of some records. */
    @State(Scope.Benchmark)
    public static class Ids {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final List<Hash> ids = some(random);

        private static List<Hash> some(SplittableRandom random) {
            LogReader log = log();
            return Stream.generate(() -> log.entry(random.nextLong(log.size())).leafHash())
                    .limit(IDS)
                    .toList();
        }

        Hash next() {
            return ids.get(random.nextInt(IDS));
        }
    }

    /** Its log. */
    @State(Scope.Benchmark)
    public static class Log {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final LogReader log = log();
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
