package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import java.util.List;

/**
 * The body of a record was erased, and why. The record itself stays, and so does every proof; with this, an audit tells
 * a body that was erased from one that vanished.
 *
 * <p>It counts if it is by the author of the record whose body it names, or by the owner of the memory.
 */
public final class Erasure extends Memory<Erasure> {

    static final String DIGEST = "digest";
    static final String REASON = "reason";

    private final Erased erased;

    private Erasure(Details details, Erased erased) {
        super(Kind.ERASURE, details);
        this.erased = erased;
    }

    /**
     * An erasure. It deletes nothing by itself. Recording it is refused if the record has another body, or none.
     *
     * @param record the id of the record whose body was erased
     * @param digest the SHA-256 hash of the body; it becomes the attribute {@code digest}
     * @param reason why, in one line; it becomes the attribute {@code reason}, public for ever
     * @return the erasure
     * @throws IllegalArgumentException if the reason is not one line of text
     */
    public static Erasure of(Hash record, Hash digest, String reason) {
        return new Erasure(
                        Details.titled("Erasure of the body of " + record).withLink(new Link(Link.Rel.ERASES, record)),
                        new Erased(record, digest, Texts.requireLine(REASON, reason)))
                .attribute(DIGEST, Attributes.text(digest))
                .attribute(REASON, reason);
    }

    @Override
    Erasure with(Details changed) {
        return new Erasure(changed, erased);
    }

    /** The record whose body was erased. */
    @Override
    public List<Subject> subjects() {
        return List.of(Subject.record(erased.record()));
    }

    /**
     * What it says was erased.
     *
     * @return the record, its body's hash, and why
     */
    public Erased erased() {
        return erased;
    }
}
