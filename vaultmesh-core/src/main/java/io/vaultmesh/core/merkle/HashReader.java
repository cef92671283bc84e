package io.vaultmesh.core.merkle;

import io.vaultmesh.core.hash.Hash;
import java.util.List;

/** Where the functions of {@link MerkleTree} find the hashes of complete subtrees. */
@FunctionalInterface
public interface HashReader {

    /**
     * Reads the hashes of nodes, all at once so that an implementation can read each of its pages once.
     *
     * @param nodes the coordinates; each is complete in the tree that was asked about
     * @return their hashes, in the same order; MUST have as many elements
     */
    List<Hash> read(List<NodeId> nodes);
}
