package io.vaultmesh.scheduler.journal;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.note.SignedNote;
import java.time.Instant;

/**
 * What is to be published: it was durable before anything was sent. Immutable and thread-safe.
 *
 * @param at when it was prepared
 * @param note the checkpoint, as its log signed it
 * @param request what the target prepared
 */
public record Intent(Instant at, SignedNote note, JsonObject request) {

    /**
     * Creates an intent.
     *
     * @param at when it was prepared
     * @param note the checkpoint, as its log signed it
     * @param request what the target prepared
     * @throws IllegalArgumentException if the note is of no checkpoint
     */
    public Intent {
        requireNonNull(at, "at");
        requireNonNull(request, "request");
        Checkpoint unused = Checkpoint.parse(note.text());
    }

    /**
     * What is to be anchored.
     *
     * @return the checkpoint
     */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(note.text());
    }
}
