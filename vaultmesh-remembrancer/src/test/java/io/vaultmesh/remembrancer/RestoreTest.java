package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RestoreTest extends MemoryFixture {

    private Path copy;

    @BeforeEach
    void whereTheCopyIs() {
        copy = directory.resolve("copies/copy");
    }

    private static Decision decision(String title) {
        return Decision.of(title, "context of " + title, "d", "e");
    }

    /** Makes a memory with a few records in two namespaces. */
    private Receipt remember() {
        try (Remembrancer memory = open()) {
            memory.namespace("dao:x").record(decision("elsewhere"));
            memory.record(decision("kept").key("k"));
            return memory.record(deployment());
        }
    }

    private void requireNothingLeft() throws IOException {
        assertFalse(Files.exists(copy));
        Path parent = copy.getParent();
        assertEquals(List.of(), Files.exists(parent) ? names(parent) : List.of());
    }

    @Nested
    class Restored {

        private Path backup;

        private Receipt backedUp() {
            backup = directory.resolve("backup");
            Receipt receipt = remember();
            try (Remembrancer memory = open()) {
                memory.backup(backup);
            }
            return receipt;
        }

        @Test
        void isWholeAndSoundAndReadsAsBefore() throws IOException {
            Receipt receipt = backedUp();
            Report audit = Remembrancer.restore(backup, copy);
            assertTrue(audit.passed(), audit.toText());
            assertEquals(List.of("copy"), names(copy.getParent()));
            try (Remembrancer restored = Remembrancer.open(copy)) {
                restored.verify(receipt).orThrow();
                assertTrue(restored.namespace("dao:x")
                        .body(restored.namespace("dao:x").timeline().findFirst().orElseThrow())
                        .orElseThrow()
                        .contains("context of elsewhere"));
                assertTrue(restored.verifyAudit().passed());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "index", "instance", "journal", "keys", "index.db", "x.part"})
        void keepsANamespaceWhateverItIsCalled(String name) throws IOException {
            backup = directory.resolve("backup");
            Receipt receipt;
            try (Remembrancer memory = open()) {
                receipt = memory.namespace(name).record(decision("in " + name));
                memory.backup(backup);
            }
            Remembrancer.restore(backup, copy);
            try (Remembrancer restored = Remembrancer.open(copy)) {
                assertTrue(restored.namespace(name).receipt(receipt.id()).isPresent());
                assertTrue(restored.namespace(name).body(receipt.record()).isPresent());
            }
        }

        @Test
        void losesNothingThatACrashedProcessHadInItsJournal() throws IOException {
            Path crashed = directory.resolve("crashed");
            try (Remembrancer memory = open()) {
                Receipt receipt = memory.record(decision("just before"));
                copy(path(), crashed);
                Remembrancer.restore(crashed, copy);
                try (Remembrancer restored = Remembrancer.open(copy)) {
                    assertEquals(
                            List.of(receipt.id()),
                            restored.timeline().map(MemoryRecord::id).toList());
                }
            }
        }

        @Test
        void isRefusedIfAnEntryIsDamagedWhichIsNamed() throws IOException {
            Receipt unused = backedUp();
            Path bundle = backup.resolve("namespaces/main/log/tile/entries/000.p/2");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[bytes.length - 100] ^= 1;
            Files.write(bundle, bytes);
            String message = assertThrows(RefutedException.class, () -> Remembrancer.restore(backup, copy))
                    .getMessage();
            assertTrue(message.contains("main: entry 1"), message);
            requireNothingLeft();
        }

        @Test
        void isRefusedIfABodyIsDamagedWhichIsNamed() throws IOException {
            Receipt unused = backedUp();
            Hash digest;
            try (MemoryReader reader = Remembrancer.read(backup)) {
                digest = reader.namespace("main")
                        .timeline()
                        .findFirst()
                        .orElseThrow()
                        .predicate()
                        .body()
                        .orElseThrow()
                        .digest();
            }
            Path body =
                    backup.resolve("namespaces/main/bodies/" + digest.toString().substring(0, 2) + "/" + digest);
            Files.writeString(body, Files.readString(body) + "more");
            String message = assertThrows(RefutedException.class, () -> Remembrancer.restore(backup, copy))
                    .getMessage();
            assertTrue(message.contains(body.toString()), message);
            requireNothingLeft();
        }

        @ParameterizedTest
        @CsvSource({
            "keys/log.key, backup/keys/log.key is missing",
            "namespaces/main/log/checkpoint, main: checkpoint signature: there is no checkpoint",
            "namespaces/dao~x, dao:x: checkpoint signature: there is no checkpoint"
        })
        void isRefusedIfSomethingIsMissingWhichIsNamed(String gone, String said) throws IOException {
            Receipt unused = backedUp();
            Files.move(backup.resolve(gone), directory.resolve("aside"));
            String message = assertThrows(RefutedException.class, () -> Remembrancer.restore(backup, copy))
                    .getMessage();
            assertTrue(message.contains(said), message);
            requireNothingLeft();
        }

        @Test
        void isRefusedWhereThereIsNoBackupOrSomethingInItsPlace() throws IOException {
            Receipt unused = backedUp();
            Path none = directory.resolve("none");
            String absent = assertThrows(IllegalArgumentException.class, () -> Remembrancer.restore(none, copy))
                    .getMessage();
            assertTrue(absent.startsWith(none + " has no memory.json"), absent);
            requireNothingLeft();
            String inside = assertThrows(
                            IllegalArgumentException.class, () -> Remembrancer.restore(backup, backup.resolve("in")))
                    .getMessage();
            assertTrue(inside.contains("expected a place outside of it"), inside);
            String full = assertThrows(IllegalArgumentException.class, () -> Remembrancer.restore(backup, path()))
                    .getMessage();
            assertTrue(full.startsWith(path() + " is not empty"), full);
        }
    }

    /** A backup of an earlier day, while a checkpoint of a later one is known. */
    @Nested
    class RestoredOnALaterDay {

        private TrustedCheckpoint earlier;
        private TrustedCheckpoint newer;

        @BeforeEach
        void restore() {
            Path backup = directory.resolve("backup");
            try (Remembrancer memory = open()) {
                memory.record(decision("first"));
                earlier = memory.checkpoint();
                memory.backup(backup);
                memory.record(decision("second"));
                newer = memory.checkpoint();
            }
            Remembrancer.restore(backup, copy);
        }

        @Test
        void isNotOpenedByWhoKnowsTheNewerCheckpoint() {
            try (Remembrancer memory =
                    Remembrancer.builder(copy).knownElsewhere(newer).open()) {
                String message = assertThrows(LogDamagedException.class, () -> memory.namespace("main"))
                        .getMessage();
                assertTrue(message.contains("doesn't hold what is known of it elsewhere"), message);
                assertThrows(LogDamagedException.class, () -> memory.record(deployment()));
            }
        }

        @Test
        void failsTheAuditAgainstTheNewerCheckpoint() throws IOException {
            Path pinned = Files.write(directory.resolve("pinned"), newer.note().bytes());
            Path held = Files.write(directory.resolve("held"), earlier.note().bytes());
            try (Remembrancer memory = Remembrancer.open(copy)) {
                assertTrue(memory.verifyAudit().passed(), "in itself it is sound");
                Report report = memory.verifyAudit(AuditOptions.defaults()
                        .pinned(PinnedCheckpoint.file(pinned))
                        .pinned(PinnedCheckpoint.file(held)));
                assertEquals(
                        Outcome.FAIL,
                        report.check("pinned checkpoint in " + pinned)
                                .orElseThrow()
                                .outcome());
                assertEquals(
                        Outcome.PASS,
                        report.check("pinned checkpoint in " + held)
                                .orElseThrow()
                                .outcome());
            }
        }

        @Test
        void recordsNothingIfOpenedPlainlyHoweverOften() {
            for (int i = 0; i < 2; i++) {
                try (Remembrancer memory = Remembrancer.open(copy)) {
                    String message = assertThrows(IllegalStateException.class, () -> memory.record(deployment()))
                            .getMessage();
                    assertTrue(message.contains("is a copy"), message);
                    assertEquals(earlier.size(), memory.checkpoint().size());
                }
            }
        }

        @Test
        void goesOnFromACheckpointThatItHolds() {
            try (Remembrancer memory =
                    Remembrancer.builder(copy).knownElsewhere(earlier).open()) {
                Receipt receipt = memory.record(deployment());
                assertEquals(1, receipt.index());
                assertEquals(1, receipt.record().predicate().seq());
                memory.verifyAudit().orThrow();
            }
            try (Remembrancer memory = Remembrancer.open(copy)) {
                assertEquals(2, memory.record(deployment()).index());
            }
        }

        @Test
        void isNotOpenedWithACheckpointOfNoneOfItsLogs() {
            TrustedCheckpoint ofAnother;
            try (Remembrancer other = Remembrancer.open(directory.resolve("other"))) {
                ofAnother = other.checkpoint();
            }
            RemembrancerBuilder builder =
                    Remembrancer.builder(copy).knownElsewhere(earlier).knownElsewhere(ofAnother);
            String message =
                    assertThrows(IllegalArgumentException.class, builder::open).getMessage();
            assertTrue(message.startsWith("knownElsewhere is of " + ofAnother.origin() + ", expected "), message);
            assertTrue(message.contains(earlier.origin()), message);
            Remembrancer.open(copy).close(); // nobody has it open
        }

        @Test
        void isNotBegunAnewWhereACheckpointOfItIsKnown() throws IOException {
            Path empty = Files.createDirectory(directory.resolve("empty"));
            Path absent = directory.resolve("absent");
            for (Path none : List.of(empty, absent)) {
                RemembrancerBuilder builder = Remembrancer.builder(none).knownElsewhere(earlier);
                String message = assertThrows(IllegalArgumentException.class, builder::open)
                        .getMessage();
                assertTrue(message.contains(none.toString()) && message.contains("expected"), message);
                assertTrue(message.contains(earlier.origin()), message);
            }
            assertEquals(List.of(), names(empty));
            assertFalse(Files.exists(absent));
        }
    }
}
