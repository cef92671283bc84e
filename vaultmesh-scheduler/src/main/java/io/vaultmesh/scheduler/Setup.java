package io.vaultmesh.scheduler;

import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import java.util.Map;

/**
 * What there is to do, and with which targets.
 *
 * @param config the lanes and limits
 * @param targets the targets by name, every one that a lane names
 */
record Setup(SchedulerConfig config, Map<String, Anchor> targets) {

    Setup {
        targets = Map.copyOf(targets);
    }
}
