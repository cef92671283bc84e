package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.log.LogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Something to be remembered. Immutable: every method that adds something returns a changed copy. Titles, attributes
 * and links are public for ever once they are recorded. Thread-safe.
 *
 * @param <M> the kind itself
 */
public abstract sealed class Memory<M extends Memory<M>>
        permits Deployment,
                Decision,
                Incident,
                Discovery,
                Scaffold,
                SignatureRecord,
                TimestampRecord,
                AnchorRecord,
                TrustChange,
                PolicyChange,
                Erasure {

    private final Kind kind;
    private final Details details;

    Memory(Kind kind, Details details) {
        this.kind = kind;
        this.details = details;
    }

    abstract M with(Details changed);

    /** Refuses what can't be an entry, whatever is left of it once it is encoded. */
    void requireFits() {
        long least = details.leastBytes();
        if (least > LogEntry.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    this + " makes an entry of at least " + least + " bytes, expected at most " + LogEntry.MAX_LENGTH
                            + "; shorten the title and attributes, or put the text into the body");
        }
    }

    Details details() {
        return details;
    }

    /**
     * Names the call: recording the same content under the same key again gives the first receipt, other content is
     * refused. Without a key, every call makes a new record.
     *
     * @param value what tells one call from another, for example {@code "deploy/ledger/1.4.0/production"}; only its hash
     *     is recorded
     * @return the changed copy
     * @throws IllegalArgumentException if the key is empty or has half a surrogate pair
     * @throws IllegalStateException if there is a key already
     */
    public M key(String value) {
        return with(details.withKey(value));
    }

    /**
     * Adds a string.
     *
     * @param name what it is
     * @param value the string
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank, or begins with {@code evidence:} and the value is not
     *     {@code sha256:} and a hash in lower-case hex
     * @throws IllegalStateException if there is an attribute of that name already
     */
    public M attribute(String name, String value) {
        return with(details.withAttribute(name, new JsonString(value)));
    }

    /**
     * Adds an integer.
     *
     * @param name what it is
     * @param value the integer, at most 2^53 - 1 in magnitude
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank, or the integer is larger
     * @throws IllegalStateException if there is an attribute of that name already
     */
    public M attribute(String name, long value) {
        if (Math.abs((double) value) > 9007199254740991.0) {
            throw new IllegalArgumentException("attribute " + name + " is " + value + ", expected at most 2^53 - 1");
        }
        return with(details.withAttribute(name, new JsonNumber(value)));
    }

    /**
     * Adds a boolean.
     *
     * @param name what it is
     * @param value the boolean
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank
     * @throws IllegalStateException if there is an attribute of that name already
     */
    public M attribute(String name, boolean value) {
        return with(details.withAttribute(name, new JsonBoolean(value)));
    }

    /**
     * Adds a file as evidence, such as a test report or a list of what a program is made of (SBOM): its hash, as the
     * attribute {@code evidence:} and the file's name. The file is hashed now, as a stream; it is not kept.
     *
     * @param file the file
     * @return the changed copy
     * @throws IllegalStateException if there is evidence of that name already
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public M evidence(Path file) {
        Path name = file.toAbsolutePath().getFileName();
        if (name == null) {
            throw new IllegalArgumentException("evidence is " + file + ", expected a file");
        }
        return evidence(name.toString(), Hashing.sha256(file));
    }

    /**
     * Adds evidence whose hash is known, as the attribute {@code evidence:} and its name.
     *
     * @param name what it is called
     * @param sha256 the SHA-256 hash of its bytes
     * @return the changed copy
     * @throws IllegalArgumentException if the name is not one line of text
     * @throws IllegalStateException if there is evidence of that name already
     */
    public M evidence(String name, Hash sha256) {
        String attribute = Attributes.EVIDENCE + Texts.requireLine("name of evidence", name);
        return with(details.withAttribute(attribute, new JsonString(Attributes.text(sha256))));
    }

    /**
     * Links to an earlier record.
     *
     * @param rel what this is to that record
     * @param to that record's id
     * @return the changed copy
     * @throws IllegalArgumentException if it is to say {@code erases}, which only {@link Erasure#of} does
     * @throws IllegalStateException if there is such a link already
     */
    public M link(Link.Rel rel, Hash to) {
        if (rel == Link.Rel.ERASES) {
            throw new IllegalArgumentException(this + " is to erase " + to + ", expected Erasure.of(…)");
        }
        return with(details.withLink(new Link(rel, to)));
    }

    /**
     * The kind.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * One line for people.
     *
     * @return the title
     */
    public String title() {
        return details.title();
    }

    /**
     * What it is about.
     *
     * @return the component, if there is one
     */
    public Optional<String> component() {
        return details.component();
    }

    /**
     * Which version of the component.
     *
     * @return the version, if there is one
     */
    public Optional<String> version() {
        return details.version();
    }

    /**
     * Strings, integers and booleans by name.
     *
     * @return an unmodifiable map
     */
    public SortedMap<String, JsonValue> attributes() {
        return details.attributes();
    }

    /**
     * The links to earlier records.
     *
     * @return an unmodifiable list
     */
    public List<Link> links() {
        return details.links();
    }

    /**
     * The text or file that is kept beside the log.
     *
     * @return the body, if there is one
     */
    public Optional<Body> body() {
        return details.body();
    }

    /**
     * The caller's idempotency key.
     *
     * @return the key, if there is one
     */
    public Optional<String> key() {
        return details.key();
    }

    /**
     * What the statement is about: the artifacts, and the body; of an erasure, the record.
     *
     * @return at least one subject
     * @throws IllegalStateException if there is none yet; the message says what to add
     */
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>(details.artifacts());
        details.body()
                .map(body -> Subject.artifact(body.subjectName(kind), body.digest()))
                .filter(body -> !subjects.contains(body)) // an artifact that is kept, too
                .ifPresent(subjects::add);
        if (subjects.isEmpty()) {
            throw new IllegalStateException(this + " is about nothing yet, expected "
                    + (kind == Kind.DEPLOYMENT ? "at least one artifact" : "a body"));
        }
        return subjects;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Memory<?> memory && kind == memory.kind && details.equals(memory.details);
    }

    @Override
    public int hashCode() {
        return details.hashCode();
    }

    @Override
    public String toString() {
        return kind.label() + " \"" + Texts.shown(title()) + "\"";
    }
}
