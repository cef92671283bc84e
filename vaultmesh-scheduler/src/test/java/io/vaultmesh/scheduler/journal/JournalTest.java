package io.vaultmesh.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final Lane ONE = new Lane(NamespaceName.MAIN, Base.FAST, "file:one");
    private static final Lane TWO = new Lane(new NamespaceName("dao:two"), Base.STRONG, "file:two");
    private static final Hash RECORD = Hashing.sha256(new byte[0]);
    private static final JsonObject REQUEST =
            JsonObject.builder().put("request", "MIIä…").build();
    private static final JsonObject EVIDENCE =
            JsonObject.builder().put("response", "MII=").build();
    private static final Failure FAILURE =
            new Failure(Trouble.RATE_LIMITED, 3, Window.of(NOW, Duration.ofMillis(21_123)));

    @TempDir
    Path directory;

    private static Intent intent(long size) {
        Checkpoint checkpoint = new Checkpoint("example.com/main", size, RECORD);
        NoteSigner signer = NoteSigner.ed25519("example.com/main", Ed25519PrivateKey.ofSeed(new byte[32]));
        return new Intent(NOW, SignedNote.sign(checkpoint.toText(), signer), REQUEST);
    }

    private Path file() {
        return directory.resolve(Journal.FILE);
    }

    private Map<Lane, Progress> reopened() {
        try (Journal journal = Journal.open(directory)) {
            return journal.lanes();
        }
    }

    @Test
    void whatIsUnderWayAndWhatFailedSurvives() {
        try (Journal journal = Journal.open(directory)) {
            journal.intent(ONE, intent(7));
            journal.intent(TWO, intent(8));
            journal.submitted(TWO, NOW, EVIDENCE);
            journal.failed(TWO, FAILURE);
        }
        Map<Lane, Progress> expected = Map.of(
                ONE, new Progress(Optional.of(intent(7)), Optional.empty(), Optional.empty(), Optional.empty()),
                TWO,
                        new Progress(
                                Optional.of(intent(8)), Optional.of(EVIDENCE), Optional.of(FAILURE), Optional.empty()));
        assertEquals(expected, reopened());
        assertEquals(expected, reopened(), "after it was replaced");
    }

    @Test
    void whatIsRecordedLeavesItAndWhatIsGivenUpLeavesTheFailure() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            journal.intent(ONE, intent(7));
            journal.failed(ONE, FAILURE);
            journal.submitted(ONE, NOW, EVIDENCE);
            journal.recorded(ONE, NOW, RECORD);
            journal.intent(TWO, intent(8));
            journal.failed(TWO, FAILURE);
            journal.abandoned(TWO, NOW, "it doesn't hold");
            assertEquals(anchored(7), journal.of(ONE));
        }
        Progress failed = new Progress(Optional.empty(), Optional.empty(), Optional.of(FAILURE), Optional.empty());
        assertEquals(Map.of(ONE, anchored(7), TWO, failed), reopened());
        assertEquals(3, Files.readString(file()).lines().count(), "the format, what was anchored, and the failure");
    }

    private static Progress anchored(long size) {
        return new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new Anchored(size, NOW)));
    }

    @Test
    void whatWasLearnedOfTheMemorySurvivesBesideWhatIsUnderWay() {
        try (Journal journal = Journal.open(directory)) {
            journal.intent(ONE, intent(7));
            journal.learned(Map.of(ONE, new Anchored(5, NOW), TWO, new Anchored(0, NOW)));
        }
        Map<Lane, Progress> expected = Map.of(
                ONE,
                new Progress(
                        Optional.of(intent(7)), Optional.empty(), Optional.empty(), Optional.of(new Anchored(5, NOW))),
                TWO,
                anchored(0));
        assertEquals(expected, reopened());
        assertEquals(expected, reopened(), "after it was replaced");
    }

    @Test
    void whatTheTargetLostIsSubmittedAgain() {
        try (Journal journal = Journal.open(directory)) {
            journal.intent(ONE, intent(7));
            journal.submitted(ONE, NOW, EVIDENCE);
            journal.unsubmitted(ONE, NOW);
        }
        assertEquals(
                Map.of(ONE, new Progress(Optional.of(intent(7)), Optional.empty(), Optional.empty(), Optional.empty())),
                reopened());
    }

    @Test
    void whatIsWrittenHoldsAlsoIfTheFileCantBeShortenedThen() throws IOException {
        JsonObject large = JsonObject.builder().put("r", "x".repeat(1_200_000)).build();
        Path home = directory.resolve("home");
        try (Journal journal = Journal.open(home)) {
            Path aside = directory.resolve("aside");
            journal.intent(ONE, intent(7));
            Files.move(home, aside); // what is open is written, and its next file has no place
            journal.submitted(ONE, NOW, large);
            assertTrue(journal.hasRefused());
            assertEquals(Optional.of(large), journal.of(ONE).evidence());
            Files.move(aside, home);
            journal.recorded(ONE, NOW, RECORD);
            assertFalse(journal.hasRefused());
        }
        try (Journal journal = Journal.open(home)) {
            assertEquals(Map.of(ONE, anchored(7)), journal.lanes());
        }
    }

    @Test
    void aLongFileIsReplacedWhileItIsOpen() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            JsonObject large =
                    JsonObject.builder().put("r", "x".repeat(100_000)).build();
            for (int i = 0; i < 40; i++) {
                journal.intent(ONE, new Intent(NOW, intent(i).note(), large));
                journal.submitted(ONE, NOW, EVIDENCE);
                journal.recorded(ONE, NOW, RECORD);
                assertTrue(Files.size(file()) < 1_200_000, "size " + Files.size(file()));
            }
            journal.intent(TWO, intent(9));
        }
        assertEquals(Map.of(ONE, anchored(39), TWO, reopened().get(TWO)), reopened());
    }

    @Test
    void whatCantFollowIsRefusedAndNotWritten() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            journal.intent(ONE, intent(7));
            long size = Files.size(file());
            assertThrows(IllegalArgumentException.class, () -> journal.intent(ONE, intent(8)));
            assertThrows(IllegalArgumentException.class, () -> journal.submitted(TWO, NOW, EVIDENCE));
            assertThrows(IllegalArgumentException.class, () -> journal.recorded(TWO, NOW, RECORD));
            assertThrows(IllegalArgumentException.class, () -> journal.abandoned(TWO, NOW, "why"));
            assertEquals(size, Files.size(file()));
            journal.submitted(ONE, NOW, EVIDENCE);
        }
    }

    @Test
    void onlyOneHasIt() {
        try (Journal journal = Journal.open(directory)) {
            assertEquals(Map.of(), journal.lanes());
            assertThrows(IllegalStateException.class, () -> Journal.open(directory));
        }
        assertEquals(Map.of(), reopened());
    }

    @Nested
    class Damage {

        private byte[] written() throws IOException {
            try (Journal journal = Journal.open(directory)) {
                journal.intent(ONE, intent(7));
                journal.submitted(ONE, NOW, EVIDENCE);
                journal.failed(TWO, FAILURE);
            }
            return Files.readAllBytes(file());
        }

        private String refused(byte[] bytes) throws IOException {
            Files.write(file(), bytes);
            String message = assertThrows(JournalDamagedException.class, () -> Journal.open(directory))
                    .getMessage();
            assertTrue(Arrays.equals(bytes, Files.readAllBytes(file())), "it is left as it is");
            assertTrue(message.contains("move it away and start again"), message);
            return message;
        }

        /** Wherever it breaks off, the events before are there, and the one that broke off isn't. */
        @Test
        void aLineThatBreaksOffIsCutOff() throws IOException {
            byte[] whole = written();
            int lastLine = new String(whole, UTF_8).lastIndexOf("\n", new String(whole, UTF_8).length() - 2);
            int start = new String(whole, UTF_8).substring(0, lastLine + 1).getBytes(UTF_8).length;
            for (int length = start; length < whole.length - 1; length++) {
                Files.write(file(), Arrays.copyOf(whole, length));
                assertEquals(1, reopened().size(), "cut off after " + length + " bytes");
                Files.write(file(), Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 3)); // zeros behind it
                assertEquals(1, reopened().size(), "with zeros after " + length + " bytes");
            }
            Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
            assertEquals(2, reopened().size(), "only the line feed is missing");
            try (Journal journal = Journal.open(directory)) {
                journal.abandoned(ONE, NOW, "goes on");
            }
            assertEquals(1, reopened().size());
        }

        @Test
        void everyOtherChangeToAByteIsFound() throws IOException {
            byte[] whole = written();
            for (int at = 0; at < whole.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) (1 << bit);
                    String message = refused(changed);
                    assertTrue(message.contains("byte") || message.contains("line"), message);
                }
            }
        }

        @Test
        void aLineThatIsMissingOrMovedIsFound() throws IOException {
            String[] lines = new String(written(), UTF_8).split("(?<=\n)");
            assertTrue(refused((lines[0] + lines[2] + lines[3]).getBytes(UTF_8)).contains("has n 2, expected 1"));
            assertTrue(refused((lines[1] + lines[2]).getBytes(UTF_8)).contains("has n 1, expected 0"));
            assertTrue(refused((lines[0] + lines[1] + lines[1]).getBytes(UTF_8)).contains("has n 1, expected 2"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "{}", "hello\n", "\0\0\0\0"})
        void whatIsNoJournalIsRefused(String content) throws IOException {
            String unused = refused(content.getBytes(UTF_8));
        }

        @Test
        void anotherFormatIsRefused() throws IOException {
            byte[] other = JournalLines.line(
                    JsonObject.builder().put("n", 0).put("format", 2).build());
            assertTrue(refused(other).contains("format is 2, expected 1"));
        }

        @Test
        void anEventThatCantFollowIsRefused() throws IOException {
            byte[] format = JournalLines.line(
                    JsonObject.builder().put("n", 0).put("format", 1).build());
            byte[] event = JournalLines.line(
                    Event.submitted(ONE, NOW, EVIDENCE).put("n", 1).build());
            byte[] both = Arrays.copyOf(format, format.length + event.length);
            System.arraycopy(event, 0, both, format.length, event.length);
            assertTrue(refused(both).contains("there is evidence without an intent"));
        }
    }
}
