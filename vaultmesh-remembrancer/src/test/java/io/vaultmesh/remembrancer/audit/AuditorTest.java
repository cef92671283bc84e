package io.vaultmesh.remembrancer.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of logs that no memory would write. */
class AuditorTest {

    private static final Ed25519PrivateKey OWNER = key("owner");
    private static final Ed25519PrivateKey PEER = key("peer");
    private static final Ed25519PrivateKey STRANGER = key("stranger");

    private static final BodyPolicy EVERYTHING = new BodyPolicy() {
        @Override
        public boolean fetches(MemoryRecord record) {
            return true;
        }

        @Override
        public String reason() {
            return "every body is fetched";
        }
    };

    private static final BodyPolicy NONE_OF_PEERS = new BodyPolicy() {
        @Override
        public boolean fetches(MemoryRecord record) {
            return false;
        }

        @Override
        public String reason() {
            return "bodies of peers stay with them";
        }
    };

    @TempDir
    Path directory;

    private final MerkleLog log = MerkleLog.inMemory();
    private BodyStore bodies;
    private BodyPolicy policy = EVERYTHING;

    @BeforeEach
    void open() {
        bodies = new BodyStore(directory.resolve("bodies"));
    }

    private static Ed25519PrivateKey key(String seed) {
        return Ed25519PrivateKey.ofSeed(
                Hashing.sha256(seed.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    private static String did(Ed25519PrivateKey key) {
        return key.publicKey().didKey();
    }

    private static byte[] entry(Ed25519PrivateKey author, long seq, Memory<?> memory, Optional<BodyRef> body) {
        Predicate made = Predicate.of(memory, did(author), Instant.EPOCH, NamespaceName.MAIN, seq);
        Predicate predicate = new Predicate(
                made.author(),
                made.at(),
                made.namespace(),
                seq,
                made.title(),
                made.component(),
                made.version(),
                made.attributes(),
                body,
                made.links(),
                made.key());
        Statement statement = new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson());
        return Envelope.sign(statement, EnvelopeSigner.ed25519(author)).bytes();
    }

    /** Logs a memory under any number, and keeps its body if it is to be there. */
    @CanIgnoreReturnValue
    private Hash log(Ed25519PrivateKey author, long seq, Memory<?> memory, boolean keepBody) {
        if (keepBody) {
            memory.body().ifPresent(bodies::put);
        }
        byte[] entry = entry(author, seq, memory, memory.body().map(Body::ref));
        return log.append(entry).leafHash();
    }

    private Report audit(AuditProgress progress, IndexAudit index) {
        AuditScope scope = new AuditScope(NamespaceName.MAIN, did(OWNER), Set.of(did(OWNER), did(PEER)), policy);
        return new Report("audit", new Auditor(scope, log::fsck, bodies).run(log.size(), progress, index, anchors()));
    }

    private AnchorAudit anchors() {
        return AnchorAudit.of(new AuditedLog(log.verifier(), log::verify), log::entry, List.of());
    }

    private Report audit() {
        return audit((namespace, checked, total) -> {}, IndexAudit.none());
    }

    private static Discovery discovery(String title) {
        return Discovery.of(title, "The body of " + title);
    }

    private static String detail(Report report, Outcome outcome, String name) {
        Check check = report.checks().stream()
                .filter(each -> each.name().equals("main: " + name) && each.outcome() == outcome)
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toText()));
        return check.detail();
    }

    @Test
    void passesWhatTwoAuthorsWroteInTurns() {
        for (int i = 0; i < 5; i++) {
            log(OWNER, i, discovery("a" + i).key("same key" + i), true);
            log(PEER, i, discovery("b" + i).key("same key" + i), true);
        }
        Report report = audit().orThrow();
        assertEquals("10 records are signed by their authors", detail(report, Outcome.PASS, "signatures"));
        assertEquals("10 bodies have the hashes that were recorded", detail(report, Outcome.PASS, "bodies"));
    }

    @Test
    void findsANumberGivenTwiceALeftOutOneAndAKeyUsedTwice() {
        log(OWNER, 0, discovery("a").key("k"), true);
        log(OWNER, 1, discovery("b"), true);
        log(OWNER, 4, discovery("c"), true);
        log(OWNER, 1, discovery("d"), true);
        log(OWNER, 5, discovery("e").key("k"), true);
        log(OWNER, 4, discovery("f"), true);
        log(PEER, 0, discovery("g"), true);
        Report report = audit();
        assertEquals("has seq 1 of " + did(OWNER) + ", as entry 1 has", detail(report, Outcome.FAIL, "entry 3"));
        assertEquals("has seq 4 of " + did(OWNER) + ", as entry 2 has", detail(report, Outcome.FAIL, "entry 5"));
        assertEquals("seq of " + did(OWNER) + " is 4, expected 2", detail(report, Outcome.FAIL, "entry 2"));
        assertEquals("has the idempotency key of entry 0", detail(report, Outcome.FAIL, "entry 4"));
        assertEquals(4, report.checks(Outcome.FAIL).size(), report.toText());
    }

