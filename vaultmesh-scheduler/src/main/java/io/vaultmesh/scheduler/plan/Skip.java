package io.vaultmesh.scheduler.plan;

import io.vaultmesh.scheduler.config.Lane;

/**
 * A lane that is due, and in which nothing is done now. Immutable and thread-safe.
 *
 * @param lane which lane
 * @param reason why not
 */
public record Skip(Lane lane, Reason reason) {

    /** Why nothing is done. */
    public enum Reason {
        /** The last anchored checkpoint has every record that is worth anchoring. The tick is served by that. */
        NOTHING_NEW,
        /** The last failure doesn't pass by itself. */
        PARKED,
        /** The target failed too often, and is left alone. */
        CIRCUIT_OPEN,
        /** The target is spared after the last submission. */
        INTERVAL,
        /** The memory has no such namespace, or it can't be read. */
        NO_NAMESPACE
    }
}
