package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * What an index says of a record. Nothing of it is proven: read the record from the log before relying on it.
 *
 * @param index the record's leaf index in the log
 * @param id the record's id
 * @param kind its kind
 * @param title one line for people
 * @param component what it is about, if anything
 * @param version which version of that, if any
 * @param author the did:key of its author
 * @param at when it was made, by the author's clock
 */
public record SearchHit(
        long index,
        Hash id,
        Kind kind,
        String title,
        Optional<String> component,
        Optional<String> version,
        String author,
        Instant at) {}
