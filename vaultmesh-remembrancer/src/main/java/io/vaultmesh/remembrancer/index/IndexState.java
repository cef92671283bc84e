package io.vaultmesh.remembrancer.index;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;

/**
 * How far an index covers its log: what was said when the records were added, which the index can't check. Compare it
 * with the log. Immutable and thread-safe.
 *
 * @param size how many records the index holds: the leaf index of the next one
 * @param root the log's root hash at that size
 */
public record IndexState(long size, Hash root) {

    /** The state of an index that holds nothing. */
    public static final IndexState EMPTY = new IndexState(0, MerkleTree.emptyRoot());

    /**
     * Creates a state.
     *
     * @param size how many records the index holds
     * @param root the log's root hash at that size
     * @throws IllegalArgumentException if the size is negative
     */
    public IndexState {
        requireNonNull(root, "root");
        if (size < 0) {
            throw new IllegalArgumentException("size is " + size + ", expected at least 0");
        }
    }
}
