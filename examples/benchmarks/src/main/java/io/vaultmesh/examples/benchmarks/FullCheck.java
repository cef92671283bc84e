package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.MerkleLog;
import java.security.DigestException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Checks every published byte of a log of a million entries of 200 bytes. */
public class FullCheck {

    private static final int THREADS = 2;

    /** The entries, in memory. */
    @State(Scope.Benchmark)
    public static class Entries {

        private final PreparedLog log = PreparedLog.MILLION;
        private final byte[] entries = log.allEntries();
    }

    @Benchmark
    public Report vaultmesh() {
        return MerkleLog.read(PreparedLog.MILLION.directory(), Samples.SIGNER.verifier())
                .fsck()
                .orThrow();
    }

    /** The bound: the same entries, which are in memory already, hashed to the root. */
    @Benchmark
    public Hash hashing(Entries entries)
            throws InterruptedException, ExecutionException, NoSuchAlgorithmException, DigestException {
        return TreeHashing.root(entries.entries, entries.log.entryLength(), THREADS);
    }
}
