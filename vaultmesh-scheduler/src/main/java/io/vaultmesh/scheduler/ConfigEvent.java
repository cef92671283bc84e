package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * Something happened to a scheduler's configuration files. Immutable and thread-safe.
 *
 * @param at when, by the scheduler's clock
 * @param what what happened
 * @param hash the identity of the files that it happened to; empty if they can't be read, or there are none
 * @param detail more of it, for people: why files are refused or a namespace is left out, or which lane it is about
 */
public record ConfigEvent(Instant at, What what, Optional<Hash> hash, String detail) {

    /** What can happen. */
    public enum What {
        /** Files are in use from now on. */
        LOADED,
        /** Files are refused, or gone; the last good ones stay in use. */
        REFUSED,
        /** Files are in use, but for a namespace in them. */
        LEFT_OUT,
        /** A lane has gone, and what is under way in it stays in the journal, since its target has gone too. */
        KEPT
    }

    /**
     * Creates an event.
     *
     * @param at when
     * @param what what happened
     * @param hash the identity of the files
     * @param detail more of it, for people
     */
    public ConfigEvent {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(hash, "hash");
        requireNonNull(detail, "detail");
    }

    /**
     * Whether files that were read came into force.
     *
     * @return {@code false} if they were refused; empty if the event tells more of files of which that is known
     */
    public Optional<Boolean> inForce() {
        return switch (what) {
            case LOADED -> Optional.of(true);
            case REFUSED -> Optional.of(false);
            case LEFT_OUT, KEPT -> Optional.empty();
        };
    }
}
