package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.config.Lane;
import java.time.Instant;

/**
 * Something happened in a lane. Immutable and thread-safe.
 *
 * @param at when, by the scheduler's clock
 * @param lane where
 * @param what what happened
 * @param detail more of it, for people: of a failure its kind and reason, of a skipped lane why, of an anchor its record
 */
public record LaneEvent(Instant at, Lane lane, What what, String detail) {

    /** What can happen. */
    public enum What {
        /** A new anchor is begun: its intent is durable. */
        INTENDED,
        /** The target has it, and its evidence is durable. */
        SUBMITTED,
        /** It was verified, and is not final yet. */
        PENDING,
        /** It was verified, is final, and recorded in the memory. */
        FINAL,
        /** A step failed; it is tried again later, unless the lane is parked. */
        FAILED,
        /** The lane was due, and nothing was done. */
        SKIPPED
    }

    /**
     * Creates an event.
     *
     * @param at when
     * @param lane where
     * @param what what happened
     * @param detail more of it, for people
     */
    public LaneEvent {
        requireNonNull(at, "at");
        requireNonNull(lane, "lane");
        requireNonNull(what, "what");
        requireNonNull(detail, "detail");
    }
}
