package io.vaultmesh.scheduler.plan;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.cadence.PhiBackoff;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Limits;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a target, of all lanes together: a circuit breaker, and its interval. After too many failures in a row the
 * circuit is open, and nothing is submitted for a while; then it is half open, and one submission tries whether the target is
 * back. Immutable and thread-safe.
 *
 * <p>Between the plan of a submission and its beginning others of the same target may fail: so {@link #waits} is asked again
 * before it begins.
 *
 * @param failures how many submissions failed in a row
 * @param open while nothing is submitted; empty if the circuit never opened since the last success
 * @param underWay how many submissions are planned, and haven't ended
 * @param interval while the target is spared after the last submission; empty if there was none
 */
public record TargetState(int failures, Optional<Window> open, int underWay, Optional<Window> interval) {

    /** Nothing is known: the circuit is closed. */
    public static final TargetState NEW = new TargetState(0, Optional.empty(), 0, Optional.empty());

    /** How a circuit is. */
    public enum Circuit {
        /** Anything is submitted. */
        CLOSED,
        /** Nothing is submitted. */
        OPEN,
        /** One submission at a time tries whether the target is back. */
        HALF_OPEN
    }

    /**
     * Creates a state.
     *
     * @param failures how many submissions failed in a row
     * @param open while nothing is submitted
     * @param underWay how many submissions are planned, and haven't ended
     * @param interval while the target is spared
     * @throws IllegalArgumentException if a number is negative
     */
    public TargetState {
        requireNonNull(open, "open");
        requireNonNull(interval, "interval");
        if (failures < 0 || underWay < 0) {
            throw new IllegalArgumentException(
                    "failures is " + failures + " and underWay " + underWay + ", expected no negative number");
        }
    }

    /**
     * How the circuit is.
     *
     * @param now the present
     * @return its state
     */
    public Circuit circuit(Instant now) {
        if (open.isEmpty()) {
            return Circuit.CLOSED;
        }
        return open.get().contains(now) ? Circuit.OPEN : Circuit.HALF_OPEN;
    }

    /**
     * Why nothing may be submitted now.
     *
     * @param now the present
     * @return the reason; empty if something may
     */
    public Optional<Skip.Reason> waits(Instant now) {
        if (circuit(now) == Circuit.OPEN) {
            return Optional.of(Skip.Reason.CIRCUIT_OPEN);
        }
        return interval.filter(window -> window.contains(now)).map(spared -> Skip.Reason.INTERVAL);
    }

    /**
     * Why no submission may be planned now: where one at a time may be, the next one waits for its end, too.
     *
     * @param now the present
     * @param limits how the target is spared
     * @return the reason; empty if one may be planned
     */
    Optional<Skip.Reason> waits(Instant now, Limits limits) {
        if (underWay > 0 && circuit(now) == Circuit.HALF_OPEN) {
            return Optional.of(Skip.Reason.CIRCUIT_OPEN);
        }
        return waits(now)
                .or(() -> underWay > 0 && !limits.interval().isZero()
                        ? Optional.of(Skip.Reason.INTERVAL)
                        : Optional.empty());
    }

    /** {@return the state after a submission was planned} */
    public TargetState planned() {
        return new TargetState(failures, open, underWay + 1, interval);
    }

    /**
     * A submission that was planned begins.
     *
     * @param now the present
     * @param limits how the target is spared
     * @return the state
     */
    public TargetState submitting(Instant now, Limits limits) {
        return new TargetState(
                failures,
                open,
                underWay,
                limits.interval().isZero() ? Optional.empty() : Optional.of(Window.of(now, limits.interval())));
    }

    /** {@return the state after the target answered: the circuit is closed} */
    public TargetState answered() {
        return new TargetState(0, Optional.empty(), less(), interval);
    }

    /** {@return the state after a submission ended, or never began, that says nothing about the target} */
    public TargetState ended() {
        return new TargetState(failures, open, less(), interval);
    }

    /**
     * A submission failed in a way that is of the target.
     *
     * @param now the present
     * @param limits how the target is spared
     * @return the state: open, if there were too many in a row
     */
    public TargetState failed(Instant now, Limits limits) {
        int all = failures + 1;
        Optional<Window> window =
                all < limits.failures() ? Optional.empty() : Optional.of(Window.of(now, PhiBackoff.nominal(all)));
        return new TargetState(all, window, less(), interval);
    }

    /** One less under way; it may have been planned for a target that had this one's name before. */
    private int less() {
        return Math.max(0, underWay - 1);
    }
}
