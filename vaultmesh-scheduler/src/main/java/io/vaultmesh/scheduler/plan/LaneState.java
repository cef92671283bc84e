package io.vaultmesh.scheduler.plan;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.cadence.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a lane. The methods give what comes of it. Immutable and thread-safe.
 *
 * @param stage how far what is under way is
 * @param busy whether a step of it is being taken right now
 * @param anchored the tree size of the lane's last anchored checkpoint; 0 if there is none
 * @param failures how many failures in a row
 * @param parked whether the last failure was of a kind that doesn't pass by itself
 * @param quiet when nothing is to be done: the rest of a tick that was served, or a wait; empty if there is no such time
 */
public record LaneState(
        Stage stage, boolean busy, long anchored, int failures, boolean parked, Optional<Window> quiet) {

    /**
     * Creates a state.
     *
     * @param stage how far what is under way is
     * @param busy whether a step of it is being taken right now
     * @param anchored the tree size of the lane's last anchored checkpoint
     * @param failures how many failures in a row
     * @param parked whether the last failure was of a kind that doesn't pass by itself
     * @param quiet when nothing is to be done
     * @throws IllegalArgumentException if a number is negative
     */
    public LaneState {
        requireNonNull(stage, "stage");
        requireNonNull(quiet, "quiet");
        if (anchored < 0 || failures < 0) {
            throw new IllegalArgumentException(
                    "anchored is " + anchored + " and failures " + failures + ", expected no negative number");
        }
    }

    /**
     * The state of a lane at the start.
     *
     * @param anchored the tree size of its last anchored checkpoint; 0 if there is none
     * @param quiet how long it waits, so that lanes don't all begin at once
     * @return the state: nothing is under way
     */
    public static LaneState idle(long anchored, Optional<Window> quiet) {
        return new LaneState(Stage.IDLE, false, anchored, 0, false, quiet);
    }

    /** {@return the same, with a step being taken} */
    public LaneState taking() {
        return new LaneState(stage, true, anchored, failures, parked, quiet);
    }

    /** {@return the same, with no step being taken: the one that was planned can't be taken yet} */
    public LaneState waiting() {
        return new LaneState(stage, false, anchored, failures, parked, quiet);
    }

    /**
     * Nothing can be done, and that is nobody's failure: it is due from now on.
     *
     * @param now the present
     * @return the state
     */
    public LaneState due(Instant now) {
        return new LaneState(stage, busy, anchored, failures, parked, Optional.of(Window.of(now, Duration.ZERO)));
    }

    /**
     * A tick was looked at, and there is nothing to do in it.
     *
     * @param tick the tick's window
     * @return the state: quiet until the next one
     */
    public LaneState served(Window tick) {
        return new LaneState(stage, false, anchored, failures, parked, Optional.of(tick));
    }

    /** {@return the state after an intent was written down: it may be sent at once} */
    public LaneState prepared() {
        return new LaneState(Stage.PREPARED, busy, anchored, failures, parked, Optional.empty());
    }

    /** {@return the state after the target took it: it may be verified at once} */
    public LaneState submitted() {
        return new LaneState(Stage.SUBMITTED, busy, anchored, failures, parked, Optional.empty());
    }

    /**
     * It isn't final yet.
     *
     * @param poll when it isn't asked for again
     * @return the state
     */
    public LaneState pending(Window poll) {
        return new LaneState(Stage.SUBMITTED, false, anchored, 0, false, Optional.of(poll));
    }

    /**
     * A step failed, or came to nothing.
     *
     * @param next how far what is under way is now
     * @param parks whether the failure doesn't pass by itself
     * @param pause when nothing is tried
     * @return the state
     */
    public LaneState failed(Stage next, boolean parks, Window pause) {
        return new LaneState(next, false, anchored, failures + 1, parks, Optional.of(pause));
    }

    /**
     * An anchor is final and recorded.
     *
     * @param size the tree size that was anchored
     * @param tick the window of the tick that it serves
     * @return the state: quiet until the next tick
     */
    public LaneState finished(long size, Window tick) {
        return new LaneState(Stage.IDLE, false, Math.max(anchored, size), 0, false, Optional.of(tick));
    }

    /**
     * Somebody has dealt with what the lane was parked for.
     *
     * @param now the present
     * @return the state: due from now on, with the failures that there were
     */
    public LaneState released(Instant now) {
        return new LaneState(stage, busy, anchored, failures, false, Optional.of(Window.of(now, Duration.ZERO)));
    }

    boolean isQuiet(Instant now) {
        return busy || (quiet.isPresent() && quiet.get().contains(now));
    }
}
