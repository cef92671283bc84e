package io.vaultmesh.federation.guard;

/** Why a request isn't answered now. */
public enum Refusal {
    /** The peer asks too often. */
    REQUESTS,
    /** The peer sends or fetches too much. */
    BYTES,
    /** Too many requests about the namespace, of all peers, are in work. */
    BUSY,
    /** The peer did too often what none should. */
    GREYLISTED
}
