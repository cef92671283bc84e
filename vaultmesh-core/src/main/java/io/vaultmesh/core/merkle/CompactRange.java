package io.vaultmesh.core.merkle;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed of a tree to append to it and to know its root: the roots of its complete subtrees from the left,
 * one for each bit that is set in its size. At most 63 hashes, whatever the size.
 *
 * <p>Appending costs one node hash on average; the root costs as many as there are bits set. Not thread-safe.
 */
public final class CompactRange {

    private final @Nullable Hash[] roots = new Hash[Long.SIZE]; // at [level], if that bit of the size is set
    private long size;

    /** Creates the range of the empty tree. */
    public CompactRange() {}

    /**
     * The range of a tree that exists.
     *
     * @param size how many leaves it has
     * @param reader where its nodes are
     * @return the range
     * @throws IllegalArgumentException if the size is negative
     */
    public static CompactRange of(long size, HashReader reader) {
        if (size < 0) {
            throw new IllegalArgumentException("tree size is " + size + ", expected at least 0");
        }
        CompactRange range = new CompactRange();
        range.size = size;
        for (int level = 0; level < Long.SIZE - 1; level++) {
            if ((size >>> level & 1) == 1) {
                NodeId node = new NodeId(level, (size >>> level) - 1);
                range.roots[level] = reader.read(List.of(node)).get(0);
            }
        }
        return range;
    }

    /**
     * How many leaves were appended.
     *
     * @return the tree size
     */
    public long size() {
        return size;
    }

    /**
     * Appends a leaf.
     *
     * @param leafHash its hash
     */
    public void append(Hash leafHash) {
        Hash carry = requireNonNull(leafHash, "leafHash");
        int level = 0;
        for (; (size >>> level & 1) == 1; level++) {
            carry = MerkleTree.nodeHash(Objects.requireNonNull(roots[level]), carry);
            roots[level] = null;
        }
        roots[level] = carry;
        size++;
    }

    /**
     * The root of the tree.
     *
     * @return the root hash of all leaves appended so far
     */
    public Hash root() {
        @Nullable Hash root = null;
        for (@Nullable Hash subtree : roots) {
            if (subtree != null) {
                root = root == null ? subtree : MerkleTree.nodeHash(subtree, root);
            }
        }
        return root == null ? MerkleTree.emptyRoot() : root;
    }

    /**
     * The roots of the complete subtrees, from the left: what {@link #of} asks its reader for, in the opposite order.
     *
     * @return one hash for each bit that is set in the size
     */
    public List<Hash> subtrees() {
        List<Hash> subtrees = new ArrayList<>();
        for (int level = roots.length - 1; level >= 0; level--) {
            Hash root = roots[level];
            if (root != null) {
                subtrees.add(root);
            }
        }
        return List.copyOf(subtrees);
    }

    /**
     * A range that goes on independently of this one.
     *
     * @return the copy
     */
    public CompactRange copy() {
        CompactRange copy = new CompactRange();
        System.arraycopy(roots, 0, copy.roots, 0, roots.length);
        copy.size = size;
        return copy;
    }

    @Override
    public String toString() {
        return "CompactRange[size=" + size + ", roots="
                + Arrays.stream(roots).filter(Objects::nonNull).count() + "]";
    }
}
