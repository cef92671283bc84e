package io.vaultmesh.scheduler.plan;

import java.util.List;

/**
 * What to do at one moment. Immutable and thread-safe.
 *
 * @param steps what to do, at most one thing in each lane
 * @param skips the lanes that are due and have to wait, with the reason. Lanes that aren't due are in neither
 */
public record Plan(List<Step> steps, List<Skip> skips) {

    /**
     * Creates a plan.
     *
     * @param steps what to do
     * @param skips what not to do
     */
    public Plan {
        steps = List.copyOf(steps);
        skips = List.copyOf(skips);
    }
}
