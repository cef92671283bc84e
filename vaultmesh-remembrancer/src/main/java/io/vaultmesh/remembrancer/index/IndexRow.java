package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that an index keeps of a record, but for the words by which it is found. An index is true if for each entry of the
 * log its row equals {@link #of} that entry. Immutable and thread-safe.
 *
 * @param index the record's leaf index in the log
 * @param id the record's id
 * @param kind its kind
 * @param author the did:key of its author
 * @param seq the author's sequence number
 * @param at when it was made, by the author's clock
 * @param title one line for people
 * @param component what it is about, if anything
 * @param version which version of that, if any
 * @param attributes strings, integers and booleans by name
 * @param links to earlier records
 * @param body what the record says of its body, if it has one
 * @param key the hash of the idempotency key, if any
 */
public record IndexRow(
        long index,
        Hash id,
        Kind kind,
        String author,
        long seq,
        Instant at,
        String title,
        Optional<String> component,
        Optional<String> version,
        SortedMap<String, JsonValue> attributes,
        List<Link> links,
        Optional<BodyRef> body,
        Optional<Hash> key) {

    /**
     * Creates a row.
     *
     * @param index the record's leaf index in the log
     * @param id the record's id
     * @param kind its kind
     * @param author the did:key of its author
     * @param seq the author's sequence number
     * @param at when it was made, by the author's clock
     * @param title one line for people
     * @param component what it is about, if anything
     * @param version which version of that, if any
     * @param attributes strings, integers and booleans by name
     * @param links to earlier records
     * @param body what the record says of its body, if it has one
     * @param key the hash of the idempotency key, if any
     */
    public IndexRow {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        links = List.copyOf(links);
    }

    /**
     * The row that an index ought to have.
     *
     * @param index the record's leaf index in the log
     * @param record the record as the log has it
     * @return its row
     */
    public static IndexRow of(long index, MemoryRecord record) {
        Predicate predicate = record.predicate();
        return new IndexRow(
                index,
                record.id(),
                record.kind(),
                predicate.author(),
                predicate.seq(),
                predicate.at(),
                predicate.title(),
                predicate.component(),
                predicate.version(),
                predicate.attributes(),
                predicate.links(),
                predicate.body(),
                predicate.key());
    }
}
