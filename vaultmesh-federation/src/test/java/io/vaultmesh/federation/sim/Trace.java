package io.vaultmesh.federation.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One hash over all that happened. */
final class Trace {

    private static final int MOST = 512;

    private final MessageDigest digest;

    Trace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(String what) {
        digest.update(what.getBytes(UTF_8));
        digest.update((byte) '\n');
    }

    /** A message, of which the beginning is enough if it is long: what follows shows in what comes of it. */
    void add(byte[] bytes) {
        add(Integer.toString(bytes.length));
        digest.update(bytes, 0, Math.min(bytes.length, MOST));
    }

    Hash hash() {
        return Hash.of(digest.digest());
    }
}
