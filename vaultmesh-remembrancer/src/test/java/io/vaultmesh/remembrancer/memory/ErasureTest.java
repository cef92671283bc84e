package io.vaultmesh.remembrancer.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErasureTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final Ed25519PrivateKey OTHER = Ed25519PrivateKey.ofSeed(
            new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
            });
    private static final String OWNER = "did:key:owner";
    private static final Hash ID = Hashing.sha256(new byte[] {1});
    private static final Hash DIGEST = Hashing.sha256(new byte[] {2});
    private static final Erasure ERASURE = Erasure.of(ID, DIGEST, "a name was in it");

    private static Predicate predicate(Memory<?> memory, Ed25519PrivateKey author, long seq) {
        return Predicate.of(
                memory, author.publicKey().didKey(), Instant.parse("2026-01-02T03:04:05Z"), NamespaceName.MAIN, seq);
    }

    private static MemoryRecord record(Memory<?> memory, Ed25519PrivateKey author, long seq) {
        Statement statement = new Statement(
                memory.subjects(),
                memory.kind().predicateType(),
                predicate(memory, author, seq).toJson());
        return MemoryRecord.verified(
                Envelope.sign(statement, EnvelopeSigner.ed25519(author)).bytes());
    }

    private static String refused(List<Subject> subjects, Predicate predicate) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new MemoryRecord(ID, Kind.ERASURE, subjects, predicate).title())
                .getMessage();
    }

    @Test
    void namesTheRecordAndTheBody() {
        MemoryRecord record = record(ERASURE, KEY, 0);
        assertEquals(List.of(Subject.record(ID)), record.subjects());
        assertEquals(List.of(new Link(Link.Rel.ERASES, ID)), record.predicate().links());
        assertEquals(Optional.of(new Erased(ID, DIGEST, "a name was in it")), record.erased());
        assertEquals(
                new JsonString("sha256:" + DIGEST),
                record.predicate().attributes().get("digest"));
        assertEquals("https://vaultmesh.org/memory/erasure/v1", Kind.ERASURE.predicateType());
        assertEquals(Optional.empty(), record(Discovery.of("t", "b"), KEY, 0).erased());
        assertThrows(IllegalArgumentException.class, () -> Erasure.of(ID, DIGEST, "two\nlines"));
    }

    @Test
    void isRefusedInAnyOtherForm() {
        List<Subject> subjects = ERASURE.subjects();
        Predicate right = predicate(ERASURE, KEY, 0);
        assertTrue(
                refused(List.of(Subject.artifact("x", ID)), right).contains("expected rfc6962-leaf-sha256 in erasure"));
        assertTrue(refused(List.of(Subject.record(DIGEST)), right).contains("expected one to its subject"));
        assertTrue(refused(List.of(new Subject("other", Subject.RECORD, ID)), right)
                .contains("which is called record"));
        assertTrue(refused(List.of(Subject.record(ID), Subject.record(DIGEST)), right)
                .contains("2 subjects"));
        for (String name : List.of("digest", "reason")) {
            TreeMap<String, JsonValue> attributes = new TreeMap<>(right.attributes());
            attributes.remove(name);
            assertTrue(refused(subjects, with(right, attributes, right.links(), Optional.empty()))
                    .contains("lacks the attribute"));
            attributes.put(name, new JsonString("x\n"));
            assertTrue(refused(subjects, with(right, attributes, right.links(), Optional.empty()))
                    .contains("expected"));
        }
        assertTrue(refused(subjects, with(right, right.attributes(), List.of(), Optional.empty()))
                .contains("links erases to 0 records"));
        Body body = Body.text("x");
        List<Subject> both = List.of(subjects.get(0), Subject.record(body.digest()));
        assertTrue(refused(both, with(right, right.attributes(), right.links(), Optional.of(body.ref())))
                .contains("2 subjects"));
        Predicate ofItself = with(
                right, right.attributes(), List.of(new Link(Link.Rel.ERASES, body.digest())), Optional.of(body.ref()));
        assertTrue(refused(List.of(Subject.record(body.digest())), ofItself).contains("has a body, expected none"));
    }

    private static Predicate with(
            Predicate from, TreeMap<String, JsonValue> attributes, List<Link> links, Optional<BodyRef> body) {
        return new Predicate(
                from.author(),
                from.at(),
                from.namespace(),
                from.seq(),
                from.title(),
                from.component(),
                from.version(),
                attributes,
                body,
                links,
                from.key());
    }

    private static Predicate with(
            Predicate from, SortedMap<String, JsonValue> attributes, List<Link> links, Optional<BodyRef> body) {
        return with(from, new TreeMap<>(attributes), links, body);
    }

    @Test
    void isTheOnlyKindThatErases() {
        assertThrows(
                IllegalArgumentException.class, () -> Discovery.of("t", "b").link(Link.Rel.ERASES, ID));
        assertThrows(IllegalArgumentException.class, () -> ERASURE.link(Link.Rel.ERASES, DIGEST));
        Discovery discovery = Discovery.of("t", "b");
        Predicate predicate = predicate(discovery, KEY, 0);
        Predicate erasing =
                with(predicate, predicate.attributes(), List.of(new Link(Link.Rel.ERASES, ID)), predicate.body());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new MemoryRecord(ID, Kind.DISCOVERY, discovery.subjects(), erasing).title())
                .getMessage();
        assertTrue(message.contains("only an erasure has"), message);
    }

    @Test
    void leavesABodyToTheRecordsThatNeedIt() {
        Body body = Body.text("shared");
        MemoryRecord first = record(Discovery.of("first", body), KEY, 0);
        MemoryRecord second = record(Discovery.of("second", body), KEY, 1);
        MemoryRecord unrelated = record(Discovery.of("third", "b"), KEY, 2);
        MemoryRecord erasure = record(Erasure.of(first.id(), body.digest(), "why"), KEY, 3);
        MemoryRecord ofOther = record(Erasure.of(second.id(), body.digest(), "why"), OTHER, 0);
        MemoryRecord ofOtherBody = record(Erasure.of(second.id(), DIGEST, "why"), KEY, 4);
        assertEquals(
                List.of(second.id()),
                BodyReferences.needing(
                        Stream.of(first, second, unrelated, erasure, ofOther, ofOtherBody), body.digest(), OWNER));
        assertEquals(
                List.of(),
                BodyReferences.needing(
                        Stream.of(first, second, erasure, ofOther),
                        body.digest(),
                        OTHER.publicKey().didKey()));
        assertFalse(Erased.counts("a", "b", "c"));
    }
}
