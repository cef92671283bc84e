package io.vaultmesh.scheduler.journal;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonObject;
import java.util.Optional;

/**
 * How far a lane is. Immutable and thread-safe.
 *
 * @param intent what is under way, if anything is
 * @param evidence what the target gave for it, if it was submitted
 * @param failure the last failure, if there was one since the last anchor
 */
public record Progress(Optional<Intent> intent, Optional<JsonObject> evidence, Optional<Failure> failure) {

    /** Nothing is under way, and nothing failed. */
    public static final Progress NONE = new Progress(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Creates a progress.
     *
     * @param intent what is under way
     * @param evidence what the target gave for it
     * @param failure the last failure
     * @throws IllegalArgumentException if there is evidence, and nothing under way
     */
    public Progress {
        requireNonNull(failure, "failure");
        if (evidence.isPresent() && intent.isEmpty()) {
            throw new IllegalArgumentException("there is evidence without an intent, expected an intent before it");
        }
    }

    Progress with(Intent begun) {
        if (intent.isPresent()) {
            throw new IllegalArgumentException("there is an intent already, expected its end before the next one");
        }
        return new Progress(Optional.of(begun), Optional.empty(), failure);
    }

    Progress with(JsonObject given) {
        return new Progress(intent, Optional.of(given), failure);
    }

    Progress with(Failure last) {
        return new Progress(intent, evidence, Optional.of(last));
    }

    /** What was given is no more: the same request is submitted again. */
    Progress unsubmitted() {
        return new Progress(intent, Optional.empty(), failure);
    }

    /** After an anchor was recorded. */
    Progress recorded() {
        requireIntent("recorded");
        return NONE;
    }

    /** After what was under way was given up, which is no success. */
    Progress abandoned() {
        requireIntent("abandoned");
        return new Progress(Optional.empty(), Optional.empty(), failure);
    }

    private void requireIntent(String event) {
        if (intent.isEmpty()) {
            throw new IllegalArgumentException("something is " + event + " without an intent, expected one before it");
        }
    }
}
