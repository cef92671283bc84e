package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.merkle.InclusionProof;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.Optional;

/** What a log's tiles prove. Thread-safe. */
record Proofs(Tail tail, TileReader tiles) {

    LogProof inclusion(long index, TrustedCheckpoint checkpoint) {
        InclusionProof proof = MerkleTree.inclusionProof(index, checkpoint.size(), tiles);
        return new LogProof(index, proof.hashes(), checkpoint.note(), Optional.empty());
    }

    ConsistencyProof consistency(long oldSize, long newSize) {
        if (newSize > tail.size()) {
            throw new IllegalArgumentException("new size is " + newSize + ", the log has " + tail.size());
        }
        return MerkleTree.consistencyProof(oldSize, newSize, tiles);
    }

    Hash root(long size) {
        if (size < 0 || size > tail.size()) {
            throw new IllegalArgumentException("size is " + size + ", expected 0 to " + tail.size());
        }
        return MerkleTree.root(size, tiles);
    }

    /** Whether the log still holds all that it held at a checkpoint. */
    Verdict continues(TrustedCheckpoint since, String origin) {
        if (!since.origin().equals(origin)) {
            return Verdict.refuted("the checkpoint is of " + since.origin() + ", this log is " + origin);
        }
        if (since.size() > tail.size()) {
            return Verdict.refuted("the log has " + tail.size() + " entries, at the checkpoint it had " + since.size());
        }
        Hash root = MerkleTree.root(since.size(), tiles);
        return root.equals(since.root())
                ? Verdict.proven()
                : Verdict.refuted("at size " + since.size() + " the log has root " + root + ", the checkpoint has "
                        + since.root() + ": what was logged before was changed");
    }
}
