package io.vaultmesh.federation.peer;

/** What a peer may do, or is asked to do. */
public enum Role {
    /** It may say that it has something new. */
    ANNOUNCE,
    /** It is asked for what it has. */
    SERVE,
    /** It may ask for what we have. */
    REQUEST,
    /** It may send us records. */
    PUSH,
    /** It cosigns our checkpoints, and we its. */
    WITNESS
}
