package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Ids as records have them: hashes. */
final class SampleIds {

    /** Seconds between two records; ten million of them still have times of their own. */
    static final long PACE = 100;

    private static final long FIRST = 1_000_000_000;

    private final MessageDigest sha256 = Hashing.newSha256();

    Hash id(int number) {
        return Hash.of(
                sha256.digest(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()));
    }

    static long timestamp(int number) {
        return FIRST + PACE * number;
    }
}
