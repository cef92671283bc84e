package io.vaultmesh.scheduler.ops;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a scheduler is at one moment, by its own clock. Lanes are read one after the other, while others work. Immutable and
 * thread-safe.
 *
 * @param at the moment
 * @param started when the scheduler was built
 * @param closed whether it is closed
 * @param ticks how many plans were made
 * @param planning how long it took to make them, together
 * @param ticked when the last one was made; empty if none was
 * @param journalRefused whether the disk refused the journal: nothing can be anchored until it takes it again
 * @param configurationRefused since when the newest configuration isn't in force, as it was refused; empty if it is
 * @param lanes the lanes
 * @param circuits how the circuit of each target is
 */
public record SchedulerSnapshot(
        Instant at,
        Instant started,
        boolean closed,
        long ticks,
        Duration planning,
        Optional<Instant> ticked,
        boolean journalRefused,
        Optional<Instant> configurationRefused,
        Map<Lane, LaneStatus> lanes,
        Map<String, Circuit> circuits) {

    /**
     * Creates a snapshot.
     *
     * @param at the moment
     * @param started when the scheduler was built
     * @param closed whether it is closed
     * @param ticks how many plans were made
     * @param planning how long it took to make them, together
     * @param ticked when the last one was made
     * @param journalRefused whether the disk refused the journal
     * @param configurationRefused since when the newest configuration isn't in force
     * @param lanes the lanes
     * @param circuits how the circuit of each target is
     */
    public SchedulerSnapshot {
        requireNonNull(at, "at");
        requireNonNull(started, "started");
        requireNonNull(planning, "planning");
        requireNonNull(ticked, "ticked");
        requireNonNull(configurationRefused, "configurationRefused");
        lanes = Map.copyOf(lanes);
        circuits = Map.copyOf(circuits);
    }
}
