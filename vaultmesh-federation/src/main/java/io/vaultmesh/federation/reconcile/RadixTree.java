package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * A set of ids as a binary radix tree over their bits, which knows its Merkle root. A node is a number: that of a branch,
 * or the complement of an id's ordinal. A branch is a record of 42 bytes, so that a step down reads one place in memory.
 */
final class RadixTree {

    /** What {@link #add} gives if the id is there already. */
    static final int PRESENT = -1;

    private static final Hash EMPTY_ROOT = Hashing.sha256(new byte[0]);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    // a branch: its two children, the bit that they differ in, whether its hash must be computed, its hash
    private static final int SPLIT = 2 * Integer.BYTES;
    private static final int STALE = SPLIT + 1;
    private static final int HASH = STALE + 1;
    private static final int BRANCH = HASH + Hash.LENGTH;

    /** Bits grow strictly from branch to branch. */
    private static final int MOST_BRANCHES_ON_A_PATH = Hash.LENGTH * Byte.SIZE;

    private final IdPool pool;
    private final Records branches = new Records(BRANCH);
    private int top;

    RadixTree(IdPool pool) {
        this.pool = pool;
    }

    boolean contains(byte[] id) {
        return pool.size() > 0 && pool.compare(nearest(id), id) == 0;
    }

    /** Puts an id into the pool and the tree. Gives its ordinal, or {@link #PRESENT}. */
    int add(byte[] id) {
        if (pool.size() == 0) {
            int first = pool.add(id);
            top = ~first;
            return first;
        }
        int nearest = nearest(id);
        int differing = pool.firstDifference(nearest, id);
        if (differing < 0) {
            return PRESENT;
        }
        int difference = (pool.byteAt(nearest, differing) ^ id[differing]) & 0xff;
        int bit = differing * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
        int ordinal = pool.add(id);
        insert(id, ~ordinal, bit);
        return ordinal;
    }

    /** The ordinal that an id's bits lead to; if the id is in the tree at all, it is its own. */
    private int nearest(byte[] id) {
        int node = top;
        while (node >= 0) {
            byte[] chunk = branches.chunk(node);
            int at = branches.offset(node);
            node = (int) INTS.get(chunk, at + side(id, chunk[at + SPLIT] & 0xff));
        }
        return ~node;
    }

    /** Where in a branch the child is that an id belongs to. */
    private static int side(byte[] id, int bit) {
        return (id[bit >> 3] & (0x80 >> (bit & 7))) == 0 ? 0 : Integer.BYTES;
    }

    private void insert(byte[] id, int leaf, int bit) {
        int parent = -1;
        int node = top;
        while (node >= 0) {
            byte[] chunk = branches.chunk(node);
            int at = branches.offset(node);
            int split = chunk[at + SPLIT] & 0xff;
            if (split > bit) {
                break;
            }
            chunk[at + STALE] = 1;
            parent = node;
            node = (int) INTS.get(chunk, at + side(id, split));
        }
        int branch = branches.append();
        byte[] chunk = branches.chunk(branch);
        int at = branches.offset(branch);
        int side = side(id, bit);
        INTS.set(chunk, at + side, leaf);
        INTS.set(chunk, at + Integer.BYTES - side, node);
        chunk[at + SPLIT] = (byte) bit;
        chunk[at + STALE] = 1;
        if (parent < 0) {
            top = branch;
        } else {
            byte[] above = branches.chunk(parent);
            int link = branches.offset(parent);
            INTS.set(above, link + side(id, above[link + SPLIT] & 0xff), branch);
        }
    }

    /** The root, for which only those hashes are computed that additions have made stale. */
    Hash root() {
        if (pool.size() == 0) {
            return EMPTY_ROOT;
        }
        Hasher hasher = new Hasher();
        if (top < 0) {
            return Hash.of(hasher.leaf(~top));
        }
        hasher.refresh();
        return Hash.read(branches.chunk(top), branches.offset(top) + HASH);
    }

    /** Computes hashes from below, with a path of its own instead of recursion. */
    private final class Hasher {

        private final MessageDigest sha256 = Hashing.newSha256();
        private final byte[] leaf = new byte[1 + Hash.LENGTH];
        private final byte[] node = new byte[1 + 2 * Hash.LENGTH];

        Hasher() {
            node[0] = 1;
        }

        byte[] leaf(int ordinal) {
            pool.write(ordinal, leaf, 1);
            return sha256.digest(leaf);
        }

        void refresh() {
            int[] path = new int[MOST_BRANCHES_ON_A_PATH];
            int depth = isStale(top) ? 0 : -1;
            path[0] = top;
            while (depth >= 0) {
                byte[] chunk = branches.chunk(path[depth]);
                int at = branches.offset(path[depth]);
                int zero = (int) INTS.get(chunk, at);
                int one = (int) INTS.get(chunk, at + Integer.BYTES);
                if (isStale(zero)) {
                    path[++depth] = zero;
                } else if (isStale(one)) {
                    path[++depth] = one;
                } else {
                    copyHash(zero, 1);
                    copyHash(one, 1 + Hash.LENGTH);
                    System.arraycopy(sha256.digest(node), 0, chunk, at + HASH, Hash.LENGTH);
                    chunk[at + STALE] = 0;
                    depth--;
                }
            }
        }

        private boolean isStale(int child) {
            return child >= 0 && branches.chunk(child)[branches.offset(child) + STALE] != 0;
        }

        private void copyHash(int child, int offset) {
            if (child < 0) {
                System.arraycopy(leaf(~child), 0, node, offset, Hash.LENGTH);
            } else {
                System.arraycopy(branches.chunk(child), branches.offset(child) + HASH, node, offset, Hash.LENGTH);
            }
        }
    }
}
