package io.vaultmesh.scheduler.ops;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.plan.LaneState;
import java.time.Instant;
import java.util.Optional;

/**
 * How a lane does. Immutable and thread-safe.
 *
 * @param state what its plans are made of
 * @param anchored when its last anchor was recorded; empty if there is none, or the namespace wasn't read yet
 * @param failing since when its steps fail; after a restart, since the last failure before it. Empty if the last one didn't
 * @param begun when what is under way was begun; empty if nothing is
 */
public record LaneStatus(
        LaneState state, Optional<Instant> anchored, Optional<Instant> failing, Optional<Instant> begun) {

    /**
     * Creates a status.
     *
     * @param state what its plans are made of
     * @param anchored when its last anchor was recorded
     * @param failing since when its steps fail
     * @param begun when what is under way was begun
     */
    public LaneStatus {
        requireNonNull(state, "state");
        requireNonNull(anchored, "anchored");
        requireNonNull(failing, "failing");
        requireNonNull(begun, "begun");
    }

    /**
     * When something is to be done next. It is in the past while the lane waits for its turn at a target.
     *
     * @param now the present
     * @return the time; empty if the lane is parked
     */
    public Optional<Instant> due(Instant now) {
        if (state.parked()) {
            return Optional.empty();
        }
        Instant quiet = state.quiet()
                .filter(window -> !now.isBefore(window.from())) // a clock that was set back ends a wait
                .map(Window::until)
                .orElse(now);
        // an anchor that took longer than its tick: the next one is due since it ended, not since that tick
        return anchored.filter(at -> at.isAfter(quiet) && !at.isAfter(now)).or(() -> Optional.of(quiet));
    }
}
