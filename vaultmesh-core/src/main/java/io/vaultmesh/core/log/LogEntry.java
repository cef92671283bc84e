package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes that were logged, and where. Immutable and thread-safe. */
public final class LogEntry {

    /** The most bytes that an entry may have: its length is kept in 16 bits (C2SP tlog-tiles). */
    public static final int MAX_LENGTH = 65_535;

    private final long index;
    private final byte[] bytes;

    /** Refuses bytes that are too many for an entry. */
    static void requireLength(byte[] entry) {
        if (entry.length > MAX_LENGTH) {
            throw new IllegalArgumentException("the entry has " + entry.length + " bytes, expected at most "
                    + MAX_LENGTH + "; log the hash of a larger one");
        }
    }

    /** Takes ownership of the bytes. */
    LogEntry(long index, byte[] bytes) {
        this.index = index;
        this.bytes = bytes;
    }

    /**
     * The entry's place in the log.
     *
     * @return the leaf index, from 0
     */
    public long index() {
        return index;
    }

    /**
     * What was logged.
     *
     * @return a copy of the bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What was logged, read as UTF-8; bytes that are not are replaced by U+FFFD.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The hash of the entry's leaf.
     *
     * @return SHA-256(0x00 ‖ entry)
     */
    public Hash leafHash() {
        return MerkleTree.leafHash(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry entry && index == entry.index && Arrays.equals(bytes, entry.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(index) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "entry " + index + ", " + bytes.length + " bytes, leaf hash " + leafHash();
    }
}
