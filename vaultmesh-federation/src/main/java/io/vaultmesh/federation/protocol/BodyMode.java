package io.vaultmesh.federation.protocol;

/** When the bodies of peers' records are fetched. */
public enum BodyMode {
    /** With their records. */
    AT_ONCE,
    /** When they are asked for. */
    ON_DEMAND,
    /** Not at all. */
    NEVER
}
