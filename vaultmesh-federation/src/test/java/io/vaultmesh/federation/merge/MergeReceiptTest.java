package io.vaultmesh.federation.merge;

import static io.vaultmesh.federation.merge.CanonicalUnionTest.events;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeReceiptTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Ed25519PrivateKey PRIVATE = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final Ed25519PublicKey KEY = PRIVATE.publicKey();
    private static final EnvelopeSigner SIGNER = EnvelopeSigner.ed25519(PRIVATE);
    private static final EventList LEFT = events("[{\"event_id\":\"1\",\"x\":1},{\"event_id\":\"2\",\"x\":2}]");
    private static final EventList RIGHT = events("[{\"event_id\":\"3\",\"x\":3}]");
    private static final EventList MERGED = CanonicalUnion.merge(LEFT, RIGHT);
    private static final MergeReceipt RECEIPT = MergeReceipt.of(LEFT, RIGHT, AT, SIGNER);

    @TempDir
    Path directory;

    /** A receipt that says something else, and is signed all the same. */
    private static MergeReceipt saying(String member, JsonValue value) {
        return signed(RECEIPT.envelope().statement().subjects(), predicate -> {
            JsonObject.Builder other = JsonObject.builder();
            predicate.members().forEach((name, old) -> other.put(name, name.equals(member) ? value : old));
            return other.build();
        });
    }

    private static MergeReceipt signed(List<Subject> subjects, UnaryOperator<JsonObject> change) {
        Statement statement = new Statement(
                subjects,
                MergeReceipt.PREDICATE_TYPE,
                change.apply(RECEIPT.envelope().statement().predicate()));
        return MergeReceipt.parse(Envelope.sign(statement, SIGNER).bytes());
    }

    private static void assertRefuted(String why, Verdict verdict) {
        assertFalse(verdict.holds());
        assertTrue(verdict.reason().orElseThrow().contains(why), verdict.toString());
    }

    @Nested
    class Verify {
        @Test
        void holdsForTheListsThatWereMerged() {
            assertEquals(Verdict.proven(), RECEIPT.verify(LEFT, RIGHT, MERGED, KEY));
            assertEquals(Verdict.proven(), MergeReceipt.parse(RECEIPT.bytes()).verify(LEFT, RIGHT, MERGED, KEY));
        }

        @Test
        void refutesAnotherKey() {
            byte[] seed = new byte[32];
            seed[0] = 1;
            assertRefuted(
                    "the receipt is not signed by did:key:",
                    RECEIPT.verify(
                            LEFT, RIGHT, MERGED, Ed25519PrivateKey.ofSeed(seed).publicKey()));
        }

        @Test
        void refutesASignatureOverSomethingElse() {
            String payload =
                    Base64.getEncoder().encodeToString(RECEIPT.envelope().payload());
            String other = Base64.getEncoder()
                    .encodeToString(new String(RECEIPT.envelope().payload(), UTF_8)
                            .replace("2026-01-02", "2026-01-03")
                            .getBytes(UTF_8));
            MergeReceipt forged = MergeReceipt.parse(
                    new String(RECEIPT.bytes(), UTF_8).replace(payload, other).getBytes(UTF_8));
            assertRefuted("the receipt is not signed by", forged.verify(LEFT, RIGHT, MERGED, KEY));
        }

        @Test
        void refutesAListThatIsNotTheUnion() {
            for (EventList wrong : List.of(LEFT, EventList.of(MERGED.events().subList(1, 3)), events("[]"))) {
                assertRefuted("the merged list has", RECEIPT.verify(LEFT, RIGHT, wrong, KEY));
            }
        }

        @Test
        void refutesOtherInputsWithTheSameUnion() {
            EventList reversed =
                    EventList.of(List.of(LEFT.events().get(1), LEFT.events().get(0)));
            assertEquals(MERGED, CanonicalUnion.merge(reversed, RIGHT));
            assertRefuted("left_head is", RECEIPT.verify(reversed, RIGHT, MERGED, KEY));
            assertRefuted("left_head is", RECEIPT.verify(RIGHT, LEFT, MERGED, KEY));
            assertRefuted("right_head is", RECEIPT.verify(LEFT, MERGED, MERGED, KEY));
        }

        @ParameterizedTest
        @CsvSource({"left_head", "right_head", "merged_head", "policy", "sort_order"})
        void refutesASignedReceiptThatSaysSomethingElse(String member) {
            Hash other = Hashing.sha256(new byte[] {1});
            assertRefuted(
                    member + " is",
                    saying(member, new JsonString(other.toString())).verify(LEFT, RIGHT, MERGED, KEY));
        }

        @Test
        void refutesAnotherCount() {
            JsonObject two = JsonObject.builder().put("n", 2).build();
            assertRefuted(
                    "events_replayed is",
                    saying("events_replayed", two.get("n").orElseThrow()).verify(LEFT, RIGHT, MERGED, KEY));
        }

        @Test
        void refutesAnotherSubject() {
            Subject other = Subject.artifact("merged.json", Hashing.sha256(new byte[] {1}));
            assertRefuted(
                    "the receipt is about",
                    signed(List.of(other), predicate -> predicate).verify(LEFT, RIGHT, MERGED, KEY));
        }
    }

    @Nested
    class Parse {
        @Test
        void refusesWhatIsNoReceipt() {
            Statement other = new Statement(
                    RECEIPT.envelope().statement().subjects(),
                    "https://example.com/x",
                    RECEIPT.envelope().statement().predicate());
            assertRefused("predicateType of a receipt is https://example.com/x", Envelope.sign(other, SIGNER));
            assertRefused("payloadType of a receipt is text/plain", Envelope.sign("text/plain", new byte[0], SIGNER));
            assertThrows(IllegalArgumentException.class, () -> MergeReceipt.parse("{}".getBytes(UTF_8)));
            byte[] spaced = (new String(RECEIPT.bytes(), UTF_8) + " ").getBytes(UTF_8);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> MergeReceipt.parse(spaced))
                    .getMessage()
                    .contains("canonical JSON"));
        }

        private static void assertRefused(String why, Envelope envelope) {
            String message = assertThrows(IllegalArgumentException.class, () -> MergeReceipt.parse(envelope.bytes()))
                    .getMessage();
            assertTrue(message.contains(why), message);
        }

        @ParameterizedTest
        @CsvSource({
            "timestamp,2026-01-02T03:04:05.678Z,expected as 2026-01-02T03:04:05Z",
            "timestamp,yesterday,expected as 2026-01-02T03:04:05Z",
            "timestamp,2026-01-02T03:04:05+00:00,expected as 2026-01-02T03:04:05Z",
            "merged_head,xyz,hex"
        })
        void refusesWhatIsNotOfItsForm(String member, String text, String why) {
            String message = assertThrows(IllegalArgumentException.class, () -> saying(member, new JsonString(text)))
                    .getMessage();
            assertTrue(message.contains(why), message);
        }

        @Test
        void refusesAnotherSignersName() {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> saying("trust_anchors", JsonArray.ofStrings(List.of("did:key:other"))))
                    .getMessage();
            assertTrue(message.contains("expected one signer"), message);
            byte[] renamed = new String(RECEIPT.bytes(), UTF_8)
                    .replace("\"keyid\":\"" + KEY.didKey(), "\"keyid\":\"other")
                    .getBytes(UTF_8);
            assertThrows(IllegalArgumentException.class, () -> MergeReceipt.parse(renamed));
        }

        @Test
        void refusesMembersThatAreNotKnown() {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> signed(RECEIPT.envelope().statement().subjects(), predicate -> {
                        JsonObject.Builder more = JsonObject.builder();
                        predicate.members().forEach(more::put);
                        return more.put("more", 1).build();
                    }));
        }
    }

    @Nested
    class AsAValue {
        @Test
        void hasTheMembersOfTheOriginals() {
            assertEquals(
                    "{\"events_replayed\":3,\"left_head\":\"" + LEFT.head() + "\",\"merged_head\":\"" + MERGED.head()
                            + "\",\"policy\":\"jcs-canonical-union-v1\",\"right_head\":\"" + RIGHT.head()
                            + "\",\"sort_order\":\"event_hash asc, timestamp asc, signer_pubkey asc\","
                            + "\"timestamp\":\"2026-01-02T03:04:05Z\",\"trust_anchors\":[\"" + KEY.didKey() + "\"]}",
                    new String(
                            CanonicalJson.encode(RECEIPT.envelope().statement().predicate()), UTF_8));
        }

        @Test
        void equalsOneWithTheSameBytes() {
            assertEquals(RECEIPT, MergeReceipt.of(LEFT, RIGHT, AT, SIGNER));
            assertEquals(
                    RECEIPT.hashCode(), MergeReceipt.of(LEFT, RIGHT, AT, SIGNER).hashCode());
            assertNotEquals(RECEIPT, MergeReceipt.of(RIGHT, LEFT, AT, SIGNER));
            assertTrue(RECEIPT.toString().contains("2026-01-02T03:04:05Z"), RECEIPT.toString());
        }

        @Test
        void isRememberedWithItsHeads() {
            try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
                Receipt receipt = memory.record(RECEIPT.toMemory().key("merge/" + RECEIPT.mergedHead()));
                assertEquals(Kind.DISCOVERY, receipt.record().kind());
                assertEquals(
                        new JsonString(MERGED.head().toString()),
                        receipt.record().predicate().attributes().get("merged_head"));
                assertEquals(
                        Hashing.sha256(MERGED.bytes()),
                        receipt.record().evidence().get("merged.json"));
                assertEquals(
                        Hashing.sha256(RECEIPT.bytes()),
                        receipt.record().predicate().body().orElseThrow().digest());
                assertTrue(memory.verifyAudit().passed());
            }
        }
    }

    @Nested
    class InFiles {
        private Path left;
        private Path right;
        private Path merged;
        private Path receipt;

        private MergeFiles files() throws IOException {
            left = Files.write(directory.resolve("left.json"), LEFT.bytes());
            right = Files.write(directory.resolve("right.json"), RIGHT.bytes());
            merged = directory.resolve("merged.json");
            receipt = directory.resolve("merge.receipt.json");
            return new MergeFiles(left, right, merged, receipt);
        }

        @Test
        void writesTheListAndTheReceipt() throws IOException {
            MergeReceipt written = CanonicalUnion.merge(files(), SIGNER, InstantSource.fixed(AT));
            assertArrayEquals(MERGED.bytes(), Files.readAllBytes(merged));
            assertArrayEquals(RECEIPT.bytes(), Files.readAllBytes(receipt));
            assertEquals(RECEIPT, written);
            try (var all = Files.list(directory)) {
                assertEquals(4, all.count());
            }
        }

        @Test
        void isDetectedIfItWasBrokenOffBetweenTheTwo() throws IOException {
            MergeFiles files = files();
            var unused = CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT));
            Files.writeString(right, "[{\"event_id\":\"9\"}]");
            byte[] before = Files.readAllBytes(receipt);
            Files.delete(receipt);
            Path inTheWay = Files.createDirectories(receipt.resolve("in-the-way"));
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class,
                    () -> CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT))
                            .at());
            assertTrue(failure.getMessage().contains("can't write"), failure.getMessage());
            Files.delete(inTheWay);
            Files.delete(receipt);
            Files.write(receipt, before);
            EventList now = EventList.parse(Files.readAllBytes(merged));
            EventList changed = EventList.parse(Files.readAllBytes(right));
            assertEquals(CanonicalUnion.merge(LEFT, changed), now);
            MergeReceipt old = MergeReceipt.parse(Files.readAllBytes(receipt));
            assertFalse(old.verify(LEFT, RIGHT, now, KEY).holds());
            assertFalse(old.verify(LEFT, changed, now, KEY).holds());
            MergeReceipt mended = CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT));
            assertTrue(mended.verify(LEFT, changed, now, KEY).holds());
        }

        @Test
        void leavesBothAsTheyWereIfTheListCannotBeWritten() throws IOException {
            MergeFiles files = files();
            Files.createDirectories(merged.resolve("not-empty"));
            Files.writeString(receipt, "old");
            assertThrows(
                    UncheckedIOException.class,
                    () -> CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT))
                            .at());
            assertEquals("old", Files.readString(receipt));
            try (var all = Files.list(directory)) {
                assertEquals(4, all.count());
            }
        }

        @Test
        void goesNotWhereSomebodysLinkLeads() throws IOException {
            MergeFiles files = files();
            Path victim = Files.writeString(directory.resolve("victim"), "precious");
            Files.createSymbolicLink(directory.resolve(".merged.json.part"), victim);
            Files.createSymbolicLink(receipt, victim);
            var unused = CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT));
            assertEquals("precious", Files.readString(victim));
            assertArrayEquals(MERGED.bytes(), Files.readAllBytes(merged));
            assertArrayEquals(RECEIPT.bytes(), Files.readAllBytes(receipt));
        }

        @Test
        void namesTheFileThatIsNoList() throws IOException {
            MergeFiles files = files();
            Files.writeString(left, "[1]");
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT))
                                    .at())
                    .getMessage();
            assertTrue(message.contains("left.json is no list of events: event 0"), message);
            Files.delete(left);
            assertThrows(
                    UncheckedIOException.class,
                    () -> CanonicalUnion.merge(files, SIGNER, InstantSource.fixed(AT))
                            .at());
        }

        @Test
        void neverWritesOverWhatItReads() throws IOException {
            var unused = files();
            Path link = Files.createLink(directory.resolve("link.json"), left);
            for (MergePaths paths : List.of(
                    new MergePaths(left, receipt),
                    new MergePaths(merged, right),
                    new MergePaths(merged, merged),
                    new MergePaths(link, receipt),
                    new MergePaths(directory.resolve("./x/../left.json"), receipt))) {
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> new MergeFiles(left, right, paths.merged, paths.receipt).left())
                        .getMessage();
                assertTrue(message.contains("expected a file of its own"), message);
            }
        }

        private record MergePaths(Path merged, Path receipt) {}
    }

    /** The receipt by the DSSE and in-toto specifications alone: OpenSSL and a few lines of Python. */
    @Nested
    class AnotherProgram {
        private static final String PROGRAM = """
                import base64, hashlib, json, subprocess, sys
                receipt = json.load(open('receipt.json', 'rb'))
                payload = base64.b64decode(receipt['payload'])
                kind = receipt['payloadType'].encode()
                open('pae', 'wb').write(b'DSSEv1 %d %s %d %s' % (len(kind), kind, len(payload), payload))
                open('sig', 'wb').write(base64.b64decode(receipt['signatures'][0]['sig']))
                open('key', 'wb').write(bytes.fromhex('302a300506032b6570032100' + sys.argv[1]))
                subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-rawin',
                    '-in', 'pae', '-sigfile', 'sig'], check=True)
                statement = json.loads(payload)
                merged = hashlib.sha256(open('merged.json', 'rb').read()).hexdigest()
                assert statement['subject'] == [{'name': 'merged.json', 'digest': {'sha256': merged}}]
                print(statement['predicate']['merged_head'])
                """;

        @Test
        void verifiesTheReceipt() throws IOException {
            OutsideProgram python = OutsideProgram.require("python3", "openssl");
            Path program = Files.writeString(directory.resolve("verify.py"), PROGRAM);
            Files.write(directory.resolve("receipt.json"), RECEIPT.bytes());
            Files.write(directory.resolve("merged.json"), MERGED.bytes());
            String key = Hash.of(KEY.bytes()).toString();
            String printed = python.run(directory, program.toString(), key).orFail();
            assertEquals("Signature Verified Successfully\n" + MERGED.head() + "\n", printed);
        }
    }
}
