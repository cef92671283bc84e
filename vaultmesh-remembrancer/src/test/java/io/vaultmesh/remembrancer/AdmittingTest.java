package io.vaultmesh.remembrancer;

import static io.vaultmesh.remembrancer.Admission.Outcome.ADMITTED;
import static io.vaultmesh.remembrancer.Admission.Outcome.KNOWN;
import static io.vaultmesh.remembrancer.Admission.Outcome.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AdmittingTest extends MemoryFixture {

    private static final Function<MemoryRecord, Verdict> EVERYTHING = record -> Verdict.proven();

    private static final Ed25519PrivateKey PEER = Ed25519PrivateKey.generate(new SecureRandom());

    private static byte[] entry(Ed25519PrivateKey author, NamespaceName namespace, long seq, Memory<?> memory) {
        EnvelopeSigner signer = EnvelopeSigner.ed25519(author);
        Predicate predicate = Predicate.of(memory, signer.keyId(), NOON, namespace, seq);
        return Envelope.sign(
                        new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson()), signer)
                .bytes();
    }

    private static byte[] entry(long seq, String title) {
        return entry(PEER, NamespaceName.MAIN, seq, discovery(title));
    }

    private static List<Admission.Outcome> outcomes(List<Admission> admissions) {
        return admissions.stream().map(Admission::outcome).toList();
    }

    private static Namespace main(Remembrancer memory) {
        return memory.namespace(NamespaceName.MAIN.value());
    }

    @Test
    void logsWhatOthersSignedAndProvesItLikeItsOwn() {
        byte[] theirs = entry(7, "found by a peer");
        try (Remembrancer memory = open()) {
            Receipt own = memory.record(discovery("found here"));
            Admission admission =
                    main(memory).admit(List.of(theirs), EVERYTHING).get(0);
            assertEquals(ADMITTED, admission.outcome());
            assertEquals(OptionalLong.of(1), admission.index());
            Receipt receipt = memory.receipt(admission.id()).orElseThrow();
            receipt.verify(memory.verifier()).orThrow();
            assertEquals("found by a peer", receipt.record().title());
            assertEquals(
                    List.of("found by a peer"),
                    memory.query("peer").stream().map(Hit::title).toList());
            assertEquals(
                    own.record().predicate().seq() + 1,
                    memory.record(discovery("next")).record().predicate().seq());
        }
        try (Remembrancer again = open()) {
            Report audit = again.verifyAudit();
            assertFalse(audit.failed(), audit::toText);
            assertEquals(
                    2,
                    again.record(discovery("after opening"))
                            .record()
                            .predicate()
                            .seq());
        }
    }

    @Test
    void aBadEntryCostsItselfAlone() {
        byte[] forged = entry(0, "one");
        forged[forged.length - 20] ^= 1;
        byte[] elsewhere = entry(PEER, new NamespaceName("dao:x"), 0, discovery("of another namespace"));
        byte[] unwanted = entry(2, "unwanted");
        byte[] good = entry(1, "good");
        try (Remembrancer memory = open()) {
            List<Admission> admissions = main(memory)
                    .admit(
                            List.of(forged, elsewhere, new byte[70_000], unwanted, good, good),
                            record -> record.title().equals("unwanted")
                                    ? Verdict.refuted("not wanted")
                                    : Verdict.proven());
            assertEquals(List.of(REFUSED, REFUSED, REFUSED, REFUSED, ADMITTED, KNOWN), outcomes(admissions));
            assertFalse(admissions.get(0).reason().isEmpty());
            assertEquals(
                    List.of(
                            "namespace is dao:x, expected main",
                            "the entry has 70000 bytes, expected at most 65535",
                            "not wanted",
                            "",
                            ""),
                    admissions.stream().skip(1).map(Admission::reason).toList());
            assertEquals(admissions.get(4).index(), admissions.get(5).index());
            assertEquals(1, main(memory).size());
        }
    }

    @Test
    void ownRecordsThatOutlivedAnOlderCopyComeBackAndTheirNumbersAreNotGivenAgain() throws IOException {
        Path before = directory.resolve("before");
        List<byte[]> lost = new ArrayList<>();
        try (Remembrancer memory = open()) {
            memory.record(discovery("kept"));
        }
        Files.createDirectories(before);
        copyTree(path(), before);
        try (Remembrancer memory = open()) {
            for (int i = 0; i < 5; i++) {
                lost.add(memory.record(discovery("lost " + i)).envelope());
            }
        }
        deleteTree(path());
        copyTree(before, path()); // the older disk, whose inodes are the newer copy's
        Collections.shuffle(lost, new Random(1));
        try (Remembrancer memory = openCopy()) {
            assertEquals(Set.of(ADMITTED), Set.copyOf(outcomes(main(memory).admit(lost, EVERYTHING))));
            assertEquals(6, memory.record(discovery("new")).record().predicate().seq());
        }
        try (Remembrancer memory = openCopy()) {
            assertEquals(
                    7, memory.record(discovery("newer")).record().predicate().seq());
            Report audit = memory.verifyAudit();
            assertFalse(audit.failed(), audit::toText);
        }
    }

    /** Opens a copy as one that knows that nothing newer was published: what it holds is what it was copied from. */
    private Remembrancer openCopy() {
        return Remembrancer.builder(path())
                .clock(() -> NOON)
                .knownElsewhere(published())
                .open();
    }

    private TrustedCheckpoint published() {
        try (Remembrancer memory = open()) {
            return memory.checkpoint();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whatOthersDoWrongIsNamedAndNoFaultOfThisMemory() {
        Hash nowhere = Hash.of(new byte[Hash.LENGTH]);
        try (Remembrancer memory = open()) {
            List<byte[]> entries = List.of(
                    entry(5, "later"),
                    entry(3, "one of two"),
                    entry(3, "two of two"),
                    entry(PEER, NamespaceName.MAIN, 9, discovery("early").link(Link.Rel.RELATES, nowhere)));
            assertEquals(Set.of(ADMITTED), Set.copyOf(outcomes(main(memory).admit(entries, EVERYTHING))));
            Report audit = memory.verifyAudit();
            assertFalse(audit.failed(), audit::toText);
            assertTrue(audit.toText().contains("has seq 3 of did:key:"), audit::toText);
            assertTrue(audit.toText().contains("its body did not"), audit::toText);
        }
    }

    @Test
    void anErasureThatComesBeforeItsRecordCounts() {
        Discovery erased = discovery("erased");
        byte[] record = entry(0, "erased");
        Hash id = MemoryRecord.verified(record).id();
        byte[] erasure = entry(
                PEER,
                NamespaceName.MAIN,
                1,
                Erasure.of(id, erased.body().orElseThrow().digest(), "asked for"));
        try (Remembrancer memory = open()) {
            assertEquals(
                    Set.of(ADMITTED), Set.copyOf(outcomes(main(memory).admit(List.of(erasure, record), EVERYTHING))));
            assertTrue(memory.verifyAudit().toText().contains("was erased, as record"));
        }
    }

    @Test
    void anAuthorThatNobodyAdmittedFailsTheAudit() throws IOException {
        try (Remembrancer memory = open()) {
            assertEquals(
                    Set.of(ADMITTED), Set.copyOf(outcomes(main(memory).admit(List.of(entry(0, "a")), EVERYTHING))));
        }
        Path authors = path().resolve("namespaces/main/authors");
        assertEquals(EnvelopeSigner.ed25519(PEER).keyId() + "\n", Files.readString(authors));
        Files.delete(authors);
        try (Remembrancer memory = open()) {
            assertTrue(memory.verifyAudit().failed());
            assertTrue(memory.verifyAudit().toText().contains("author is did:key:"));
        }
        Files.writeString(authors, "did:key:zNobody\n");
        try (Remembrancer memory = open()) {
            assertTrue(memory.verifyAudit().failed());
            assertTrue(memory.verifyAudit().toText().contains("authors: "));
            assertThrows(MemoryDamagedException.class, () -> memory.record(discovery("more")));
        }
    }

    @Test
    void manyThreadsThatAdmitTheSameLogItOnce() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            entries.add(entry(i, "number " + i));
        }
        try (Remembrancer memory = open()) {
            List<Admission.Outcome> outcomes = IntStream.range(0, 8)
                    .parallel()
                    .boxed()
                    .flatMap(i -> main(memory).admit(entries, EVERYTHING).stream())
                    .map(Admission::outcome)
                    .toList();
            assertEquals(50, Collections.frequency(outcomes, ADMITTED));
            assertEquals(350, Collections.frequency(outcomes, KNOWN));
            assertEquals(50, main(memory).size());
            assertFalse(memory.verifyAudit().failed());
        }
    }

    @Test
    void aBackupHasTheAuthorsToo() {
        try (Remembrancer memory = open()) {
            assertEquals(
                    Set.of(ADMITTED), Set.copyOf(outcomes(main(memory).admit(List.of(entry(0, "a")), EVERYTHING))));
            memory.backup(directory.resolve("backup"));
        }
        Report audit = Remembrancer.restore(directory.resolve("backup"), directory.resolve("restored"));
        assertFalse(audit.failed(), audit::toText);
    }
}
