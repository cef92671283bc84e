package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.util.List;

/**
 * What an {@link Erasure} says was erased.
 *
 * @param record the id of the record whose body it was
 * @param digest the SHA-256 hash of the body
 * @param reason why, in one line
 */
public record Erased(Hash record, Hash digest, String reason) {

    /**
     * Creates a value.
     *
     * @param record the id of the record whose body it was
     * @param digest the SHA-256 hash of the body
     * @param reason why, in one line
     */
    public Erased {
        requireNonNull(record, "record");
        requireNonNull(digest, "digest");
        requireNonNull(reason, "reason");
    }

    /** Refuses an erasure that another implementation could read otherwise, and a link that only an erasure has. */
    static void require(Kind kind, List<Subject> subjects, Predicate predicate) {
        if (kind == Kind.ERASURE) {
            Erased unused = of(subjects, predicate);
        } else if (predicate.links().stream().anyMatch(link -> link.rel() == Link.Rel.ERASES)) {
            throw new IllegalArgumentException("a " + kind.label() + " has a link erases, which only an erasure has");
        }
    }

    static Erased of(List<Subject> subjects, Predicate predicate) {
        if (subjects.size() != 1) {
            throw new IllegalArgumentException(
                    "an erasure has " + subjects.size() + " subjects, expected the record whose body was erased");
        }
        Hash record = subjects.get(0).digest();
        List<Hash> erases = predicate.links().stream()
                .filter(link -> link.rel() == Link.Rel.ERASES)
                .map(Link::to)
                .toList();
        if (!subjects.get(0).equals(Subject.record(record)) || !erases.equals(List.of(record))) {
            throw new IllegalArgumentException(
                    "an erasure of " + subjects.get(0).name() + " " + record + " has links erases to " + erases.size()
                            + " records, expected one to its subject, which is called record");
        }
        if (predicate.body().isPresent()) {
            throw new IllegalArgumentException("an erasure has a body, expected none");
        }
        JsonValue digest = predicate.attributes().get(Erasure.DIGEST);
        JsonValue reason = predicate.attributes().get(Erasure.REASON);
        if (digest == null || !(reason instanceof JsonString text)) {
            throw new IllegalArgumentException("an erasure lacks the attribute " + Erasure.DIGEST + " or "
                    + Erasure.REASON + ", expected the body's hash, and why it was erased");
        }
        return new Erased(
                record, Attributes.hash(Erasure.DIGEST, digest), Texts.requireLine(Erasure.REASON, text.value()));
    }

    /**
     * Whether an erasure counts: nobody else may make a body's absence look intended.
     *
     * @param by the did:key of who says that it was erased
     * @param author the did:key of the record's author
     * @param owner the did:key of the owner of the memory that kept the body
     * @return whether it is by one of the two
     */
    public static boolean counts(String by, String author, String owner) {
        return by.equals(author) || by.equals(owner);
    }
}
