package io.vaultmesh.scheduler.plan;

/** How far what a lane has under way is. */
public enum Stage {
    /** Nothing is under way. */
    IDLE,
    /** It is prepared, and the target hasn't said yet that it has it. */
    PREPARED,
    /** The target has it, and it isn't final yet. */
    SUBMITTED
}
