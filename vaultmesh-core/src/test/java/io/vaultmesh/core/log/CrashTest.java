package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an append acknowledged is there after a crash: the files as they are at one moment, opened elsewhere. */
class CrashTest {

    @TempDir
    Path temp;

    private int copies;
    private MerkleLog open;

    private Path dir() {
        return temp.resolve("log");
    }

    private MerkleLog log() {
        if (open == null) {
            open = Logs.open(dir());
        }
        return open;
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    private Path crash() {
        return Logs.copy(dir(), temp.resolve("copy" + copies++));
    }

    /** Opens what a crash left, and checks that it holds the first entries and nothing else, goes on and is sound. */
    private static void holds(Path dir, long size) {
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(size, log.size());
            for (long i = 0; i < size; i++) {
                assertArrayEquals(Logs.entry(i), log.entry(i).bytes());
            }
            assertEquals(size, log.append(Logs.entry(size)).index());
            log.fsck().orThrow();
        }
        MerkleLog.read(dir, Logs.SIGNER.verifier()).fsck().orThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 512, 600})
    void everyAcknowledgedEntryComesBackWithoutClose(int size) {
        for (int i = 0; i < size; i++) {
            log().append(Logs.entry(i));
        }
        Hash root = log().root();
        Path crashed = crash();
        try (MerkleLog again = Logs.open(crashed)) {
            assertEquals(root, again.root());
            assertFalse(again.created());
            assertTrue(again.verify(log().checkpoint()).holds());
        }
        holds(crash(), size);
    }

    @Test
    void aLogThatWasClosedHasNothingInItsJournal() throws IOException {
        Logs.grow(log(), 3);
        log().close();
        assertEquals(List.of(), new FileDisk(dir()).list(Journal.DIRECTORY));
        holds(dir(), 3);
    }

    @Nested
    class WhilePublishing {

        @Test
        void beforeTheCheckpointWasReplaced() throws IOException {
            Logs.grow(log(), 3);
            log().publish();
            Logs.grow(log(), 250);
            Path crashed = crash();
            log().publish();
            for (String file : Logs.files(dir())) {
                if (!file.equals("checkpoint")) {
                    Path target = crashed.resolve(file);
                    Files.createDirectories(target.getParent());
                    Files.copy(dir().resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
                    try (MerkleLog again = Logs.open(Logs.copy(crashed, temp.resolve("at" + copies++)))) {
                        assertEquals(250, again.size(), file);
                    }
                }
            }
            holds(crashed, 250);
        }

        @Test
        void beforeTheJournalWasDeleted() throws IOException {
            Logs.grow(log(), 3);
            log().publish();
            Logs.grow(log(), 250);
            byte[] journal = Files.readAllBytes(Logs.segment(dir()));
            log().close();
            Path crashed = crash();
            Files.write(crashed.resolve(Journal.DIRECTORY).resolve("0000000001"), journal);
            holds(crashed, 250);
        }

        @Test
        void withAFileHalfWritten() throws IOException {
            Logs.grow(log(), 3);
            log().publish();
            Logs.grow(log(), 5);
            Path crashed = crash();
            Files.write(crashed.resolve("tile/0/000.p/5.part"), new byte[10]);
            Files.write(crashed.resolve("checkpoint.part"), new byte[10]);
            holds(crashed, 5);
            // and the directory of partials goes when it is full, with what was left in it
            Files.write(crashed.resolve("tile/0/000.p/9.part"), new byte[10]);
            try (MerkleLog again = Logs.open(crashed)) {
                Logs.grow(again, 300);
                again.publish();
            }
            assertFalse(Files.exists(crashed.resolve("tile/0/000.p")));
            MerkleLog.read(crashed, Logs.SIGNER.verifier()).fsck().orThrow();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"lock", "instance.part", "instance", "journal", "checkpoints", "checkpoint.part", "tile"})
        void forTheFirstTime(String last) throws IOException {
            Files.createDirectories(dir());
            for (String name :
                    List.of("lock", "instance.part", "instance", "journal", "checkpoints", "checkpoint.part", "tile")) {
                if (name.equals("journal")) {
                    Files.createDirectories(dir().resolve("journal"));
                } else if (name.equals("tile")) {
                    Files.createDirectories(dir().resolve("tile/0"));
                } else {
                    Files.write(dir().resolve(name), new byte[0]);
                }
                if (name.equals(last)) {
                    break;
                }
            }
            assertTrue(log().created());
            log().close();
            holds(dir(), 0);
        }
    }

    @Nested
    class ADiskThatRefuses {

        @Test
        void aPublicationKeepsTheEntriesAndIsTriedAgain() throws IOException {
            assertTrue(log().created());
            Path inTheWay = Files.write(dir().resolve("tile"), new byte[0]);
            for (int i = 0; i < 300; i++) {
                log().append(Logs.entry(i)); // fills a tile on the way, which can't be stored
            }
            assertThrows(UncheckedIOException.class, () -> log().publish());
            assertEquals(300, log().size());
            assertTrue(log().proveInclusion(7)
                    .verify(Logs.entry(7), log().verifier())
                    .holds());
            assertEquals("entry 255", log().entry(255).text());
            Path crashed = crash();
            Files.delete(crashed.resolve("tile"));
            holds(crashed, 300);
            Files.delete(inTheWay);
            log().publish();
            log().fsck().orThrow();
            assertEquals(
                    300,
                    MerkleLog.read(dir(), Logs.SIGNER.verifier()).checkpoint().size());
        }

        @Test
        void aPublicationLeavesWhatIsPublishedToBeChecked() throws IOException {
            Logs.grow(log(), 3);
            log().publish();
            Logs.grow(log(), 5);
            Path inTheWay = dir().resolve("tile/entries/000.p/5.part/x");
            Files.createDirectories(inTheWay);
            List<LogEntry> intact = new ArrayList<>();
            Report report = log().fsck(intact::add);
            assertEquals(3, intact.size());
            assertFalse(report.failed());
            List<Check> notMade = report.checks(Outcome.NOT_CHECKED);
            assertEquals(List.of("publish"), notMade.stream().map(Check::name).toList());
            assertTrue(notMade.get(0).detail().startsWith("can't write " + dir().resolve("tile/entries/000.p/5")));
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            log().fsck().orThrow();
        }

        @Test
        void aPublicationLetsTheLogBeOpenedAndRead() throws IOException {
            Logs.grow(log(), 3);
            log().publish();
            Logs.grow(log(), 5);
            Path crashed = crash();
            Path inTheWay = Files.createDirectories(crashed.resolve("tile/entries/000.p/5.part/x"));
            for (int i = 0; i < 2; i++) {
                MerkleLog again = Logs.open(crashed);
                assertEquals("entry 4", again.entry(4).text());
                assertThrows(UncheckedIOException.class, again::publish);
                assertThrows(UncheckedIOException.class, again::close);
            }
            Files.delete(inTheWay);
            holds(crashed, 5);
        }
    }

    @Test
    void aThreadThatIsInterruptedLogsAllTheSame() {
        Thread.currentThread().interrupt();
        try {
            log().append(Logs.entry(0));
            Logs.grow(log(), 300);
            log().append(Logs.entry(300));
            log().publish();
            log().close();
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            assertTrue(Thread.interrupted());
        }
        holds(dir(), 301);
    }
}
