package io.vaultmesh.core.merkle;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.util.ArrayList;
import java.util.List;

/**
 * Merkle trees as RFC 6962 §2.1 and RFC 9162 §2.1 define them: pure functions over the hashes of complete subtrees.
 *
 * <p>A leaf hash is SHA-256(0x00 ‖ entry), a node hash SHA-256(0x01 ‖ left ‖ right), the root of the empty tree
 * SHA-256 of nothing. A tree of n leaves is split at the largest power of two below n, so that an odd node is promoted
 * and never paired with itself. Thread-safe.
 */
public final class MerkleTree {

    private static final Hash EMPTY = Hashing.sha256(new byte[0]);

    private MerkleTree() {}

    /**
     * The root of a tree without leaves.
     *
     * @return SHA-256 of nothing
     */
    public static Hash emptyRoot() {
        return EMPTY;
    }

    /**
     * The hash of a leaf.
     *
     * @param entry the bytes that the leaf stands for
     * @return SHA-256(0x00 ‖ entry)
     */
    public static Hash leafHash(byte[] entry) {
        requireNonNull(entry, "entry"); // before the digest, which the thread keeps, has taken the prefix
        return TreeHasher.ofThread().leaf(entry);
    }

    /**
     * The hash of a node.
     *
     * @param left the hash of its left child
     * @param right the hash of its right child
     * @return SHA-256(0x01 ‖ left ‖ right)
     */
    public static Hash nodeHash(Hash left, Hash right) {
        return TreeHasher.ofThread().node(left, right);
    }

    /**
     * The root of a tree.
     *
     * @param size how many leaves it has, from 0
     * @param reader where its nodes are
     * @return the root hash
     * @throws IllegalArgumentException if the size is negative
     */
    public static Hash root(long size, HashReader reader) {
        requireSize(size);
        if (size == 0) {
            return EMPTY;
        }
        Plan plan = new Plan(reader);
        plan.add(0, size);
        return plan.hashes().get(0);
    }

    /**
     * Proves that a leaf is in a tree.
     *
     * @param index the leaf's index, from 0
     * @param size how many leaves the tree has
     * @param reader where the tree's nodes are
     * @return the proof
     * @throws IllegalArgumentException if there is no such leaf
     */
    public static InclusionProof inclusionProof(long index, long size, HashReader reader) {
        requireSize(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf index is " + index + ", expected 0 to " + (size - 1) + " in a tree of " + size);
        }
        Plan plan = new Plan(reader);
        siblings(index, 0, size, plan);
        return new InclusionProof(index, size, plan.hashes());
    }

    /** RFC 6962 §2.1.1: the siblings on the way from the leaf up to the root of [start, end). */
    private static void siblings(long index, long start, long end, Plan plan) {
        if (end - start == 1) {
            return;
        }
        long middle = start + largestPowerOfTwoBelow(end - start);
        if (index < middle) {
            siblings(index, start, middle, plan);
            plan.add(middle, end);
        } else {
            siblings(index, middle, end, plan);
            plan.add(start, middle);
        }
    }

    /**
     * Proves that one tree is a prefix of another.
     *
     * @param oldSize how many leaves the smaller tree has, from 1: nothing can be proven from an empty one
     * @param newSize how many leaves the larger tree has
     * @param reader where the larger tree's nodes are
     * @return the proof
     * @throws IllegalArgumentException if the sizes are not 0 &lt; old &lt;= new
     */
    public static ConsistencyProof consistencyProof(long oldSize, long newSize, HashReader reader) {
        ConsistencyProof.requireSizes(oldSize, newSize);
        Plan plan = new Plan(reader);
        subproof(oldSize, 0, newSize, true, plan);
        return new ConsistencyProof(oldSize, newSize, plan.hashes());
    }

    /** RFC 6962 §2.1.2, SUBPROOF(m, D[start:end], known), where known says that [start, m) is the whole old tree. */
    private static void subproof(long m, long start, long end, boolean known, Plan plan) {
        if (m == end) {
            if (!known) {
                plan.add(start, end);
            }
            return;
        }
        long middle = start + largestPowerOfTwoBelow(end - start);
        if (m <= middle) {
            subproof(m, start, middle, known, plan);
            plan.add(middle, end);
        } else {
            subproof(m, middle, end, false, plan);
            plan.add(start, middle);
        }
    }

    private static long largestPowerOfTwoBelow(long n) {
        return Long.highestOneBit(n - 1);
    }

    private static void requireSize(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("tree size is " + size + ", expected at least 0");
        }
    }

    /** Ranges of leaves whose roots are wanted; all their nodes are read at once. */
    private static final class Plan {

        private final HashReader reader;
        private final List<NodeId> nodes = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();

        Plan(HashReader reader) {
            this.reader = reader;
        }

        /** Adds the range [from, to), whose start is aligned to a power of two not below its length. */
        void add(long from, long to) {
            long start = from;
            while (start < to) {
                int level = 63 - Long.numberOfLeadingZeros(to - start);
                nodes.add(new NodeId(level, start >>> level));
                start += 1L << level;
            }
            ends.add(nodes.size());
        }

        List<Hash> hashes() {
            List<Hash> read = nodes.isEmpty() ? List.of() : reader.read(List.copyOf(nodes));
            if (read.size() != nodes.size()) {
                throw new IllegalStateException(
                        "the hash reader returned " + read.size() + " hashes, expected " + nodes.size());
            }
            List<Hash> roots = new ArrayList<>(ends.size());
            int start = 0;
            for (int end : ends) {
                Hash root = read.get(end - 1);
                for (int i = end - 2; i >= start; i--) {
                    root = nodeHash(read.get(i), root);
                }
                roots.add(root);
                start = end;
            }
            return roots;
        }
    }
}
