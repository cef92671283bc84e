package io.vaultmesh.federation.merge;

import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records that are really signed, and say what no memory would let its author say. */
public final class Crafted {

    private Crafted() {}

    /** A key that belongs to a name. */
    public static Ed25519PrivateKey key(String name) {
        return Ed25519PrivateKey.ofSeed(
                Hashing.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    /** A record without a body. */
    public static byte[] record(String author, long seq, String title) {
        Hash subject = Hashing.sha256(title.getBytes(StandardCharsets.UTF_8));
        return record(author, seq, title, List.of(Subject.artifact("what", subject)), Optional.empty());
    }

    /** A record that says of a body what it likes. */
    public static byte[] record(String author, long seq, String title, BodyRef body) {
        return record(author, seq, title, List.of(Subject.artifact("body", body.digest())), Optional.of(body));
    }

    /** An erasure of a record's body. */
    public static byte[] erasure(String author, long seq, Hash record, Hash digest) {
        SortedMap<String, JsonValue> attributes = new TreeMap<>();
        attributes.put("digest", new JsonString("sha256:" + digest));
        attributes.put("reason", new JsonString("it was asked for"));
        return record(
                author,
                seq,
                "Erased",
                Kind.ERASURE,
                List.of(Subject.record(record)),
                attributes,
                Optional.empty(),
                List.of(new Link(Link.Rel.ERASES, record)));
    }

    private static byte[] record(
            String author, long seq, String title, List<Subject> subjects, Optional<BodyRef> body) {
        return record(author, seq, title, Kind.DISCOVERY, subjects, new TreeMap<>(), body, List.of());
    }

    private static byte[] record(
            String author,
            long seq,
            String title,
            Kind kind,
            List<Subject> subjects,
            SortedMap<String, JsonValue> attributes,
            Optional<BodyRef> body,
            List<Link> links) {
        EnvelopeSigner signer = EnvelopeSigner.ed25519(key(author));
        Predicate predicate = new Predicate(
                signer.keyId(),
                Instant.parse("2026-01-02T00:00:00Z").plusSeconds(seq),
                NamespaceName.MAIN,
                seq,
                title,
                Optional.empty(),
                Optional.empty(),
                attributes,
                body,
                links,
                Optional.empty());
        Statement statement = new Statement(subjects, kind.predicateType(), predicate.toJson());
        return Envelope.sign(statement, signer).bytes();
    }

    /** What a record says of a body. */
    public static BodyRef body(String text, long size) {
        return new BodyRef(Hashing.sha256(text.getBytes(StandardCharsets.UTF_8)), size, "text/plain");
    }
}
