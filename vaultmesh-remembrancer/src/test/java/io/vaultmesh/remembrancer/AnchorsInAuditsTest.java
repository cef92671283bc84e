package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.AttestationVerifier;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.memory.AnchorRecord;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnchorsInAuditsTest extends MemoryFixture {

    private static final JsonObject EVIDENCE =
            JsonObject.builder().put("number", 7).build();

    private Remembrancer memory;
    private Namespace main;

    @BeforeEach
    void remember() {
        memory = open();
        main = memory.namespace("main");
        main.record(deployment());
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static Checkpoint of(TrustedCheckpoint checkpoint) {
        return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root());
    }

    private static AnchorRecord anchor(Checkpoint said, SignedNote note) {
        return anchor(said, "test:one", note);
    }

    private static AnchorRecord anchor(Checkpoint said, String target, SignedNote note) {
        return AnchorRecord.of(
                said,
                target,
                Body.bytes(new Attestation("test:one", note, EVIDENCE).bytes(), Attestation.MEDIA_TYPE, "json"));
    }

    private void recordAnchor() {
        TrustedCheckpoint checkpoint = main.checkpoint();
        main.record(anchor(of(checkpoint), checkpoint.note()));
    }

    private static AttestationVerifier target(Supplier<Finality> finality) {
        return new AttestationVerifier() {
            @Override
            public String name() {
                return "test:one";
            }

            @Override
            public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
                assertEquals(EVIDENCE, evidence);
                assertEquals(1, checkpoint.size());
                return finality.get();
            }
        };
    }

    private List<Check> audit(Supplier<Finality> finality) {
        return anchors(memory.verifyAudit(AuditOptions.defaults().verifier(target(finality))));
    }

    /** What a report says of anchors: the last checks of the namespace. */
    private static List<Check> anchors(Report report) {
        List<Check> checks = report.checks();
        int bodies = checks.stream().map(Check::name).toList().indexOf("main: bodies");
        return checks.subList(bodies + 1, checks.size());
    }

    private void assertFailed(String detail) {
        List<Check> checks = audit(() -> new Finality.Final(NOON));
        assertEquals(List.of("main: entry 1"), checks.stream().map(Check::name).toList());
        assertEquals(Outcome.FAIL, checks.get(0).outcome());
        assertTrue(checks.get(0).detail().contains(detail), checks.get(0)::detail);
    }

    @Test
    void aMemoryWithoutAnchorsHasNoSuchCheck() {
        assertEquals(List.of(), audit(() -> new Finality.Final(NOON)));
    }

    @Test
    void whatIsPublishedPasses() {
        recordAnchor();
        main.record(discovery("later"));
        for (Finality published : List.of(new Finality.Final(NOON), new Finality.Included("in block 7"))) {
            Check pass = Check.pass(
                    "main: anchors", "this log continues what is anchored, which is published: {test:one=1}");
            assertEquals(List.of(pass), audit(() -> published));
        }
        assertTrue(memory.verifyAudit(AuditOptions.defaults().verifier(target(() -> new Finality.Final(NOON))))
                .passed());
    }

    @Test
    void whatIsNotOrNoLongerPublishedFails() {
        recordAnchor();
        for (Finality not : List.of(
                new Finality.Missing("gone"),
                new Finality.Reorged("gone"),
                new Finality.Pending("not yet"),
                new Finality.Invalid("of another root"))) {
            List<Check> checks = audit(() -> not);
            assertEquals(List.of(Check.fail("main: entry 1", "size 1 is not published in test:one: " + not)), checks);
        }
    }

    @Test
    void aTargetThatNobodyKnowsIsNotChecked() {
        recordAnchor();
        Report report = memory.verifyAudit();
        assertEquals(
                List.of(Check.notChecked(
                        "main: anchors",
                        "nobody who knows test:one was given, where 1 checkpoints of this log are said to be")),
                anchors(report));
        assertTrue(!report.passed() && !report.failed(), report::toText);
    }

    @Test
    void aTargetThatCantBeAskedIsNotChecked() {
        recordAnchor();
        List<Check> checks = audit(() -> {
            throw new IllegalStateException("no connection");
        });
        assertEquals(List.of(Check.notChecked("main: entry 1", "test:one can't be asked: no connection")), checks);
    }

    @Test
    void aCheckpointThatTheLogsKeyDidNotSignFails() {
        Checkpoint real = of(main.checkpoint());
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(new byte[32]);
        SignedNote forged = SignedNote.sign(real.toText(), NoteSigner.ed25519(real.origin(), key));
        main.record(anchor(real, forged));
        assertFailed("the anchored checkpoint is not of this log: signed by ");
    }

    @Test
    void aCheckpointOfAnotherLogFails() {
        try (MerkleLog other = MerkleLog.inMemory()) {
            other.append(new byte[] {1});
            main.record(anchor(of(other.checkpoint()), other.checkpoint().note()));
        }
        assertFailed("the anchored checkpoint is not of this log: signed by ");
    }

    @Test
    void aCheckpointThatTheLogSignedAndDoesNotContinueFails() throws IOException {
        Ed25519PrivateKey key = NoteKeys.parsePrivateKey(
                Files.readString(path().resolve("keys/log.key")).strip());
        Checkpoint other =
                new Checkpoint(main.checkpoint().origin(), 1, Hashing.sha256("another history".getBytes(UTF_8)));
        main.record(anchor(other, SignedNote.sign(other.toText(), NoteSigner.ed25519(other.origin(), key))));
        assertFailed("the log doesn't continue what is anchored");
    }

    @Test
    void aRecordThatSaysOtherThanItsAttestationFails() {
        TrustedCheckpoint real = main.checkpoint();
        Hash root = Hashing.sha256(new byte[] {1});
        for (Checkpoint said : List.of(
                new Checkpoint("example.com/other", 1, real.root()),
                new Checkpoint(real.origin(), 2, real.root()),
                new Checkpoint(real.origin(), 1, root))) {
            main.record(anchor(said, real.note()));
        }
        main.record(anchor(of(real), "test:two", real.note()));
        List<Check> checks = audit(() -> new Finality.Final(NOON));
        assertEquals(4, checks.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(Outcome.FAIL, checks.get(i).outcome());
            String detail = checks.get(i).detail();
            assertTrue(
                    detail.startsWith("the anchor's "
                            + List.of("origin", "size", "root", "target").get(i) + " is "),
                    detail);
        }
    }

    @Test
    void aBodyThatIsNoAttestationFails() {
        main.record(AnchorRecord.of(of(main.checkpoint()), "test:one", Body.text("{}")));
        assertFailed("its body is no attestation: ");
    }

    @Test
    void anAttestationThatIsGoneIsNotCheckedHere() throws IOException {
        recordAnchor();
        MemoryRecord record = main.timeline().skip(1).findFirst().orElseThrow();
        String digest =
                record.predicate().body().map(BodyRef::digest).orElseThrow().toString();
        Path body = path().resolve("namespaces/main/bodies")
                .resolve(digest.substring(0, 2))
                .resolve(digest);
        Files.delete(body);
        Report report = memory.verifyAudit(AuditOptions.defaults().verifier(target(() -> new Finality.Final(NOON))));
        assertTrue(report.failed(), "the body is missed");
        assertEquals(
                Check.notChecked("main: entry 1", "the anchor can't be checked: body " + digest + " is missing"),
                report.checks().get(report.checks().size() - 1));
    }

    @Test
    void oneTargetIsKnownByOne() {
        AuditOptions one = AuditOptions.defaults().verifier(target(() -> new Finality.Final(NOON)));
        assertEquals(
                "two verifiers know test:one, expected one for each target",
                assertThrows(IllegalArgumentException.class, () -> one.verifier(target(() -> new Finality.Final(NOON))))
                        .getMessage());
    }
}
