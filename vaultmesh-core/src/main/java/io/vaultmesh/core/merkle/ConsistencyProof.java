package io.vaultmesh.core.merkle;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import java.util.List;

/**
 * A proof that one tree is a prefix of another (RFC 6962 §2.1.2).
 *
 * <p>There is none from an empty tree: everything extends it, so nothing would be proven. The number of hashes follows
 * from the two sizes: any other is refused. Immutable and thread-safe.
 *
 * @param oldSize the size of the smaller tree, from 1
 * @param newSize the size of the larger tree
 * @param hashes the proof's hashes, in the order of RFC 6962; the list is copied
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> hashes) {

    /**
     * Creates a proof.
     *
     * @param oldSize the size of the smaller tree, from 1
     * @param newSize the size of the larger tree
     * @param hashes the proof's hashes, in the order of RFC 6962; the list is copied
     * @throws IllegalArgumentException if the sizes are not 0 &lt; old &lt;= new, or the number of hashes doesn't fit
     *     them
     */
    public ConsistencyProof {
        hashes = List.copyOf(hashes);
        requireSizes(oldSize, newSize);
        int expected = length(oldSize, newSize);
        if (hashes.size() != expected) {
            throw new IllegalArgumentException("the proof from size " + oldSize + " to " + newSize + " has "
                    + hashes.size() + " hashes, expected " + expected);
        }
    }

    static void requireSizes(long oldSize, long newSize) {
        if (oldSize <= 0 || oldSize > newSize) {
            throw new IllegalArgumentException("a consistency proof from size " + oldSize + " to " + newSize
                    + " doesn't exist, expected 0 < old size <= new size");
        }
    }

    private static boolean isPowerOfTwo(long size) {
        return Long.bitCount(size) == 1;
    }

    private static int length(long oldSize, long newSize) {
        if (oldSize == newSize) {
            return 0;
        }
        int inner = InclusionProof.inner(oldSize - 1, newSize);
        int border = Long.bitCount((oldSize - 1) >>> inner);
        // the way up starts at the last complete subtree of the old tree; its hash is left out if that is all of it
        return inner - Long.numberOfTrailingZeros(oldSize) + border + (isPowerOfTwo(oldSize) ? 0 : 1);
    }

    /**
     * Whether the tree with the new root extends the tree with the old one.
     *
     * <p>Both roots, and that they belong to trees of these sizes, must come from checkpoints that the caller trusts.
     *
     * @param oldRoot the root of the tree of {@link #oldSize()}
     * @param newRoot the root of the tree of {@link #newSize()}
     * @return whether the first is a prefix of the second
     */
    public Verdict connects(Hash oldRoot, Hash newRoot) {
        if (oldSize == newSize) {
            return oldRoot.equals(newRoot)
                    ? Verdict.proven()
                    : Verdict.refuted(
                            "two trees of size " + oldSize + " have different roots, " + oldRoot + " and " + newRoot);
        }
        int start = isPowerOfTwo(oldSize) ? 0 : 1;
        Hash oldHash = start == 0 ? oldRoot : hashes.get(0);
        Hash newHash = oldHash;
        int shift = Long.numberOfTrailingZeros(oldSize);
        int inner = InclusionProof.inner(oldSize - 1, newSize) - shift;
        long path = (oldSize - 1) >>> shift;
        for (int i = start; i < hashes.size(); i++) {
            Hash hash = hashes.get(i);
            boolean right = i - start < inner && (path >>> (i - start) & 1) == 0;
            if (right) {
                newHash = MerkleTree.nodeHash(newHash, hash);
            } else {
                oldHash = MerkleTree.nodeHash(hash, oldHash);
                newHash = MerkleTree.nodeHash(hash, newHash);
            }
        }
        if (!oldHash.equals(oldRoot)) {
            return Verdict.refuted(
                    "the proof starts from root " + oldHash + " of size " + oldSize + ", expected " + oldRoot);
        }
        return newHash.equals(newRoot)
                ? Verdict.proven()
                : Verdict.refuted(
                        "the proof leads to root " + newHash + " of size " + newSize + ", expected " + newRoot);
    }
}
