package io.vaultmesh.core.merkle;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Hashes leaves and nodes from array to array, without garbage: what a log does for every entry. {@link
 * MerkleTree#leafHash} and {@link MerkleTree#nodeHash} are the same functions over values.
 *
 * <p>Not thread-safe: each thread, or each lock, has one of its own.
 */
public final class TreeHasher {

    private static final byte LEAF = 0x00;

    /** What stands before the children of a node when it is hashed. */
    public static final byte NODE = 0x01;

    /** Up to here, copying an entry behind its prefix is faster than giving the digest two pieces. */
    private static final int COPIED = 4096;

    private static final ThreadLocal<TreeHasher> OF_THREAD = ThreadLocal.withInitial(TreeHasher::new);

    private final MessageDigest sha256 = Hashing.newSha256();
    private final byte[] leaf = new byte[1 + COPIED]; // its first byte is 0x00
    private final byte[] node = new byte[1 + 2 * Hash.LENGTH];

    /** Creates a hasher. */
    public TreeHasher() {
        node[0] = NODE;
    }

    /**
     * The hasher of the thread that asks.
     *
     * @return a hasher that no other thread has; to be used at once and not kept
     */
    public static TreeHasher ofThread() {
        return OF_THREAD.get();
    }

    /**
     * The hash of a leaf: SHA-256(0x00 ‖ entry).
     *
     * @param bytes the array that has the entry
     * @param from where the entry starts
     * @param length how long it is
     * @param target where 32 bytes are written
     * @param at where in {@code target}
     * @throws IndexOutOfBoundsException if either array is too short
     */
    public void leaf(byte[] bytes, int from, int length, byte[] target, int at) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        Objects.checkFromIndexSize(at, Hash.LENGTH, target.length);
        leaf(bytes, from, length);
        digest(target, at);
    }

    /**
     * The hash of a leaf, as {@link #leaf(byte[], int, int, byte[], int)}, without copying the entry: while it is hashed,
     * the byte before it is another one.
     *
     * @param bytes the array that has the entry
     * @param from where the entry starts; not the array's start
     * @param length how long it is
     * @param target where 32 bytes are written; not over the byte before the entry
     * @param at where in {@code target}
     * @throws IndexOutOfBoundsException if either array is too short, or no byte is before the entry
     */
    public void leafInPlace(byte[] bytes, int from, int length, byte[] target, int at) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        Objects.checkFromIndexSize(at, Hash.LENGTH, target.length);
        byte before = bytes[from - 1];
        bytes[from - 1] = LEAF;
        try {
            sha256.update(bytes, from - 1, 1 + length);
            digest(target, at);
        } finally {
            bytes[from - 1] = before;
        }
    }

    /**
     * The hash of a node whose children lie behind the prefix already.
     *
     * @param bytes the array that has {@link #NODE} and both children, one behind the other
     * @param from where the left child starts; the prefix is before it
     * @param target where 32 bytes are written; may be {@code bytes}
     * @param at where in {@code target}
     * @throws IndexOutOfBoundsException if either array is too short
     */
    public void nodeInPlace(byte[] bytes, int from, byte[] target, int at) {
        Objects.checkFromIndexSize(from - 1, node.length, bytes.length);
        Objects.checkFromIndexSize(at, Hash.LENGTH, target.length);
        sha256.update(bytes, from - 1, node.length);
        digest(target, at);
    }

    /**
     * The hash of a node: SHA-256(0x01 ‖ left ‖ right).
     *
     * @param hashes the array that has both children, one behind the other
     * @param from where the left one starts
     * @param target where 32 bytes are written; may be {@code hashes}
     * @param at where in {@code target}
     * @throws IndexOutOfBoundsException if either array is too short
     */
    public void node(byte[] hashes, int from, byte[] target, int at) {
        Objects.checkFromIndexSize(at, Hash.LENGTH, target.length);
        System.arraycopy(hashes, from, node, 1, 2 * Hash.LENGTH);
        sha256.update(node, 0, node.length);
        digest(target, at);
    }

    Hash leaf(byte[] entry) {
        leaf(entry, 0, entry.length);
        return Hash.of(sha256.digest());
    }

    private void leaf(byte[] bytes, int from, int length) {
        if (length <= COPIED) {
            System.arraycopy(bytes, from, leaf, 1, length);
            sha256.update(leaf, 0, 1 + length);
        } else {
            sha256.update(LEAF);
            sha256.update(bytes, from, length);
        }
    }

    Hash node(Hash left, Hash right) {
        left.write(node, 1);
        right.write(node, 1 + Hash.LENGTH);
        return Hash.of(sha256.digest(node));
    }

    private void digest(byte[] target, int at) {
        try {
            sha256.digest(target, at, Hash.LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 doesn't give " + Hash.LENGTH + " bytes", e);
        }
    }
}
