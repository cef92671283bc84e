package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Proves that entries at random indexes are in a log of ten million. */
public class Proving {

    private static final PreparedLog LOG = PreparedLog.TEN_MILLION;
    private static final long SEED = 20261101;

    /** The log, open. */
    @State(Scope.Benchmark)
    public static class Log {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final MerkleLog log = LOG.open();
        private final long size = log.size();

        @TearDown
        public void close() {
            log.close();
        }
    }

    /** Its tiles. */
    @State(Scope.Benchmark)
    public static class Tiles {

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final long size = MerkleLog.read(LOG.directory(), Samples.SIGNER.verifier())
                .checkpoint()
                .size();
        private final TileFiles files = new TileFiles(LOG.directory(), size);
        private final int levels = files.levels();
    }

    @Benchmark
    public LogProof vaultmesh(Log log) {
        return log.log.proveInclusion(log.random.nextLong(log.size));
    }

    /** The bound: the files that have the leaf's hash and those of the nodes above it, read and not looked at. */
    @Benchmark
    public void reading(Tiles tiles, Blackhole read) throws IOException {
        long leaf = tiles.random.nextLong(tiles.size);
        for (int level = 0; level < tiles.levels; level++) {
            read.consume(tiles.files.read(level, leaf));
        }
    }
}
