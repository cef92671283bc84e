package io.vaultmesh.federation.sim;

/** What a Byzantine node does. */
enum Treason {
    FORGED,
    REPLAYED,
    EQUIVOCATING,
    ROLLED_BACK,
    SPLIT_VIEW,
    WRONG_BODY,
    ENDLESS,
    OVERSIZED,
    WITHHELD,
    UNKNOWN_NAMESPACE,
    OTHER_POLICY,
    GARBAGE,
    PROMISING,
    LYING
}
