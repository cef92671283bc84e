package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A reader of a log whose files are damaged, and what its fsck says. */
class LogReaderDamageTest {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();

    private final PublishedFiles files = new PublishedFiles();
    private final LogReader reader = LogReader.of(files, KEY);

    private static String message(Class<? extends Exception> type, Executable act) {
        return assertThrows(type, act).getMessage();
    }

    @Nested
    class OfDamagedFiles {

        @Test
        void aFileThatWasWrongOnceIsReadAnew() {
            files.publish(600);
            assertEquals(600, reader.size());
            for (String path : List.of("tile/entries/001", "tile/0/001")) {
                files.flip(path, 5);
                assertThrows(LogDamagedException.class, () -> reader.entry(256));
                assertThrows(
                        LogDamagedException.class,
                        () -> reader.entries(256, 300).toList());
                files.honest();
                assertArrayEquals(Logs.entry(256), reader.entry(256).bytes());
                files.publish(files.size() + 1);
                reader.refresh(); // forgets what it has read
            }
        }

        @Test
        void noByteOfAnyFileCanBeChangedUnnoticed() {
            files.publish(300);
            List<Long> indexes = List.of(0L, 44L, 255L, 256L, 299L);
            List<LogProof> proofs = indexes.stream().map(reader::proveInclusion).toList();
            int refused = 0;
            for (String path : files.paths()) {
                for (int at = 0; at < files.length(path); at += 1 + at / 50) {
                    files.flip(path, at);
                    LogReader fresh = LogReader.of(files, KEY);
                    try {
                        for (long i : indexes) {
                            assertArrayEquals(Logs.entry(i), fresh.entry(i).bytes(), path + " at " + at);
                        }
                        assertEquals(
                                proofs,
                                indexes.stream().map(fresh::proveInclusion).toList());
                    } catch (LogDamagedException expected) {
                        refused++;
                    }
                }
                files.honest();
            }
            assertTrue(refused > 500, "refused only " + refused);
            assertEquals(300, reader.entries(0, 300).toList().size());
        }
    }

    @Nested
    class Fsck {

        @Test
        void saysThatTheLogContinuesWhatIsHeld() {
            files.publish(300);
            assertTrue(reader.fsck().check("held checkpoint").isEmpty(), "nothing is held yet");
            assertEquals(300, reader.size());
            files.publish(600);
            Report report = reader.fsck().orThrow();
            assertEquals(
                    "the log continues " + files.checkpoint(300),
                    report.check("held checkpoint").orElseThrow().detail());
            assertEquals(300, reader.size(), "it isn't moved");
        }

        @Test
        void failsALogThatIsWholeButNotTheOneHeld() {
            files.publish(600);
            assertEquals(600, reader.size());
            PublishedFiles fork = PublishedFiles.forkedAt(3);
            files.show(fork);
            for (long size : new long[] {300, 600, 700}) {
                fork.publish(size);
                Report report = reader.fsck();
                assertEquals(List.of("held checkpoint"), names(report, Outcome.FAIL), "size " + size);
                assertEquals(List.of(), names(report, Outcome.NOT_CHECKED));
            }
            fork.absent("tile/0/002.p/188");
            assertTrue(names(reader.fsck(), Outcome.NOT_CHECKED).contains("held checkpoint"));
        }

        @Test
        void saysWhatCantBeCheckedWhereFilesCantBeListed() {
            files.publish(600);
            LogReader unlisted = LogReader.of((LogSource) files::read, KEY);
            Report report = unlisted.fsck();
            assertFalse(report.passed());
            assertFalse(report.failed());
            assertEquals(List.of("older partials", "end"), names(report, Outcome.NOT_CHECKED));
            assertEquals(List.of("checkpoint signature", "entries", "tiles", "root"), names(report, Outcome.PASS));
            assertEquals(
                    "every tile has the roots of the tiles below it",
                    report.check("tiles").orElseThrow().detail());
            assertEquals(
                    "which files there are can't be listed here; as far as they were asked for: nothing is published beyond"
                            + " the checkpoint",
                    report.check("end").orElseThrow().detail());
            files.rollBack(300); // or its writer is publishing: over HTTP nobody can tell
            assertTrue(unlisted.fsck().check("end").orElseThrow().detail().contains("[tile/entries/001, "));
            files.flip("tile/0/000", 9);
            assertTrue(names(unlisted.fsck(), Outcome.FAIL).contains("root"));
        }

        @Test
        void givesUpAServerThatStoppedAnswering() {
            files.publish(20_000);
            AtomicInteger asked = new AtomicInteger();
            LogSource failing = path -> {
                if (path.equals("checkpoint")) {
                    return files.read(path);
                }
                asked.incrementAndGet();
                throw new UncheckedIOException("can't read " + path, new IOException("no answer"));
            };
            String message = message(
                    UncheckedIOException.class, () -> LogReader.of(failing, KEY).fsck());
            assertTrue(message.startsWith("can't read tile/"), message);
            assertEquals(16, asked.get());
            AtomicInteger again = new AtomicInteger();
            LogSource faltering = path -> {
                if (again.incrementAndGet() % 10 == 0) {
                    throw new UncheckedIOException("can't read " + path, new IOException("no answer"));
                }
                return files.read(path);
            };
            assertTrue(LogReader.of(faltering, KEY).fsck().failed(), "one that falters is asked on");
        }

        private List<String> names(Report report, Outcome outcome) {
            return report.checks(outcome).stream().map(check -> check.name()).toList();
        }
    }
}
