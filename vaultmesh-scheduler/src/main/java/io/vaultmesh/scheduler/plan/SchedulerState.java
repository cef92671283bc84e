package io.vaultmesh.scheduler.plan;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.config.Lane;
import java.util.Map;

/**
 * What a plan is made from, besides the configuration. The maps are read while the plan is made, and not copied: nobody may
 * change them meanwhile.
 *
 * @param lanes the state of every lane
 * @param targets the state of targets; one that is missing is {@link TargetState#NEW}
 * @param news for each namespace, the size of the smallest tree that has all records which are worth anchoring: those other
 *     than anchors, and than signatures and timestamps over checkpoints and anchors. A namespace that is missing isn't there
 */
public record SchedulerState(
        Map<Lane, LaneState> lanes, Map<String, TargetState> targets, Map<NamespaceName, Long> news) {

    /**
     * Creates a state.
     *
     * @param lanes the state of every lane
     * @param targets the state of targets
     * @param news what is worth anchoring
     */
    public SchedulerState {
        requireNonNull(lanes, "lanes");
        requireNonNull(targets, "targets");
        requireNonNull(news, "news");
    }
}
