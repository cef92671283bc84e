package io.vaultmesh.remembrancer.body;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads a body, and ends only if it was the one that was recorded. Not thread-safe. */
final class VerifyingStream extends FilterInputStream {

    private final BodyRef expected;
    private final String file;
    private final MessageDigest digest = Hashing.newSha256();
    private long size;
    private boolean verified;

    VerifyingStream(InputStream in, BodyRef expected, String file) {
        super(in);
        this.expected = expected;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0) {
            verify();
            return count;
        }
        digest.update(target, offset, count);
        size += count;
        if (size > expected.size()) {
            throw new MemoryDamagedException(
                    file + " has more than " + expected.size() + " bytes, expected body " + expected.digest());
        }
        return count;
    }

    private void verify() {
        if (verified) {
            return;
        }
        Hash found = Hash.of(digest.digest());
        if (size != expected.size() || !found.equals(expected.digest())) {
            throw new MemoryDamagedException(file + " has " + size + " bytes with hash " + found + ", expected "
                    + expected.size() + " with hash " + expected.digest());
        }
        verified = true;
    }

    /** Skips by reading, since every byte counts. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.max(0, Math.min(8192, count))];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
