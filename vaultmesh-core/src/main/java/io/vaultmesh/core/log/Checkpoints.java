package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import org.jspecify.annotations.Nullable;

/** Signs checkpoints of a tail, all of whose entries are durable. Thread-safe. */
final class Checkpoints {

    private final Tail tail;
    private final NoteSigner signer;
    private final @Nullable String refusal;
    private @Nullable TrustedCheckpoint newest;

    Checkpoints(Tail tail, NoteSigner signer, @Nullable TrustedCheckpoint published) {
        this(tail, signer, published, null);
    }

    /** With a refusal, nothing is signed: there is the published checkpoint, or none. */
    Checkpoints(Tail tail, NoteSigner signer, @Nullable TrustedCheckpoint published, @Nullable String refusal) {
        this.tail = tail;
        this.signer = signer;
        this.newest = published;
        this.refusal = refusal;
    }

    /** A checkpoint over all entries that there are now, or were while it waited; signed once for each size. */
    synchronized TrustedCheckpoint newest() {
        long size;
        Hash root;
        synchronized (tail) {
            size = tail.size();
            root = tail.root();
        }
        return of(size, root);
    }

    /** A checkpoint of a size that the tail has or had. */
    synchronized TrustedCheckpoint of(long size, Hash root) {
        if (newest == null || newest.size() != size) {
            if (refusal != null) {
                throw new IllegalStateException(refusal);
            }
            Checkpoint checkpoint = new Checkpoint(signer.name(), size, root);
            newest = new TrustedCheckpoint(checkpoint, SignedNote.sign(checkpoint.toText(), signer));
        }
        return newest;
    }
}
