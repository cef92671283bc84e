package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link MerkleLogBuilder#open()} takes for a log, and what it refuses and leaves as it was. */
class OpeningTest {

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void setDirectory() {
        dir = temp.resolve("log");
    }

    private static Map<String, String> content(Path dir) {
        Map<String, String> content = new TreeMap<>();
        for (String file : Logs.files(dir)) {
            content.put(file, Hashing.sha256(dir.resolve(file)).toString());
        }
        return content;
    }

    private void grow(Path at, long size) {
        try (MerkleLog log = Logs.open(at)) {
            Logs.grow(log, size);
        }
    }

    private <X extends Exception> String refused(Class<X> type) {
        Map<String, String> before = Files.exists(dir) ? content(dir) : Map.of();
        String message = assertThrows(type, () -> Logs.open(dir)).getMessage();
        assertEquals(before, Files.exists(dir) ? content(dir) : Map.of(), "nothing may change");
        // the lock was released
        assertEquals(message, assertThrows(type, () -> Logs.open(dir)).getMessage());
        return message;
    }

    @Nested
    class Creates {

        @Test
        void aDirectoryThatIsAbsentAndThoseAboveIt() {
            dir = temp.resolve("a/b/c");
            try (MerkleLog log = Logs.open(dir)) {
                assertTrue(log.created());
                assertEquals(0, log.size());
                assertEquals(0, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            }
            try (MerkleLog log =
                    MerkleLog.builder(dir).signer(Logs.SIGNER).mustExist().open()) {
                assertFalse(log.created());
            }
        }

        @Test
        void inAnEmptyDirectory() throws IOException {
            Files.createDirectories(dir);
            try (MerkleLog log = Logs.open(dir)) {
                assertTrue(log.created());
            }
        }
    }

    @Nested
    class Refuses {

        @Test
        void aDirectoryWithSomethingElse() throws IOException {
            Files.createDirectories(dir);
            Files.writeString(dir.resolve("thesis.txt"), "all my work");
            assertEquals(
                    dir + " holds [thesis.txt], expected a log, with a file checkpoint, or an empty directory",
                    refused(IllegalArgumentException.class));
            assertFalse(Files.exists(dir.resolve("lock")));
        }

        @Test
        void aFile() throws IOException {
            Files.writeString(dir, "x");
            assertEquals(
                    dir + " is a file, expected the directory of a log",
                    assertThrows(IllegalArgumentException.class, () -> Logs.open(dir))
                            .getMessage());
        }

        @Test
        void aDirectoryThatCantBeMade() throws IOException {
            Files.writeString(temp.resolve("file"), "x");
            dir = temp.resolve("file/log");
            String message = assertThrows(UncheckedIOException.class, () -> Logs.open(dir))
                    .getMessage();
            assertTrue(message.startsWith("can't use " + dir + " for a log: "), message);
        }

        @Test
        void anAbsentOrEmptyDirectoryThatMustHoldALog() throws IOException {
            MerkleLogBuilder builder =
                    MerkleLog.builder(dir).signer(Logs.SIGNER).mustExist();
            assertEquals(
                    dir + " is absent, expected the directory of a log",
                    assertThrows(IllegalArgumentException.class, builder::open).getMessage());
            assertFalse(Files.exists(dir));
            Files.createDirectories(dir);
            assertEquals(
                    dir + " holds nothing, expected a log, with a file checkpoint",
                    assertThrows(IllegalArgumentException.class, builder::open).getMessage());
            assertFalse(Files.exists(dir.resolve("lock")));
        }

        @Test
        void toOpenWithoutASignerOrWithAnotherOrigin() {
            assertEquals(
                    "no signer is set, expected the key that signs the log's checkpoints",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> MerkleLog.builder(dir).open())
                            .getMessage());
            assertEquals(
                    "origin is example.com/other, but the signer's name is example.com/log",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> MerkleLog.builder(dir)
                                            .origin("example.com/other")
                                            .signer(Logs.SIGNER)
                                            .open())
                            .getMessage());
            assertFalse(Files.exists(dir));
            MerkleLog.builder(dir)
                    .origin("example.com/log")
                    .signer(Logs.SIGNER)
                    .open()
                    .close();
        }

