package io.vaultmesh.scheduler;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Anchored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a namespace's log says of its anchors, and whether it has anything new to anchor. The log is read from its end, as far
 * as is needed. Not thread-safe.
 */
final class Ledger {

    static final String TARGET = "target";
    static final String CADENCE = "cadence";
    static final String SIZE = "size";
    static final String ROOT = "root";
    static final String NOTE = "note";
    static final String ATTESTATION = "attestation";

    private static final int AT_ONCE = 256;

    private final Namespace namespace;
    private final String author;
    private long read;
    private long news;

    Ledger(Namespace namespace, String author) {
        this.namespace = namespace;
        this.author = author;
    }

    Namespace namespace() {
        return namespace;
    }

    /** How an attribute says what hash something has. */
    static String text(Hash hash) {
        return "sha256:" + hash;
    }

    /** The size of the smallest tree that has all that is worth anchoring. */
    long news() {
        long size = namespace.size();
        backwards(read, size, entry -> {
            if (isWorthAnchoring(MemoryRecord.unverified(entry.bytes()))) {
                news = entry.index() + 1;
                return false;
            }
            return true;
        });
        read = Math.max(read, size);
        return news;
    }

    /** Goes through entries from the last to the first, as long as it is told to. */
    private void backwards(long from, long to, Predicate<LogEntry> goesOn) {
        for (long end = to; end > from; end -= AT_ONCE) {
            List<LogEntry> entries;
            try (var some = namespace.entries(Math.max(from, end - AT_ONCE), end)) {
                entries = some.toList();
            }
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (!goesOn.test(entries.get(i))) {
                    return;
                }
            }
        }
    }

    private boolean isWorthAnchoring(MemoryRecord record) {
        return switch (record.kind()) {
            case ANCHOR -> false;
            case SIGNATURE, TIMESTAMP -> !isAboutAnchors(record);
            default -> true;
        };
    }

    /** Whether it is a signature or timestamp over a checkpoint or an attestation: those must not make it due again. */
    private boolean isAboutAnchors(MemoryRecord record) {
        Hash signed = record.subjects().get(0).digest(); // what is signed or stamped; the body comes after it
        return isAnchored(NOTE, signed)
                || isAnchored(ROOT, signed)
                || isAnchored(ATTESTATION, signed)
                || record.predicate().links().stream().map(Link::to).anyMatch(this::isAnchor);
    }

    private boolean isAnchored(String attribute, Hash hash) {
        return !namespace
                .query(Search.all().kinds(Kind.ANCHOR))
                .attribute(attribute, text(hash))
                .limit(1)
                .page()
                .hits()
                .isEmpty();
    }

    private boolean isAnchor(Hash id) {
        long index = namespace.indexOf(id).orElse(-1);
        if (index < 0) {
            return false;
        }
        try (var entries = namespace.entries(index, index + 1)) {
            return entries.allMatch(
                    entry -> MemoryRecord.unverified(entry.bytes()).kind() == Kind.ANCHOR);
        }
    }

    /**
     * Seeks what this memory anchored last in some lanes. Takes as long as it takes to read the log as far back as that is.
     *
     * @param lanes the lanes
     * @param now when it is said to have been due where there is nothing
     */
    Map<Lane, Anchored> last(Collection<Lane> lanes, Instant now) {
        Map<String, Lane> sought = new HashMap<>();
        lanes.forEach(lane -> sought.put(name(lane.cadence().toString(), lane.target()), lane));
        Map<Lane, Anchored> found = new HashMap<>();
        backwards(0, namespace.size(), entry -> {
            MemoryRecord record = MemoryRecord.unverified(entry.bytes());
            // another author's anchors are of another log
            if (record.kind() == Kind.ANCHOR && record.predicate().author().equals(author)) {
                Map<String, JsonValue> attributes = record.predicate().attributes();
                if (attributes.get(CADENCE) instanceof JsonString cadence
                        && attributes.get(TARGET) instanceof JsonString target
                        && attributes.get(SIZE) instanceof JsonNumber size) {
                    Lane lane = sought.remove(name(cadence.value(), target.value()));
                    if (lane != null) {
                        found.put(
                                lane,
                                new Anchored(
                                        (long) size.value(), record.predicate().at()));
                    }
                }
            }
            return !sought.isEmpty();
        });
        for (Lane lane : new ArrayList<>(sought.values())) {
            found.put(lane, new Anchored(0, now));
        }
        return found;
    }

    private static String name(String cadence, String target) {
        return cadence + "/" + target;
    }
}
