package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;

/**
 * A member of a set.
 *
 * @param timestamp in seconds
 * @param id its id
 */
record Item(int timestamp, Hash id) {}