        @Test
        void aSecondValue() {
            assertEquals(
                    "signer is already set to that of example.com/log",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> MerkleLog.builder(dir)
                                            .signer(Logs.SIGNER)
                                            .signer(Logs.SIGNER))
                            .getMessage());
            assertEquals(
                    "origin is already set to a",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> MerkleLog.builder(dir).origin("a").origin("b"))
                            .getMessage());
        }

        @Test
        void aJournalThatCantBeOpened() throws IOException {
            grow(dir, 3);
            Files.delete(dir.resolve(Journal.DIRECTORY));
            Files.write(dir.resolve(Journal.DIRECTORY), new byte[0]);
            assertTrue(
                    refused(UncheckedIOException.class).startsWith("can't continue " + dir.resolve(Journal.DIRECTORY)));
        }
    }

    @Nested
    class FindsDamageIn {

        private void take(Path from, String file) throws IOException {
            Files.copy(from.resolve(file), dir.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 5, 255, 256, 257, 300, 511, 512, 513, 599})
        void aCheckpointThatIsOlderThanTheTiles(long size) throws IOException {
            grow(dir, 600);
            grow(temp.resolve("old"), size);
            take(temp.resolve("old"), "checkpoint");
            String message = refused(LogDamagedException.class);
            assertTrue(message.contains("was the log taken back?") || message.contains("is missing"), message);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 5, 255, 256, 257, 300, 511, 512, 513, 599})
        void aCheckpointAndAHistoryThatAreOlderThanTheTiles(long size) throws IOException {
            grow(dir, 600);
            grow(temp.resolve("old"), size);
            take(temp.resolve("old"), "checkpoint");
            take(temp.resolve("old"), "checkpoints");
            String message = refused(LogDamagedException.class);
            assertTrue(message.contains("files of a larger log") || message.contains("is missing"), message);
        }

        @Test
        void aHistoryThatIsGone() throws IOException {
            grow(dir, 5);
            Files.delete(dir.resolve("checkpoints"));
            assertEquals(
                    dir.resolve("checkpoints")
                            + " ends before it begins, expected the published checkpoint at size 5 in it",
                    refused(LogDamagedException.class));
        }

        @Test
        void aHistoryOfAnotherLog() throws IOException {
            grow(dir, 5);
            try (MerkleLog other = Logs.open(temp.resolve("other"))) {
                other.appendAll(Logs.entries(1, 6));
            }
            take(temp.resolve("other"), "checkpoints");
            String message = refused(LogDamagedException.class);
            assertTrue(message.contains("has a checkpoint at size 5 with root "), message);
        }

        @ParameterizedTest
        @ValueSource(longs = {6, 255, 256, 257, 600, 65536})
        void aCheckpointThatIsNewerThanTheTiles(long size) throws IOException {
            grow(dir, 5);
            MerkleLog newer = MerkleLog.inMemory(Logs.SIGNER);
            Logs.grow(newer, size);
            Files.write(dir.resolve("checkpoint"), newer.checkpoint().note().bytes());
            String message = refused(LogDamagedException.class);
            assertTrue(message.contains("is missing, but the checkpoint's size promises it"), message);
        }

        @Test
        void aCheckpointOfAnotherHistory() throws IOException {
            grow(dir, 5);
            MerkleLog other = MerkleLog.inMemory(Logs.SIGNER);
            other.appendAll(Logs.entries(1, 6));
            Files.write(dir.resolve("checkpoint"), other.checkpoint().note().bytes());
            String message = refused(LogDamagedException.class);
            assertTrue(
                    message.startsWith("the checkpoint of example.com/log at size 5 has root " + other.root()),
                    message);
        }

        @Test
        void aCheckpointThatAnotherKeySigned() throws IOException {
            grow(dir, 5);
            Map<String, String> before = content(dir);
            String message = assertThrows(
                            LogDamagedException.class,
                            () -> MerkleLog.builder(dir)
                                    .signer(Logs.signer("example.com/log", 7))
                                    .open())
                    .getMessage();
            assertTrue(
                    message.matches("the checkpoint of example.com/log can't be trusted: signed by"
                            + " example.com/log\\+[0-9a-f]{8}, expected example.com/log\\+[0-9a-f]{8}"),
                    message);
            assertThrows(
                    LogDamagedException.class,
                    () -> MerkleLog.builder(dir)
                            .signer(Logs.signer("example.com/other", 1))
                            .open());
            assertEquals(before, content(dir));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "garbage"})
        void aCheckpointThatIsNone(String text) throws IOException {
            grow(dir, 5);
            Files.writeString(dir.resolve("checkpoint"), text);
            assertTrue(refused(LogDamagedException.class)
                    .startsWith("the checkpoint of example.com/log can't be trusted: not a note"));
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 255, 256, 257, 600})
        void aDirectoryWhoseCheckpointIsGone(long size) throws IOException {
            grow(dir, size);
            Files.delete(dir.resolve("checkpoint"));
            assertTrue(refused(LogDamagedException.class).contains("was the log taken back?"));
            Files.delete(dir.resolve("checkpoints"));
            assertTrue(refused(LogDamagedException.class).contains("files of a larger log"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"tile/0/000.p/5", "tile/entries/000.p/5"})
        void aFileThatIsMissingOrCut(String file) throws IOException {
            grow(dir, 5);
            byte[] bytes = Files.readAllBytes(dir.resolve(file));
            for (int length = 0; length < bytes.length; length++) {
                Files.write(dir.resolve(file), java.util.Arrays.copyOf(bytes, length));
                assertThrows(LogDamagedException.class, () -> Logs.open(dir), file + " cut at " + length);
            }
            Files.delete(dir.resolve(file));
            assertEquals(
                    file + " is missing, but the checkpoint's size promises it", refused(LogDamagedException.class));
        }
    }

    @Nested
    class LetsInOneWriter {

        private final String expected = " is already open for writing, in this process or another one;"
                + " expected to be its only writer. Close the other, or wait for it to end.";

        @Test
        void inThisProcess() {
            try (MerkleLog log = Logs.open(dir)) {
                assertEquals(
                        dir + expected,
                        assertThrows(IllegalStateException.class, () -> Logs.open(dir))
                                .getMessage());
                assertThrows(IllegalStateException.class, () -> Logs.open(temp.resolve("./log/../log")));
                log.append(Logs.entry(0));
            }
            Logs.open(dir).close();
        }

        @Test
        void byWhateverNameTheDirectoryHas() throws IOException {
            try (MerkleLog log = Logs.open(dir)) {
                Path link = Files.createSymbolicLink(temp.resolve("link"), dir);
                assertThrows(IllegalStateException.class, () -> Logs.open(link));
                assertEquals(1, log.appendAll(Logs.entries(0, 1)).size());
            }
        }

        @Test
        void amongProcessesToo() throws Exception {
            try (MerkleLog log = Logs.open(dir)) {
                log.append(Logs.entry(0));
                // a refused attempt of this process must not open the door to another one
                assertThrows(IllegalStateException.class, () -> Logs.open(dir));
                assertEquals("refused: " + dir + expected, openElsewhere(dir));
                log.append(Logs.entry(1));
            }
            assertEquals("opened at size 2", openElsewhere(dir));
        }

        private String openElsewhere(Path dir) throws Exception {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SecondOpener.class.getName(),
                            dir.toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
                return output.strip();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Opens a log in a process of its own. */
    static final class SecondOpener {

        private SecondOpener() {}

        public static void main(String[] args) {
            try (MerkleLog log = Logs.open(Path.of(args[0]))) {
                System.out.println("opened at size " + log.size());
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
