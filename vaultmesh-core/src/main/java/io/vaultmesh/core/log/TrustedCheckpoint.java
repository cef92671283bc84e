package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.merkle.InclusionProof;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;

/**
 * A checkpoint whose signature was verified under a key that the caller named, or that came from the caller's own log.
 * Proofs are checked against one of these and nothing else: it alone binds the tree size.
 *
 * <p>It says that the log's key signed this root at this size. It does not say that the log showed everybody the same:
 * for that, compare with what others saw. Immutable and thread-safe.
 */
public final class TrustedCheckpoint {

    private final Checkpoint checkpoint;
    private final SignedNote note;

    TrustedCheckpoint(Checkpoint checkpoint, SignedNote note) {
        this.checkpoint = checkpoint;
        this.note = note;
    }

    /**
     * Verifies the note of a checkpoint.
     *
     * @param note the signed checkpoint
     * @param logKey the key of the log; its name is the origin that the checkpoint must have
     * @return the checkpoint, to be trusted as far as the key is
     * @throws RefutedException if the key didn't sign the note, or the note is no checkpoint of that log
     */
    public static TrustedCheckpoint verify(SignedNote note, NoteVerifier logKey) {
        note.verify(logKey).orThrow();
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
        if (!checkpoint.origin().equals(logKey.name())) {
            throw new RefutedException("the checkpoint's origin is " + checkpoint.origin() + ", expected "
                    + logKey.name() + ", the name of the key that signed it");
        }
        return new TrustedCheckpoint(checkpoint, note);
    }

    /**
     * The log's name.
     *
     * @return the origin
     */
    public String origin() {
        return checkpoint.origin();
    }

    /**
     * The tree size.
     *
     * @return how many entries the log had
     */
    public long size() {
        return checkpoint.size();
    }

    /**
     * The root hash of the tree of that size.
     *
     * @return the root hash
     */
    public Hash root() {
        return checkpoint.root();
    }

    /**
     * The signed note, for others to verify.
     *
     * @return the note
     */
    public SignedNote note() {
        return note;
    }

    /**
     * Whether a leaf is in the log at the index that a proof names.
     *
     * @param proof the proof
     * @param leafHash the leaf's hash
     * @return whether the proof leads from the leaf to this checkpoint's root, at this checkpoint's size
     */
    public Verdict includes(InclusionProof proof, Hash leafHash) {
        if (proof.size() != size()) {
            return Verdict.refuted("the proof is for a tree of " + proof.size() + ", the checkpoint has " + size());
        }
        Hash implied = proof.impliedRoot(requireNonNull(leafHash, "leafHash"));
        return implied.equals(root())
                ? Verdict.proven()
                : Verdict.refuted("with leaf hash " + leafHash + " at index " + proof.index()
                        + " the proof leads to root " + implied + ", expected " + root() + " of " + origin());
    }

    /**
     * Whether this checkpoint's tree extends an earlier one: nothing that was in the log then was changed or removed.
     *
     * @param earlier a checkpoint of the same log, of at most this size
     * @param proof the proof from its size to this one's
     * @return whether the earlier tree is a prefix of this one
     */
    public Verdict continues(TrustedCheckpoint earlier, ConsistencyProof proof) {
        if (!earlier.origin().equals(origin())) {
            return Verdict.refuted("the earlier checkpoint is of " + earlier.origin() + ", this one of " + origin());
        }
        if (proof.oldSize() != earlier.size() || proof.newSize() != size()) {
            return Verdict.refuted("the proof is from size " + proof.oldSize() + " to " + proof.newSize()
                    + ", the checkpoints have " + earlier.size() + " and " + size());
        }
        return proof.connects(earlier.root(), root());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedCheckpoint that && checkpoint.equals(that.checkpoint) && note.equals(that.note);
    }

    @Override
    public int hashCode() {
        return checkpoint.hashCode();
    }

    /** Origin, size and root, for people. */
    @Override
    public String toString() {
        return origin() + " at size " + size() + ", root " + root();
    }
}
