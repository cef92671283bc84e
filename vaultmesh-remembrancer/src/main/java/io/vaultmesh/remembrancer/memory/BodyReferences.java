package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which records need a body: those that refer to it, and whose body was not erased. */
public final class BodyReferences {

    private BodyReferences() {}

    /**
     * The records that need a body. As long as there is one, its file must not be deleted.
     *
     * @param timeline all records of the namespace, the oldest first; the stream is closed
     * @param digest the body's hash
     * @param owner the did:key of the owner of the memory, who may erase the bodies of others
     * @return the ids of the records, the oldest first
     */
    public static List<Hash> needing(Stream<MemoryRecord> timeline, Hash digest, String owner) {
        requireNonNull(digest, "digest");
        Map<Hash, String> authors = new LinkedHashMap<>();
        try (timeline) {
            timeline.forEach(record -> {
                String author = record.predicate().author();
                record.predicate()
                        .body()
                        .filter(body -> body.digest().equals(digest))
                        .ifPresent(body -> authors.put(record.id(), author));
                record.erased()
                        .filter(erased -> erased.digest().equals(digest))
                        .ifPresent(erased -> authors.computeIfPresent(
                                erased.record(), (id, of) -> Erased.counts(author, of, owner) ? null : of));
            });
        }
        return List.copyOf(authors.keySet());
    }
}
