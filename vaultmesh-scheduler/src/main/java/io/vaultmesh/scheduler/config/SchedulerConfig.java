package io.vaultmesh.scheduler.config;

import io.vaultmesh.scheduler.cadence.DueGrid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a scheduler has to do: its lanes, when each is due, and how targets are spared. Immutable and thread-safe.
 *
 * @param lanes the lanes with their grids, in the order in which they are served
 * @param limits the limits of targets by name; one that isn't named has {@link Limits#DEFAULT}
 */
public record SchedulerConfig(Map<Lane, DueGrid> lanes, Map<String, Limits> limits) {

    /**
     * Creates a configuration.
     *
     * @param lanes the lanes with their grids, in the order in which they are served
     * @param limits the limits of targets by name
     */
    public SchedulerConfig {
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        limits = Map.copyOf(limits);
    }

    /**
     * The limits of a target.
     *
     * @param target its name
     * @return its limits
     */
    public Limits limitsOf(String target) {
        return limits.getOrDefault(target, Limits.DEFAULT);
    }
}
