package io.vaultmesh.federation.reconcile;

/**
 * 16 bytes that tell of a range what is in it.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
record Fingerprint(long high, long low) {

    /** Its length in bytes. */
    static final int LENGTH = 2 * Long.BYTES;
}
