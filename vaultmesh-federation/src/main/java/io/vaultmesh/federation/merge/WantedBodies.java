package io.vaultmesh.federation.merge;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Erased;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The bodies that a set lacks, in the order in which they came to be wanted. One that was erased is not wanted on behalf of
 * its record, or else peers would bring back what was deleted here. Not thread-safe.
 */
final class WantedBodies {

    private record Key(Hash digest, long size) {}

    private static final class Want {
        private final long number;
        private int records;

        Want(long number) {
            this.number = number;
        }
    }

    private final NavigableMap<Long, BodyRef> byNumber = new TreeMap<>();
    private final Map<Key, Want> wants = new HashMap<>();
    private final Map<Hash, Set<String>> erasures = new HashMap<>(); // by record: who says that its body was erased
    private String owner = "";
    private long soFar;

    void ownedBy(String didKey) {
        owner = didKey;
    }

    private static Key key(BodyRef body) {
        return new Key(body.digest(), body.size());
    }

    /** One more record wants its body. */
    void add(BodyRef body) {
        Want want = wants.computeIfAbsent(key(body), any -> new Want(soFar++));
        want.records++;
        byNumber.put(want.number, body);
    }

    void remove(BodyRef body) {
        Want want = wants.remove(key(body));
        if (want != null) {
            byNumber.remove(want.number);
        }
    }

    NavigableMap<Long, BodyRef> byNumber() {
        return Collections.unmodifiableNavigableMap(byNumber);
    }

    /** Somebody says that the body of a record was erased; the record is given if it is here. */
    void erased(Hash id, String by, Optional<MemoryRecord> record) {
        boolean before = record.filter(this::isErased).isPresent();
        erasures.computeIfAbsent(id, any -> new HashSet<>()).add(by);
        if (!before) {
            record.filter(this::isErased)
                    .flatMap(about -> about.predicate().body())
                    .ifPresent(this::removeOnce);
        }
    }

    private void removeOnce(BodyRef body) {
        Want want = wants.get(key(body));
        if (want != null && --want.records == 0) {
            remove(body);
        }
    }

    /** Whether an erasure of a record's body is known that counts. */
    boolean isErased(MemoryRecord record) {
        return erasures.getOrDefault(record.id(), Set.of()).stream()
                .anyMatch(by -> Erased.counts(by, record.predicate().author(), owner));
    }
}
