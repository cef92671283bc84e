package io.vaultmesh.scheduler.ops;

import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Stage;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Snapshots of a scheduler with two lanes, which is well but for what a test changes. */
final class Snapshots {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Lane STAMPS = Lane.parse("dao:vaultmesh/fast/rfc3161:tsa");
    static final Lane CHAIN = Lane.parse("dao:vaultmesh/strong/btc:mainnet");

    Instant started = NOW.minus(Duration.ofDays(1));
    Optional<Instant> ticked = Optional.of(NOW.minusSeconds(1));
    boolean closed;
    boolean journalRefused;
    Optional<Instant> configurationRefused = Optional.empty();
    final Map<Lane, LaneStatus> lanes = new LinkedHashMap<>();
    final Map<String, Circuit> circuits = new LinkedHashMap<>();

    Snapshots() {
        lanes.put(STAMPS, well());
        lanes.put(CHAIN, well());
        circuits.put("rfc3161:tsa", Circuit.CLOSED);
        circuits.put("btc:mainnet", Circuit.CLOSED);
    }

    static LaneStatus well() {
        return new LaneStatus(
                LaneState.idle(5, Optional.of(Window.of(NOW.minusSeconds(30), Duration.ofSeconds(89)))),
                Optional.of(NOW.minusSeconds(30)),
                Optional.empty(),
                Optional.empty());
    }

    static LaneStatus failing(Duration since) {
        return failing(3, false, Optional.of(NOW.minus(since)));
    }

    static LaneStatus parked(Duration since) {
        return failing(1, true, Optional.of(NOW.minus(since)));
    }

    static LaneStatus failing(int failures, boolean parked, Optional<Instant> since) {
        return new LaneStatus(
                new LaneState(
                        Stage.PREPARED,
                        false,
                        5,
                        failures,
                        parked,
                        Optional.of(Window.of(NOW.minusSeconds(2), Duration.ofSeconds(21)))),
                Optional.of(NOW.minus(Duration.ofHours(2))),
                since,
                Optional.of(NOW.minusSeconds(9)));
    }

    /** The target has had something for some time that isn't final. */
    static LaneStatus pending(Duration since) {
        return new LaneStatus(
                new LaneState(
                        Stage.SUBMITTED,
                        false,
                        5,
                        0,
                        false,
                        Optional.of(Window.of(NOW.minusSeconds(5), Duration.ofSeconds(30)))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW.minus(since)));
    }

    /** It has been due for some time. */
    static LaneStatus waiting(Duration since) {
        return new LaneStatus(
                LaneState.idle(5, Optional.of(Window.of(NOW.minus(since).minusSeconds(89), Duration.ofSeconds(89)))),
                Optional.of(NOW.minus(since)),
                Optional.empty(),
                Optional.empty());
    }

    SchedulerSnapshot build() {
        return new SchedulerSnapshot(
                NOW,
                started,
                closed,
                7,
                Duration.ofMillis(3),
                ticked,
                journalRefused,
                configurationRefused,
                lanes,
                circuits);
    }
}
