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
 * @param failures how many submissions failed in a row
 * @param open while nothing is submitted; empty if the circuit never opened since the last success
 * @param probing whether one submission is trying whether the target is back
 * @param interval while the target is spared after the last submission; empty if there was none
 */
public record TargetState(int failures, Optional<Window> open, boolean probing, Optional<Window> interval) {

    /** Nothing is known: the circuit is closed. */
    public static final TargetState NEW = new TargetState(0, Optional.empty(), false, Optional.empty());

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
     * @param probing whether one submission is trying whether the target is back
     * @param interval while the target is spared
     */
    public TargetState {
        requireNonNull(open, "open");
        requireNonNull(interval, "interval");
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
     * A submission begins.
     *
     * @param now the present
     * @param limits how the target is spared
     * @return the state
     */
    public TargetState submitting(Instant now, Limits limits) {
        return new TargetState(
                failures,
                open,
                circuit(now) == Circuit.HALF_OPEN,
                limits.interval().isZero() ? Optional.empty() : Optional.of(Window.of(now, limits.interval())));
    }

    /** {@return the state after the target answered: the circuit is closed} */
    public TargetState answered() {
        return new TargetState(0, Optional.empty(), false, interval);
    }

    /** {@return the state after a submission ended that says nothing about the target} */
    public TargetState ended() {
        return new TargetState(failures, open, false, interval);
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
        return new TargetState(all, window, false, interval);
    }
}
