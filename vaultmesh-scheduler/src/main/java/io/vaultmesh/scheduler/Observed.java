package io.vaultmesh.scheduler;

import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.LaneFact;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What isn't needed to plan, and is to watch: since when things are as they are. Nothing waits for anybody here, so that who
 * asks whether a scheduler hangs doesn't hang with it. Thread-safe.
 */
final class Observed {

    /**
     * The plans that were made.
     *
     * @param count how many
     * @param planning how long that took
     * @param last when the last one was
     */
    record Ticks(long count, Duration planning, Optional<Instant> last) {}

    private final Map<Lane, Instant> anchored = new ConcurrentHashMap<>();
    private final Map<Lane, Instant> failing = new ConcurrentHashMap<>();
    private final Map<Lane, Instant> begun = new ConcurrentHashMap<>();
    private volatile Ticks ticks = new Ticks(0, Duration.ZERO, Optional.empty()); // changed under this
    private volatile Optional<Instant> refused = Optional.empty(); // changed under this

    /** A plan was made. */
    synchronized void ticked(Instant began, Instant ended) {
        Duration took = began.isAfter(ended) ? Duration.ZERO : Duration.between(began, ended);
        ticks = new Ticks(ticks.count() + 1, ticks.planning().plus(took), Optional.of(ended));
    }

    Ticks ticks() {
        return ticks;
    }

    /** Files were read: what is refused of them is so until other ones are in use. */
    synchronized void saw(ConfigEvent event) {
        switch (event.what()) {
            case LOADED -> refused = Optional.empty();
            case REFUSED, LEFT_OUT -> refused = refused.or(() -> Optional.of(event.at()));
            case KEPT -> {} // of the same files
        }
    }

    Optional<Instant> configurationRefused() {
        return refused;
    }

    void anchored(Lane lane, Instant at) {
        anchored.merge(lane, at, (one, other) -> other.isAfter(one) ? other : one);
    }

    /** A lane is no more. */
    void gone(Lane lane) {
        anchored.remove(lane);
        failing.remove(lane);
        begun.remove(lane);
    }

    void failing(Lane lane, Instant since) {
        failing.putIfAbsent(lane, since);
    }

    void begun(Lane lane, Instant at) {
        begun.put(lane, at);
    }

    void saw(LaneEvent event) {
        LaneFact fact = event.fact();
        if (fact instanceof LaneFact.Intended) {
            begun(event.lane(), event.at());
        } else if (fact instanceof LaneFact.Pending) {
            failing.remove(event.lane());
        } else if (fact instanceof LaneFact.Recorded) {
            failing.remove(event.lane());
            anchored.put(event.lane(), event.at()); // even if the clock was set back
        }
    }

    LaneStatus status(Lane lane, LaneState state) {
        return new LaneStatus(
                state,
                Optional.ofNullable(anchored.get(lane)),
                Optional.ofNullable(failing.get(lane)),
                state.stage() == Stage.IDLE ? Optional.empty() : Optional.ofNullable(begun.get(lane)));
    }
}
