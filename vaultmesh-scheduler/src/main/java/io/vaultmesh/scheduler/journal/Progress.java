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
 * @param last what was anchored last, if that is known
 */
public record Progress(
        Optional<Intent> intent, Optional<JsonObject> evidence, Optional<Failure> failure, Optional<Anchored> last) {

    /** Nothing is under way, nothing failed, and it isn't known what was anchored. */
    public static final Progress NONE =
            new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Creates a progress.
     *
     * @param intent what is under way
     * @param evidence what the target gave for it
     * @param failure the last failure
     * @param last what was anchored last
     * @throws IllegalArgumentException if there is evidence, and nothing under way
     */
    public Progress {
        requireNonNull(failure, "failure");
        requireNonNull(last, "last");
        if (evidence.isPresent() && intent.isEmpty()) {
            throw new IllegalArgumentException("there is evidence without an intent, expected an intent before it");
        }
    }

    Progress with(Intent begun) {
        if (intent.isPresent()) {
            throw new IllegalArgumentException("there is an intent already, expected its end before the next one");
        }
        return new Progress(Optional.of(begun), Optional.empty(), failure, last);
    }

    Progress with(JsonObject given) {
        return new Progress(intent, Optional.of(given), failure, last);
    }

    Progress with(Failure newest) {
        return new Progress(intent, evidence, Optional.of(newest), last);
    }

    Progress with(Anchored known) {
        return new Progress(intent, evidence, failure, Optional.of(known));
    }

    /** What was given is no more: the same request is submitted again. */
    Progress unsubmitted() {
        return new Progress(intent, Optional.empty(), failure, last);
    }

    /** After an anchor was recorded. */
    Progress recorded() {
        Intent done = requireIntent("recorded");
        return NONE.with(new Anchored(done.checkpoint().size(), done.at()));
    }

    /** After what was under way was given up, which is no success. */
    Progress abandoned() {
        Intent unused = requireIntent("abandoned");
        return new Progress(Optional.empty(), Optional.empty(), failure, last);
    }

    private Intent requireIntent(String event) {
        return intent.orElseThrow(() ->
                new IllegalArgumentException("something is " + event + " without an intent, expected one before it"));
    }
}
