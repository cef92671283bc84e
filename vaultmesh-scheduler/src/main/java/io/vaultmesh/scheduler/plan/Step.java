package io.vaultmesh.scheduler.plan;

import io.vaultmesh.scheduler.config.Lane;

/**
 * Something to do now. Immutable and thread-safe.
 *
 * @param lane in which lane
 * @param act what
 */
public record Step(Lane lane, Act act) {

    /** What there is to do. */
    public enum Act {
        /** Prepare the newest checkpoint, write the intent down, submit and verify it. */
        ANCHOR,
        /** Submit again what is prepared, and verify it. */
        SUBMIT,
        /** Verify again what is submitted. */
        VERIFY
    }
}
