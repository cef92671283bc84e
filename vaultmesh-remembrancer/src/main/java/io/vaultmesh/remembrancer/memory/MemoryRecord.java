package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A memory that was recorded: read from the bytes that its author signed. Immutable and thread-safe.
 *
 * @param id the record's id: its leaf hash, the same in every log, index and federation
 * @param kind its kind
 * @param subjects what it is about
 * @param predicate what it claims
 */
public record MemoryRecord(Hash id, Kind kind, List<Subject> subjects, Predicate predicate) {

    /**
     * Creates a record.
     *
     * @param id the record's id: its leaf hash, the same in every log, index and federation
     * @param kind its kind
     * @param subjects what it is about
     * @param predicate what it claims
     * @throws IllegalArgumentException if a subject is there twice or has no hash of the kind's algorithm, the body is no
     *     subject, or an erasure doesn't name one record and the hash of its body
     */
    public MemoryRecord {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(predicate, "predicate");
        subjects = List.copyOf(subjects);
        requireSubjects(kind, subjects, predicate);
    }

    private static void requireSubjects(Kind kind, List<Subject> subjects, Predicate predicate) {
        if (Set.copyOf(subjects).size() < subjects.size()) {
            throw new IllegalArgumentException("a subject is there twice in " + Texts.shown(subjects.toString()));
        }
        String algorithm = kind.isAboutRecords() ? Subject.RECORD : Subject.SHA256;
        for (Subject subject : subjects) {
            if (!subject.algorithm().equals(algorithm)) {
                throw new IllegalArgumentException("digest algorithm of subject " + Texts.shown(subject.name()) + " is "
                        + subject.algorithm() + ", expected " + algorithm + " in " + kind.label());
            }
        }
        predicate.body().ifPresent(body -> {
            if (subjects.stream().noneMatch(subject -> subject.digest().equals(body.digest()))) {
                throw new IllegalArgumentException("the body " + body.digest() + " is not among the subjects");
            }
        });
        Erased.require(kind, subjects, predicate);
    }

    /**
     * Reads a record and verifies its author's signature.
     *
     * @param entry the bytes of the log's entry
     * @return the record
     * @throws RefutedException if the entry is not an envelope that may be logged, or its statement is no memory
     */
    public static MemoryRecord verified(byte[] entry) {
        Envelope envelope = Envelope.parseLogged(entry);
        try {
            return of(entry, envelope.statement());
        } catch (IllegalArgumentException e) {
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads a record that is known to be verified, as those of one's own log are: its signature is not checked again.
     *
     * @param entry the bytes of the log's entry
     * @return the record
     * @throws IllegalArgumentException if it is not one
     */
    public static MemoryRecord unverified(byte[] entry) {
        return of(entry, Envelope.parse(entry).statement());
    }

    private static MemoryRecord of(byte[] entry, Statement statement) {
        return new MemoryRecord(
                MerkleTree.leafHash(entry),
                Kind.ofPredicateType(statement.predicateType()),
                statement.subjects(),
                Predicate.parse(statement.predicate()));
    }

    /**
     * One line for people.
     *
     * @return the title
     */
    public String title() {
        return predicate.title();
    }

    /**
     * The evidence that the record names: files such as test reports, by their hashes.
     *
     * @return hashes by name, unmodifiable
     */
    public SortedMap<String, Hash> evidence() {
        return Attributes.evidence(predicate.attributes());
    }

    /**
     * What was erased.
     *
     * @return the record and the body, if this is an erasure
     */
    public Optional<Erased> erased() {
        return kind == Kind.ERASURE ? Optional.of(Erased.of(subjects, predicate)) : Optional.empty();
    }

    /**
     * The hash of what two calls with one idempotency key must have in common.
     *
     * @return the hash
     */
    public Hash contentHash() {
        Statement statement = new Statement(subjects, kind.predicateType(), predicate.contentToJson());
        return Hashing.sha256(statement.bytes());
    }
}