    @Test
    void findsARecordThatIsThereTwiceAndALinkThatLeadsNowhere() {
        byte[] entry = entry(OWNER, 0, discovery("a"), discovery("a").body().map(Body::ref));
        bodies.put(discovery("a").body().orElseThrow());
        log.append(entry);
        log.append(entry);
        Hash later = Hashing.sha256(new byte[] {7});
        log(OWNER, 1, discovery("b").link(Link.Rel.RELATES, later), true);
        Report report = audit();
        assertEquals(
                "is record " + MerkleTree.leafHash(entry) + " again, which is entry 0",
                detail(report, Outcome.FAIL, "entry 1"));
        assertEquals("links to " + later + ", which is no earlier record", detail(report, Outcome.FAIL, "entry 2"));
        assertEquals(2, report.checks(Outcome.FAIL).size());
    }

    @Test
    void findsAStrangerAndAForeignNamespaceAndWhatIsNoRecord() {
        log(STRANGER, 0, discovery("a"), true);
        log.append("no envelope".getBytes(StandardCharsets.UTF_8));
        Report report = audit();
        assertTrue(detail(report, Outcome.FAIL, "entry 0").startsWith("author is " + did(STRANGER)));
        assertTrue(detail(report, Outcome.FAIL, "entry 1").contains("at byte 1"), report.toText());
        assertEquals(2, report.checks(Outcome.FAIL).size(), report.toText());
    }

    @Test
    void tellsAnErasedBodyFromOneThatVanished() {
        Hash vanished = log(OWNER, 0, discovery("a"), false);
        Hash erased = log(OWNER, 1, discovery("b"), false);
        Hash kept = log(OWNER, 2, discovery("c"), true);
        Hash digest = discovery("b").body().orElseThrow().digest();
        Hash erasure = log(OWNER, 3, Erasure.of(erased, digest, "a name"), false);
        log(OWNER, 4, Erasure.of(kept, discovery("c").body().orElseThrow().digest(), "a name"), false);
        Report report = audit();
        assertEquals(
                "body " + discovery("a").body().orElseThrow().digest() + " is missing",
                detail(report, Outcome.FAIL, "entry 0"));
        assertEquals(
                "body " + digest + " was erased, as record " + erasure + " (entry 3) says",
                detail(report, Outcome.PASS, "entry 1"));
        assertEquals(1, report.checks(Outcome.FAIL).size(), report.toText());
        assertFalse(vanished.equals(erased));
    }

    @Test
    void countsAnErasureForTheRecordThatItNamesAlone() {
        Body shared = Body.text("shared");
        Hash first = log(OWNER, 0, Discovery.of("first", shared), false);
        log(OWNER, 1, Discovery.of("second", shared), false);
        log(OWNER, 2, Erasure.of(first, shared.digest(), "why"), false);
        Report report = audit();
        assertTrue(detail(report, Outcome.PASS, "entry 0").contains("was erased"));
        assertTrue(detail(report, Outcome.FAIL, "entry 1").contains("is missing"));
    }

    @Test
    void countsAnErasureByTheAuthorOrTheOwnerAlone() {
        Hash ofOwner = log(OWNER, 0, discovery("a"), false);
        Hash ofPeer = log(PEER, 0, discovery("b"), false);
        log(PEER, 1, Erasure.of(ofOwner, discovery("a").body().orElseThrow().digest(), "no"), false);
        log(OWNER, 1, Erasure.of(ofPeer, discovery("b").body().orElseThrow().digest(), "yes"), false);
        Report report = audit();
        assertTrue(detail(report, Outcome.FAIL, "entry 0").contains("is missing"));
        assertTrue(detail(report, Outcome.PASS, "entry 1").contains("was erased"));
    }

    @Test
    void findsAnErasureOfABodyThatTheRecordNeverHad() {
        Hash record = log(OWNER, 0, discovery("a"), true);
        Hash other = Hashing.sha256(new byte[0]);
        log(OWNER, 1, Erasure.of(record, other, "why"), false);
        assertEquals(
                "erases body " + other + ", which record " + record + " doesn't have",
                detail(audit(), Outcome.FAIL, "entry 1"));
    }

