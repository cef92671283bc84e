package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.Happening;
import io.vaultmesh.scheduler.ops.LaneFact;
import java.time.Instant;

/**
 * Something happened in a lane. Immutable and thread-safe.
 *
 * @param at when, by the scheduler's clock
 * @param lane where
 * @param fact what happened
 */
public record LaneEvent(Instant at, Lane lane, LaneFact fact) implements Happening {

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
     * @param fact what happened
     */
    public LaneEvent {
        requireNonNull(at, "at");
        requireNonNull(lane, "lane");
        requireNonNull(fact, "fact");
    }

    /**
     * What kind of fact it is.
     *
     * @return the kind
     */
    public What what() {
        if (fact instanceof LaneFact.Intended) {
            return What.INTENDED;
        } else if (fact instanceof LaneFact.Submitted) {
            return What.SUBMITTED;
        } else if (fact instanceof LaneFact.Pending) {
            return What.PENDING;
        } else if (fact instanceof LaneFact.Recorded) {
            return What.FINAL;
        }
        return fact instanceof LaneFact.Failed ? What.FAILED : What.SKIPPED;
    }

    /**
     * More of it, for people: of a failure its kind and reason, of a skipped lane why, of an anchor its record.
     *
     * @return the fact's detail
     */
    public String detail() {
        return fact.detail();
    }

    /** The four in a line, as {@code 2026-06-01T12:00:00Z main/fast/test:one SKIPPED PARKED}. */
    @Override
    public String toString() {
        return at + " " + lane + " " + what() + " " + detail();
    }
}
