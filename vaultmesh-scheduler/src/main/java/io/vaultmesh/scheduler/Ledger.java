package io.vaultmesh.scheduler;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace's log says of its anchors, and whether it has anything new to anchor: read from the log, from where it was
 * read before. Not thread-safe.
 */
final class Ledger {

    static final String TARGET = "target";
    static final String CADENCE = "cadence";
    static final String SIZE = "size";
    static final String ROOT = "root";
    static final String NOTE = "note";

    private static final String SHA256 = "sha256:";

    private final Namespace namespace;
    private final String author;
    private final Set<Hash> anchors = new HashSet<>();
    private final Set<Hash> anchored = new HashSet<>(); // hashes of attestations, checkpoints and roots
    private final Map<String, Last> last = new HashMap<>();
    private long read;
    private long news;

    /**
     * The last anchor of a cadence and target.
     *
     * @param size the tree size that was anchored
     * @param at when it was recorded
     */
    record Last(long size, Instant at) {}

    Ledger(Namespace namespace, String author) {
        this.namespace = namespace;
        this.author = author;
    }

    Namespace namespace() {
        return namespace;
    }

    /** Reads what was logged since, and gives the size of the smallest tree that has all that is worth anchoring. */
    long news() {
        long size = namespace.size();
        if (size > read) {
            try (var entries = namespace.entries(read, size)) {
                entries.forEach(entry -> add(entry.index(), MemoryRecord.unverified(entry.bytes())));
            }
            read = size;
        }
        return news;
    }

    /** The last anchor that this memory recorded for a lane. */
    Optional<Last> last(String cadence, String target) {
        return Optional.ofNullable(last.get(cadence + "/" + target));
    }

    private void add(long index, MemoryRecord record) {
        if (record.kind() == Kind.ANCHOR) {
            anchor(record);
        } else if (!isAboutAnchors(record)) {
            news = index + 1;
        }
    }

    private void anchor(MemoryRecord record) {
        Map<String, JsonValue> attributes = record.predicate().attributes();
        anchors.add(record.id());
        record.predicate().body().map(BodyRef::digest).ifPresent(anchored::add);
        hash(attributes.get(ROOT)).ifPresent(anchored::add);
        hash(attributes.get(NOTE)).ifPresent(anchored::add);
        // another author's anchors are of another log
        if (record.predicate().author().equals(author)
                && attributes.get(CADENCE) instanceof JsonString cadence
                && attributes.get(TARGET) instanceof JsonString target
                && attributes.get(SIZE) instanceof JsonNumber size) {
            last.merge(
                    cadence.value() + "/" + target.value(),
                    new Last((long) size.value(), record.predicate().at()),
                    (one, other) -> other.size() >= one.size() ? other : one);
        }
    }

    private static Optional<Hash> hash(@Nullable JsonValue value) {
        return value instanceof JsonString text && text.value().matches(SHA256 + "[0-9a-f]{64}")
                ? Optional.of(Hash.parse(text.value().substring(SHA256.length())))
                : Optional.empty();
    }

    /** Whether it is a signature or timestamp over a checkpoint or an attestation: those must not make it due again. */
    private boolean isAboutAnchors(MemoryRecord record) {
        if (record.kind() != Kind.SIGNATURE && record.kind() != Kind.TIMESTAMP) {
            return false;
        }
        Subject subject = record.subjects().get(0); // what is signed or stamped; the body comes after it
        return anchored.contains(subject.digest())
                || record.predicate().links().stream().map(Link::to).anyMatch(anchors::contains);
    }
}