    @Test
    void doesntCheckWhatIsNotFetchedButChecksItsOwn() {
        policy = NONE_OF_PEERS;
        log(OWNER, 0, discovery("a"), false);
        log(PEER, 0, discovery("b"), false);
        log(PEER, 1, discovery("c"), true);
        Report report = audit();
        assertTrue(detail(report, Outcome.FAIL, "entry 0").contains("is missing"));
        assertTrue(detail(report, Outcome.NOT_CHECKED, "entry 1").endsWith("not here: bodies of peers stay with them"));
        assertEquals(1, report.checks(Outcome.NOT_CHECKED).size(), report.toText());
    }

    @Test
    void findsADamagedBodyInEveryRecordThatRefersToIt() throws Exception {
        policy = NONE_OF_PEERS;
        Body shared = Body.text("shared");
        log(OWNER, 0, Discovery.of("first", shared), true);
        log(PEER, 0, Discovery.of("second", shared), true);
        String hex = shared.digest().toString();
        Files.writeString(directory.resolve("bodies/" + hex.substring(0, 2) + "/" + hex), "shaRed");
        Report report = audit();
        assertTrue(detail(report, Outcome.FAIL, "entry 0").contains("expected 6 with hash " + hex));
        assertTrue(detail(report, Outcome.FAIL, "entry 1").contains("expected 6 with hash " + hex));
    }

    @Test
    void isNotFooledByARecordThatLiesAboutABodysSize() {
        Body shared = Body.text("shared");
        Discovery discovery = Discovery.of("first", shared);
        bodies.put(shared);
        log.append(entry(OWNER, 0, discovery, Optional.of(new BodyRef(shared.digest(), 99, Body.TEXT))));
        log(OWNER, 1, Discovery.of("second", shared), true);
        log.append(entry(OWNER, 2, discovery, Optional.of(new BodyRef(shared.digest(), 98, Body.TEXT))));
        Report report = audit();
        assertTrue(detail(report, Outcome.FAIL, "entry 0").contains("expected 99"));
        assertTrue(detail(report, Outcome.FAIL, "entry 2").contains("expected 98"));
        assertEquals(2, report.checks(Outcome.FAIL).size(), report.toText());
    }

    @Test
    void showsAThousandFindingsOfAKindAndCountsTheOthers() {
        for (int i = 0; i < 1203; i++) {
            log.append(("no envelope " + i).getBytes(StandardCharsets.UTF_8));
        }
        Report report = audit();
        assertEquals("and 203 more of this kind, which are not shown", detail(report, Outcome.FAIL, "signatures"));
        assertEquals(1001, report.checks(Outcome.FAIL).size());
    }

    @Test
    void tellsHowFarItIsAndShowsTheRecordsInOrder() {
        for (int i = 0; i < 2100; i++) {
            log(OWNER, i, discovery("same"), i == 0);
        }
        List<String> told = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        Report report = audit(
                (namespace, checked, total) -> told.add(namespace + " " + checked + "/" + total), new IndexAudit() {
                    @Override
                    public void record(long index, MemoryRecord record) {
                        assertEquals(index, record.predicate().seq());
                        seen.add(index);
                    }

                    @Override
                    public List<Check> finish(boolean whole) {
                        return List.of(Check.absent("index", whole ? "whole" : "not whole"));
                    }
                });
        assertEquals(List.of("main 1024/2100", "main 2048/2100", "main 2100/2100"), told);
        assertEquals(2100, seen.size());
        assertEquals("whole", detail(report, Outcome.ABSENT, "index"));
        assertEquals("1 bodies have the hashes that were recorded", detail(report, Outcome.PASS, "bodies"));
        List<String> names = report.checks().stream().map(Check::name).toList();
        assertEquals(names.indexOf("main: links") + 1, names.indexOf("main: index"));
    }

    @Test
    void knowsHashesByPositionAndPositionsByHash() {
        HashIndex index = new HashIndex(6);
        for (int i = 0; i < 20_000; i++) {
            Hash hash = Hashing.sha256(new byte[] {(byte) i, (byte) (i >> 8)});
            assertEquals(-1, index.find(hash));
            index.add(hash);
        }
        byte[] alike = Hashing.sha256(new byte[] {5, 0}).bytes();
        assertEquals(5, index.find(Hash.of(alike)));
        alike[31] ^= 1;
        assertEquals(-1, index.find(Hash.of(alike)), "the beginning alone doesn't count");
        index.addAgain(index.get(7));
        assertEquals(7, index.find(index.get(20_000)));
        assertEquals(20_001, index.size());
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i, index.find(index.get(i)));
        }
    }
}
