package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader of a log that it doesn't write. The checkpoint that it holds decides what it sees. */
class LogReaderTest {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();

    private final PublishedFiles files = new PublishedFiles();
    private final LogReader reader = LogReader.of(files, KEY);

    private static String message(Class<? extends Exception> type, Executable act) {
        return assertThrows(type, act).getMessage();
    }

    @Nested
    class AtTheCheckpointHeld {

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2, 255, 256, 257, 512, 700, 65_536, 65_793})
        void givesEveryEntryAndAProofForEach(long size) {
            files.publish(size);
            assertEquals("example.com/log", reader.origin());
            assertEquals(size, reader.size());
            assertEquals(Logs.rootOf(size), reader.checkpoint().root());
            List<LogEntry> entries = reader.entries(0, size).toList();
            assertEquals(size, entries.size());
            for (long i = 0; i < size; i += 1 + i / 3) {
                assertEquals(i, entries.get((int) i).index());
                assertArrayEquals(Logs.entry(i), entries.get((int) i).bytes());
                assertEquals(entries.get((int) i), reader.entry(i));
                LogProof proof = reader.proveInclusion(i);
                proof.verify(Logs.entry(i), KEY).orThrow();
                assertEquals(reader.checkpoint().note(), proof.checkpoint());
                assertFalse(proof.verify(Logs.entry(i + 1), KEY).holds());
            }
            for (long old = 1; old <= size; old += 1 + old / 3) {
                ConsistencyProof proof = reader.proveConsistency(old, size);
                proof.connects(Logs.rootOf(old), reader.checkpoint().root()).orThrow();
            }
        }

        @Test
        void hasNoEntryThatIsNotThere() {
            files.publish(300);
            for (long index : new long[] {-1, 300, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertEquals(
                        "there is no entry " + index + " in a log of 300",
                        message(IndexOutOfBoundsException.class, () -> reader.entry(index)));
            }
            for (long[] range : new long[][] {{-1, 0}, {2, 1}, {0, 301}}) {
                assertEquals(
                        "entries " + range[0] + " to " + range[1]
                                + " of a log of 300, expected 0 <= from <= to <= size",
                        message(IndexOutOfBoundsException.class, () -> reader.entries(range[0], range[1])));
            }
            assertEquals(List.of(), reader.entries(300, 300).toList());
            assertThrows(IllegalArgumentException.class, () -> reader.proveInclusion(300));
            assertThrows(IllegalArgumentException.class, () -> reader.proveConsistency(1, 301));
            assertThrows(IllegalArgumentException.class, () -> reader.proveConsistency(0, 300));
        }

        @Test
        void seesNothingOfWhatIsPublishedLater() {
            files.publish(300);
            TrustedCheckpoint first = reader.checkpoint();
            files.publish(600);
            assertSame(first, reader.checkpoint());
            assertEquals(300, reader.size());
            assertThrows(IndexOutOfBoundsException.class, () -> reader.entry(300));
            assertArrayEquals(Logs.entry(299), reader.entry(299).bytes());
            reader.proveInclusion(7).verify(Logs.entry(7), KEY).orThrow();
            assertEquals(first.note(), reader.proveInclusion(7).checkpoint());
        }

        @Test
        void saysWhetherTheLogHeldAllOfAnEarlierOne() {
            files.publish(600);
            for (long size : new long[] {0, 1, 256, 300, 599, 600}) {
                reader.verify(files.checkpoint(size)).orThrow();
            }
            assertEquals(
                    Optional.of("the log has 600 entries, at the checkpoint it had 601"),
                    reader.verify(files.checkpoint(601)).reason());
            String other = reader.verify(PublishedFiles.forkedAt(3).checkpoint(300))
                    .reason()
                    .orElseThrow();
            assertTrue(other.startsWith("at size 300 the log has root "), other);
            TrustedCheckpoint elsewhere = PublishedFiles.signedBy(Logs.signer("example.com/other", 1), 300);
            assertEquals(
                    Optional.of("the checkpoint is of example.com/other, this log is example.com/log"),
                    reader.verify(elsewhere).reason());
        }

        @Test
        void readsNothingBeforeItIsAskedAndEachFileOnce() {
            files.publish(65_792);
            assertEquals(List.of(), files.reads());
            assertEquals(65_792, reader.size());
            assertEquals(List.of("checkpoint", "tile/1/001.p/1", "tile/2/000.p/1"), files.takeReads());
            assertEquals(256, reader.entries(512, 768).toList().size());
            assertEquals(List.of("tile/entries/002", "tile/0/002", "tile/1/000"), files.takeReads());
            assertEquals(300, reader.entries(0, 300).toList().size());
            assertEquals(
                    List.of("tile/entries/000", "tile/0/000", "tile/entries/001", "tile/0/001"), files.takeReads());
            assertEquals(16 + 1, reader.proveInclusion(3).hashes().size());
            assertEquals(List.of("checkpoint"), refreshed());
        }

        private List<String> refreshed() {
            files.takeReads();
            reader.refresh();
            return files.takeReads();
        }
    }

    @Nested
    class Refresh {

        @Test
        void movesToWhatWasPublishedSince() {
            long before = 0;
            for (long size : new long[] {0, 1, 1, 5, 255, 256, 257, 511, 513, 1000, 65_535, 65_536, 66_000}) {
                files.publish(size);
                assertEquals(before, reader.size());
                assertEquals(size, reader.refresh().size());
                assertEquals(size, reader.size());
                assertEquals(reader.checkpoint(), files.checkpoint(size));
                if (size > 0) {
                    assertArrayEquals(
                            Logs.entry(size - 1), reader.entry(size - 1).bytes());
                    reader.proveInclusion(size - 1)
                            .verify(Logs.entry(size - 1), KEY)
                            .orThrow();
                }
                before = size;
            }
        }

        @Test
        void takesMoreSignaturesOnTheSameCheckpoint() {
            files.publish(5);
            SignedNote plain = reader.checkpoint().note();
            SignedNote cosigned = SignedNote.sign(plain.text(), Logs.SIGNER, Logs.signer("witness.example.com", 9));
            files.showNote(cosigned);
            assertEquals(plain, reader.proveInclusion(0).checkpoint());
            assertEquals(cosigned, reader.refresh().note());
            assertEquals(cosigned, reader.proveInclusion(0).checkpoint());
        }

        @Test
        void changesNothingWhenItFails() {
            files.publish(300);
            TrustedCheckpoint held = reader.checkpoint();
            files.publish(600);
            files.failAt("tile/0/001");
            assertThrows(UncheckedIOException.class, reader::refresh);
            assertSame(held, reader.checkpoint());
            files.failAt("checkpoint");
            assertThrows(UncheckedIOException.class, reader::refresh);
            files.honest();
            files.showNote(PublishedFiles.signedBy(Logs.signer("example.com/log", 2), 600)
                    .note());
            String message = message(LogDamagedException.class, reader::refresh);
            assertTrue(message.startsWith("the checkpoint of example.com/log can't be trusted: signed by "), message);
            files.absent("checkpoint");
            assertEquals(
                    "there is no checkpoint of example.com/log", message(LogDamagedException.class, reader::refresh));
            assertSame(held, reader.checkpoint());
            assertArrayEquals(Logs.entry(299), reader.entry(299).bytes());
            files.honest();
            files.publish(600);
            assertEquals(600, reader.refresh().size());
        }

        @Test
        void refusesAnOlderCheckpointAndNamesBoth() {
            files.publish(600);
            reader.refresh();
            files.rollBack(300);
            String message = message(LogDamagedException.class, reader::refresh);
            assertTrue(
                    message.startsWith(
                            "the log example.com/log contradicts itself: it went back from size 600 to 300, and"
                                    + " what it shows now is a prefix of what it held then: an old copy, or a stale cache\n"),
                    message);
            assertEquals(List.of(files.checkpoint(600), files.checkpoint(300)), evidence(message));
            assertEquals(600, reader.size());
        }

        @Test
        void refusesAnOlderCheckpointOfAnotherHistory() {
            files.publish(600);
            reader.refresh();
            PublishedFiles fork = PublishedFiles.forkedAt(7);
            files.showNote(fork.checkpoint(300).note());
            files.failAt("tile/0/001");
            String unread = message(LogDamagedException.class, reader::refresh);
            assertTrue(
                    unread.contains(
                            "it went back from size 600 to 300, and it can't be read whether what it shows now is"
                                    + " a prefix of what it held then: can't read tile/0/001\n"),
                    unread);
            files.honest();
            String message = message(LogDamagedException.class, reader::refresh);
            assertTrue(
                    message.contains("it went back from size 600 to 300, and what it shows now is no prefix of what it"
                            + " held then\n"),
                    message);
            for (String each : List.of(unread, message)) {
                assertEquals(List.of(files.checkpoint(600), fork.checkpoint(300)), evidence(each));
            }
        }

        @Test
        void refusesAnotherRootAtTheSameSize() {
            files.publish(300);
            reader.refresh();
            PublishedFiles fork = PublishedFiles.forkedAt(299);
            files.show(fork);
            fork.publish(300);
            String message = message(LogDamagedException.class, reader::refresh);
            assertTrue(message.contains(": at size 300 its key signed two roots\n"), message);
            assertEquals(List.of(files.checkpoint(300), fork.checkpoint(300)), evidence(message));
            assertEquals(files.checkpoint(300), reader.checkpoint());
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 255, 256, 298, 299})
        void refusesALargerLogThatIsAnotherOne(long forkedAt) {
            files.publish(300);
            reader.refresh();
            PublishedFiles fork = PublishedFiles.forkedAt(forkedAt);
            files.show(fork);
            for (long size : new long[] {301, 512, 70_000}) {
                fork.publish(size);
                String message = message(LogDamagedException.class, reader::refresh);
                assertTrue(message.contains(": at size 300 the log has root "), message);
                assertTrue(message.contains(": what was logged before was changed\n"), message);
                assertEquals(List.of(files.checkpoint(300), fork.checkpoint(size)), evidence(message));
                assertEquals(300, reader.size());
            }
        }

        @Test
        void takesALogThatForkedAfterwards() {
            files.publish(300);
            reader.refresh();
            PublishedFiles fork = PublishedFiles.forkedAt(300);
            files.show(fork);
            fork.publish(301);
            assertEquals(301, reader.refresh().size());
        }

        @Test
        void givesNoEvidenceBeyondTheLogsOwnSignatures() {
            files.publish(600);
            SignedNote signed = files.checkpoint(600).note();
            files.showNote(SignedNote.sign(signed.text(), Logs.signer("long.example.com", 4), Logs.SIGNER));
            reader.refresh();
            files.rollBack(300);
            String message = message(LogDamagedException.class, reader::refresh);
            assertFalse(message.contains("long.example.com"), message);
            assertEquals(List.of(files.checkpoint(600), files.checkpoint(300)), evidence(message));
        }

        /** The two notes of a message, verified as a stranger would. */
        private List<TrustedCheckpoint> evidence(String message) {
            List<TrustedCheckpoint> notes = new ArrayList<>();
            String[] parts = message.split("\n(?=Shown now, )");
            assertEquals(2, parts.length, message);
            for (String part : parts) {
                String note = part.substring(part.indexOf(":\n", part.indexOf("root ")) + 2);
                notes.add(TrustedCheckpoint.verify(SignedNote.parse(note.endsWith("\n") ? note : note + "\n"), KEY));
            }
            return notes;
        }
    }

    @Nested
    class BesideAWriter {

        @Test
        void readsAPartialFileThatIsGoneFromTheFullOne() {
            files.publish(300);
            TrustedCheckpoint first = files.checkpoint(300);
            files.publish(600);
            files.showNote(first.note());
            assertEquals(300, reader.size());
            List<String> reads = files.takeReads();
            assertTrue(reads.containsAll(
                    List.of("tile/0/001.p/44", "tile/0/001", "tile/entries/001.p/44", "tile/entries/001")));
            assertArrayEquals(Logs.entry(299), reader.entry(299).bytes());
            assertThrows(IndexOutOfBoundsException.class, () -> reader.entry(300));
        }

        @Test
        void takesTheNewCheckpointIfTheLogPublishedMeanwhile() {
            files.publish(300);
            files.whenReadNext("tile/0/001.p/44", () -> {
                files.publish(310);
                files.delete("tile/0/001.p/44"); // as some logs do
            });
            assertEquals(310, reader.size());
            files.publish(315);
            files.whenReadNext("tile/entries/001.p/59", () -> {
                files.publish(320);
                files.delete("tile/entries/001.p/59");
            });
            assertEquals(320, reader.refresh().size());
        }

        @Test
        void callsItDamageIfTheCheckpointStaysTheSame() {
            files.publish(300);
            files.absent("tile/0/001.p/44");
            assertEquals(
                    "tile/0/001.p/44 is missing, but the checkpoint's size promises it",
                    message(LogDamagedException.class, reader::size));
            assertEquals(
                    2, files.takeReads().stream().filter("checkpoint"::equals).count());
        }

        @Test
        void aRefreshThatIsOvertakenDoesNotStepBack() throws InterruptedException {
            files.publish(300);
            byte[] old = files.read("checkpoint").orElseThrow();
            AtomicReference<Thread> overtaking = new AtomicReference<>();
            LogReader[] shared = new LogReader[1];
            shared[0] = LogReader.of(
                    path -> {
                        if (!path.equals("checkpoint")
                                || !overtaking.compareAndSet(null, new Thread(() -> shared[0].refresh()))) {
                            return files.read(path);
                        }
                        files.publish(600);
                        overtaking.get().start();
                        while (overtaking.get().isAlive() && overtaking.get().getState() != Thread.State.BLOCKED) {
                            Thread.onSpinWait();
                        }
                        return Optional.of(old);
                    },
                    KEY);
            assertEquals(300, shared[0].refresh().size());
            overtaking.get().join();
            assertEquals(600, shared[0].size());
        }

        @Test
        void doesNotChaseALogForEver() {
            files.publish(300);
            files.absent("tile/1/000.p/1");
            files.whenRead("tile/1/000", () -> files.publish(files.size() + 1));
            assertEquals(
                    "tile/1/000.p/1 is missing, but the checkpoint's size promises it",
                    message(LogDamagedException.class, reader::refresh));
            assertEquals(305, files.size());
        }
    }

    @Test
    void nothingIsHeldAfterAFirstReadingThatFailed(@TempDir Path dir) throws IOException {
        LogReader empty = MerkleLog.read(dir, KEY);
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "there is no checkpoint of example.com/log", message(LogDamagedException.class, empty::checkpoint));
        }
        assertEquals(0, Files.list(dir).count(), "a reader writes nothing");
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 5);
        }
        assertEquals(5, empty.size());
        assertThrows(NullPointerException.class, () -> LogReader.of((LogSource) null, KEY));
        assertThrows(NullPointerException.class, () -> LogReader.of(dir, null));
    }
}
