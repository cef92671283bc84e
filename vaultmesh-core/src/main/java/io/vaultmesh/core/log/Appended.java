package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;

/**
 * What an append gives back.
 *
 * @param index the entry's index in the log, fixed for ever
 * @param leafHash the hash of the entry's leaf
 */
public record Appended(long index, Hash leafHash) {}
