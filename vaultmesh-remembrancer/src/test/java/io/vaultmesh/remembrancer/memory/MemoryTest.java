package io.vaultmesh.remembrancer.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

    @TempDir
    Path directory;

    private static final Hash HASH = Hashing.sha256(new byte[0]);

    @Test
    void aDeploymentHashesItsArtifacts() throws IOException {
        Path file = Files.writeString(directory.resolve("ledger.jar"), "abc");
        Deployment deployment = Deployment.of("ledger", "1.0").artifact(file);
        assertEquals(
                List.of(Subject.artifact(
                        "ledger.jar", Hash.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))),
                deployment.subjects());
        assertThrows(UncheckedIOException.class, () -> deployment.artifact(directory.resolve("none")));
        assertThrows(IllegalArgumentException.class, () -> deployment.artifact(Path.of("/")));
    }

    @Test
    void namesEvidenceByItsHash() throws IOException {
        Path sbom = Files.writeString(directory.resolve("sbom.json"), "abc");
        Deployment deployment = Deployment.of("ledger", "1.0")
                .artifact("ledger.jar", HASH)
                .evidence(sbom)
                .evidence("tests: unit", HASH);
        assertEquals(
                "JsonString[value=sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad]",
                deployment.attributes().get("evidence:sbom.json").toString());
        MemoryRecord record = new MemoryRecord(
                HASH,
                Kind.DEPLOYMENT,
                deployment.subjects(),
                Predicate.of(deployment, "did", Instant.EPOCH, NamespaceName.MAIN, 0));
        assertEquals(HASH, record.evidence().get("tests: unit"));
        assertEquals(2, record.evidence().size());
        assertThrows(IllegalStateException.class, () -> deployment.evidence("sbom.json", HASH));
        assertThrows(IllegalArgumentException.class, () -> deployment.evidence(" ", HASH));
        assertThrows(IllegalArgumentException.class, () -> deployment.evidence(Path.of("/")));
        for (String bad : List.of("", "sha256:", "sha256:AB", "md5:" + HASH, HASH.toString())) {
            String message = assertThrows(IllegalArgumentException.class, () -> deployment.attribute("evidence:x", bad))
                    .getMessage();
            assertTrue(message.contains("is no hash"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> deployment.attribute("evidence:x", 1));
    }

    @Test
    void carriesAFileAsItsBody() throws IOException {
        Path log = Files.writeString(directory.resolve("deploy.log"), "done\n");
        Body body = Body.file(log, "text/x-log");
        Deployment deployment = Deployment.of("ledger", "1.0").body(body);
        assertEquals(List.of(Subject.artifact("deploy.log", body.digest())), deployment.subjects());
        assertEquals(deployment.subjects(), deployment.artifact(log).subjects(), "an artifact that is kept, too");
        assertEquals(2, deployment.artifact("ledger.jar", HASH).subjects().size());
        assertEquals(
                "discovery.txt",
                Discovery.of("t", Body.text("b")).subjects().get(0).name());
        assertEquals("discovery.md", Discovery.of("t", "b").subjects().get(0).name());
        assertThrows(IllegalStateException.class, () -> deployment.body(body));
    }

    @Test
    void refusesWhatIsTooLargeForAnEntryBeforeItIsEncoded() {
        String megabyte = "x".repeat(1 << 20);
        for (Memory<?> memory : List.of(
                Discovery.of(megabyte, "b"),
                Deployment.of(megabyte, "1").artifact("a", HASH),
                Deployment.of("c", megabyte).artifact("a", HASH),
                Discovery.of("t", "b").attribute(megabyte, 1),
                Discovery.of("t", "b").attribute("a", megabyte),
                Discovery.of("t", "b").component(megabyte),
                Deployment.of("c", "1").artifact(megabyte, HASH))) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> Predicate.of(memory, "did", Instant.EPOCH, NamespaceName.MAIN, 0)
                                    .seq())
                    .getMessage();
            assertTrue(message.contains("expected at most 65535"), message);
            assertTrue(message.length() < 300, message);
        }
        for (String bad : List.of(megabyte + "\n", megabyte + "\u0000")) {
            String message = assertThrows(IllegalArgumentException.class, () -> Discovery.of(bad, "b"))
                    .getMessage();
            assertTrue(message.length() < 300, message);
        }
    }

    @Test
    void isAValueThatChangesByCopies() {
        Deployment one = Deployment.of("ledger", "1.0").artifact("a", HASH);
        assertEquals(one, Deployment.of("ledger", "1.0").artifact("a", HASH));
        assertNotEquals(one, one.attribute("n", 1));
        assertEquals(one.attribute("n", 1).hashCode(), one.attribute("n", 1).hashCode());
        assertEquals("deployment \"ledger 1.0\"", one.toString());
        assertEquals(Body.markdown("x"), Body.markdown("x"));
    }

    @Test
    void refusesASecondValueAndNamesTheFirst() {
        Decision decision = Decision.of("t", "c", "d", "e").component("ledger").attribute("n", 1);
        assertEquals(
                "component is already set to ledger",
                assertThrows(IllegalStateException.class, () -> decision.component("other"))
                        .getMessage());
        assertThrows(IllegalStateException.class, () -> decision.attribute("n", 2));
        assertThrows(IllegalArgumentException.class, () -> decision.attribute("m", 1L << 60));
        assertThrows(IllegalArgumentException.class, () -> decision.attribute(" ", true));
        assertThrows(IllegalArgumentException.class, () -> decision.key(""));
        assertThrows(IllegalArgumentException.class, () -> Discovery.of(" ", "b"));
    }

    @Test
    void anIncidentSaysHowBadItWas() {
        assertEquals(
                "JsonString[value=critical]",
                Incident.of("t", Incident.Severity.CRITICAL, "b")
                        .attributes()
                        .get("severity")
                        .toString());
    }

    @Test
    void aPredicateRoundTripsInTheDocumentedForm() {
        Discovery memory = Discovery.of("found", "body")
                .component("ledger")
                .attribute("count", 3)
                .attribute("ok", true)
                .link(Link.Rel.RELATES, HASH)
                .key("k");
        Predicate predicate = Predicate.of(
                memory, "did:key:z6Mk", Instant.parse("2026-01-02T03:04:05.6789Z"), new NamespaceName("a:b"), 7);
        JsonObject json = predicate.toJson();
        assertEquals(predicate, Predicate.parse(json));
        assertEquals("2026-01-02T03:04:05.678Z", json.string("at"));
        assertEquals("a:b", json.string("namespace"));
        assertEquals(Hashing.sha256("k".getBytes(UTF_8)).toString(), json.string("key"));
        assertEquals("text/markdown; charset=utf-8", json.object("body").string("mediaType"));
    }

    @Test
    void aWholeSecondKeepsItsMilliseconds() {
        Predicate predicate = Predicate.of(
                Discovery.of("t", "b"), "did", Instant.parse("2026-01-02T03:04:05Z"), NamespaceName.MAIN, 0);
        assertEquals("2026-01-02T03:04:05.000Z", predicate.toJson().string("at"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"2026-01-02T03:04:05.678Z\" | \"2026-01-02T03:04:05Z\"     | at is",
                "\"2026-01-02T03:04:05.678Z\" | \"yesterday\"                | at is",
                "\"seq\":0                    | \"seq\":-1                   | seq is -1",
                "\"seq\":0                    | \"seq\":0,\"more\":1         | member more is unknown",
                "\"main\"                     | \"MAIN\"                     | namespace is",
                "\"sealed\":false             | \"sealed\":true              | sealed",
            })
    void aPredicateOfAnyOtherFormIsRefused(String from, String to, String message) {
        Predicate predicate = Predicate.of(
                Discovery.of("t", "b"), "did", Instant.parse("2026-01-02T03:04:05.678Z"), NamespaceName.MAIN, 0);
        String json = new String(io.vaultmesh.core.json.CanonicalJson.encode(predicate.toJson()), UTF_8);
        assertTrue(json.contains(from), json);
        JsonObject changed = (JsonObject) StrictJson.parse(json.replace(from, to));
        String refused = assertThrows(
                        IllegalArgumentException.class,
                        () -> Predicate.parse(changed).seq())
                .getMessage();
        assertTrue(refused.contains(message), refused);
    }

    @Test
    void aScaffoldNeedsAManifest() throws IOException {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Scaffold.of(directory))
                .getMessage()
                .contains("has no .vaultmesh/manifest.json"));
        Files.createDirectories(directory.resolve(".vaultmesh"));
        Path manifest = directory.resolve(Scaffold.MANIFEST);
        for (String bad : List.of("", "[]", "{\"format\":9}", "{\"format\":1}")) {
            Files.writeString(manifest, bad);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Scaffold.of(directory))
                    .getMessage()
                    .contains("is not a manifest"));
        }
    }

    @Test
    void aPolicysBodyIsAllOfIt() {
        Body policy = Body.bytes("{\"format\":1}".getBytes(UTF_8), "application/json", "json");
        PolicyChange change = PolicyChange.of("Everybody may record", policy);
        assertEquals(Kind.POLICY, change.kind());
        assertEquals("https://vaultmesh.org/memory/policy/v1", change.kind().predicateType());
        assertEquals(List.of(Subject.artifact("policy.json", policy.digest())), change.subjects());
        assertEquals(
                List.of("n"), List.copyOf(change.attribute("n", 1).attributes().keySet()));
        assertThrows(IllegalArgumentException.class, () -> PolicyChange.of("two\nlines", policy));
    }

    @Test
    void anAnchorSaysWhatWasAnchoredAndWhere() {
        Checkpoint checkpoint = new Checkpoint("example.com/main", 7, Hashing.sha256(new byte[0]));
        Body attestation = Body.bytes("{}".getBytes(UTF_8), "application/json", "json");
        AnchorRecord anchor = AnchorRecord.of(checkpoint, "rfc3161:example", attestation);
        assertEquals("https://vaultmesh.org/memory/anchor/v1", anchor.kind().predicateType());
        assertEquals("Anchor of example.com/main at size 7 in rfc3161:example", anchor.title());
        assertEquals(List.of(Subject.artifact("anchor.json", attestation.digest())), anchor.subjects());
        Map<String, JsonValue> expected = Map.of(
                "target", new JsonString("rfc3161:example"),
                "origin", new JsonString("example.com/main"),
                "size", new JsonNumber(7),
                "root", new JsonString("sha256:" + checkpoint.root()));
        assertEquals(expected, anchor.attributes());
        assertThrows(IllegalArgumentException.class, () -> AnchorRecord.of(checkpoint, "two\nlines", attestation));
    }

    @Test
    void aKindIsFoundByItsPredicateType() {
        for (Kind kind : Kind.values()) {
            assertEquals(kind, Kind.ofPredicateType(kind.predicateType()));
        }
        assertEquals("https://vaultmesh.org/memory/incident/v1", Kind.INCIDENT.predicateType());
        assertThrows(IllegalArgumentException.class, () -> Kind.ofPredicateType("https://vaultmesh.org/memory/x/v1"));
    }

    @Test
    void aBodyIsOfTextOrOfAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("run.log"), "abc");
        Body body = Body.file(file, "text/x-log");
        assertEquals(3, body.size());
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                body.digest().toString());
        assertEquals(new BodyRef(body.digest(), 3, "text/x-log"), body.ref());
        assertEquals(body, Body.file(file, "text/x-log"));
        assertEquals(body.hashCode(), Body.file(file, "text/x-log").hashCode());
        assertNotEquals(body, Body.file(file, "text/plain"));
        assertEquals("text/plain; charset=utf-8", Body.text("abc").mediaType());
        assertTrue(body.toString().contains(file.toString()), body.toString());
        for (Path none : List.of(directory, directory.resolve("none"), Path.of("/"))) {
            String message = assertThrows(IllegalArgumentException.class, () -> Body.file(none, "text/plain"))
                    .getMessage();
            assertTrue(message.contains("expected a regular file"), message);
        }
        Files.delete(file);
        assertThrows(UncheckedIOException.class, () -> body.open().close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "text/", "/plain", "text/plain;", "text/plain\n", "text/pl ain", "é/x", "a/b;é"})
    void aMediaTypeIsOne(String mediaType) {
        String message = assertThrows(IllegalArgumentException.class, () -> new BodyRef(HASH, 0, mediaType))
                .getMessage();
        assertTrue(message.contains("media type"), message);
    }

    @Test
    void aMediaTypeIsMatchedInTimeThatGrowsWithItsLength() {
        assertThrows(IllegalArgumentException.class, () -> new BodyRef(HASH, 0, "a/b" + "; x ".repeat(60) + "é"));
        assertThrows(IllegalArgumentException.class, () -> new BodyRef(HASH, 0, "a/" + "b".repeat(254)));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,true",
        "TEXT/X-log; a=b,true",
        "application/json,true",
        "application/ld+json,true",
        "application/xml;charset=utf-8,true",
        "application/vnd.oai+yaml,true",
        "application/yaml,true",
        "application/gzip,false",
        "application/jsonp,false",
        "image/png,false",
        "application/octet-stream,false"
    })
    void isTextByItsMediaType(String mediaType, boolean text) {
        assertEquals(text, new BodyRef(HASH, 0, mediaType).isText());
    }

    @Test
    void aNamespacesPathNameLeadsBack() {
        assertEquals("dao~vaultmesh", new NamespaceName("dao:vaultmesh").pathName());
        assertEquals(new NamespaceName("dao:vaultmesh"), NamespaceName.ofPathName("dao~vaultmesh"));
        assertThrows(IllegalArgumentException.class, () -> NamespaceName.ofPathName("dao:vaultmesh"));
    }
}
