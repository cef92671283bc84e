package io.vaultmesh.remembrancer.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryRecordTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final Discovery MEMORY =
            Discovery.of("found", "body").attribute("n", 1).link(Link.Rel.RELATES, Hashing.sha256(new byte[0]));
    private static final Predicate PREDICATE = Predicate.of(
            MEMORY, KEY.publicKey().didKey(), Instant.parse("2026-01-02T03:04:05.678Z"), NamespaceName.MAIN, 0);

    /** An entry whose author signed whatever it says. */
    private static byte[] entry(List<Subject> subjects, Kind kind, JsonObject predicate) {
        Statement statement = new Statement(subjects, kind.predicateType(), predicate);
        return Envelope.sign(statement, EnvelopeSigner.ed25519(KEY)).bytes();
    }

    private static String refused(byte[] entry) {
        return assertThrows(
                        RefutedException.class,
                        () -> MemoryRecord.verified(entry).id())
                .getMessage();
    }

    @Test
    void isReadFromWhatItsAuthorSigned() {
        MemoryRecord record = MemoryRecord.verified(entry(MEMORY.subjects(), Kind.DISCOVERY, PREDICATE.toJson()));
        assertEquals(PREDICATE, record.predicate());
        assertEquals("found", record.title());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"n\":1}       | {\"n\":[1]}     | attribute",
                "{\"n\":1}       | {\"n\":1.5}     | attribute",
                "{\"n\":1}       | {\"n\":null}    | attribute",
                "{\"n\":1}       | {\"\":1}        | attribute",
                "{\"n\":1}       | {\"evidence:x\":1} | is no hash",
                "\"relates\"     | \"erases\"      | only an erasure has",
                "\"relates\"     | \"likes\"       | expected one of supersedes, amends, relates, decides, signs, timestamps, anchors, erases",
                "\"found\"       | \"\"            | title",
                "\"found\"       | \"a\\nb\"     | title",
            })
    void isRefusedIfRecordingCouldNotHaveMadeIt(String from, String to, String message) {
        String json = new String(CanonicalJson.encode(PREDICATE.toJson()), UTF_8);
        assertTrue(json.contains(from), json);
        JsonObject changed = (JsonObject) StrictJson.parse(json.replace(from, to));
        String refused = refused(entry(MEMORY.subjects(), Kind.DISCOVERY, changed));
        assertTrue(refused.contains(message), refused);
    }

    @Test
    void isRefusedWithASubjectThatIsNoFileOrTwiceOrWithoutItsBody() {
        Hash hash = Hashing.sha256("other".getBytes(UTF_8));
        Subject body = MEMORY.subjects().get(0);
        JsonObject predicate = PREDICATE.toJson();
        assertTrue(refused(entry(List.of(body, Subject.record(hash)), Kind.DISCOVERY, predicate))
                .contains("expected sha256"));
        assertTrue(
                refused(entry(List.of(body, body), Kind.DISCOVERY, predicate)).contains("twice"));
        assertTrue(refused(entry(List.of(Subject.artifact("x", hash)), Kind.DISCOVERY, predicate))
                .contains("not among the subjects"));
    }

    @Test
    void isRefusedWithALinkTwice() {
        String json = new String(CanonicalJson.encode(PREDICATE.toJson()), UTF_8);
        String link = json.substring(json.indexOf("{\"rel\""), json.indexOf("]", json.indexOf("{\"rel\"")));
        JsonObject changed = (JsonObject) StrictJson.parse(json.replace(link, link + "," + link));
        assertTrue(refused(entry(MEMORY.subjects(), Kind.DISCOVERY, changed)).contains("link is there twice"));
        assertThrows(IllegalStateException.class, () -> MEMORY.link(Link.Rel.RELATES, Hashing.sha256(new byte[0])));
    }
}
