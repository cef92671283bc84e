package io.vaultmesh.core.merkle;

import io.vaultmesh.core.hash.Hash;
import java.util.List;

/**
 * A proof that a leaf is in a tree: the hashes beside the way from the leaf up to the root, the leaf's sibling first
 * (RFC 6962 §2.1.1).
 *
 * <p>A proof carries its coordinates, and its length follows from them: any other length is refused. What it does
 * <em>not</em> carry is trust: the tree size is bound by nothing but a signed checkpoint, so a proof is checked against
 * one, by {@code TrustedCheckpoint}, and not here. Immutable and thread-safe.
 *
 * @param index the leaf's index, from 0
 * @param size the tree's size
 * @param hashes the proof's hashes, from the leaf up; the list is copied
 */
public record InclusionProof(long index, long size, List<Hash> hashes) {

    /**
     * Creates a proof.
     *
     * @param index the leaf's index, from 0
     * @param size the tree's size
     * @param hashes the proof's hashes, from the leaf up; the list is copied
     * @throws IllegalArgumentException if there is no such leaf, or the number of hashes doesn't fit it
     */
    public InclusionProof {
        hashes = List.copyOf(hashes);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf index is " + index + " in a tree of " + size + ", expected 0 <= index < size");
        }
        int expected = length(index, size);
        if (hashes.size() != expected) {
            throw new IllegalArgumentException("the proof for leaf " + index + " in a tree of " + size + " has "
                    + hashes.size() + " hashes, expected " + expected);
        }
    }

    private static int length(long index, long size) {
        int inner = inner(index, size);
        return inner + Long.bitCount(index >>> inner);
    }

    /** How many levels lie below the point where the way from the leaf joins the way from the last leaf. */
    static int inner(long index, long size) {
        return Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
    }

    /**
     * The root that this proof implies for a leaf. If it is the root of a tree that the caller trusts, then the leaf is
     * in that tree at {@link #index()}.
     *
     * @param leafHash the hash of the leaf
     * @return the root hash
     */
    public Hash impliedRoot(Hash leafHash) {
        Hash hash = leafHash;
        int inner = inner(index, size);
        for (int i = 0; i < hashes.size(); i++) {
            boolean left = i < inner && (index >>> i & 1) == 0;
            hash = left ? MerkleTree.nodeHash(hash, hashes.get(i)) : MerkleTree.nodeHash(hashes.get(i), hash);
        }
        return hash;
    }
}
