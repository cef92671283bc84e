package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A copy or a restored backup must not speak for the log that it was copied from. */
class CopiedLogTest {

    @TempDir
    Path temp;

    private Path dir;
    private Path copy;
    private TrustedCheckpoint atThree;

    @BeforeEach
    void aLogAndItsCopy() throws IOException {
        dir = temp.resolve("log");
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 3);
            atThree = log.checkpoint();
        }
        copy = backup(dir, temp.resolve("copy"));
    }

    /** Copies everything, as a backup would. */
    private static Path backup(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static MerkleLog open(Path dir, UnaryOperator<MerkleLogBuilder> with) {
        return with.apply(MerkleLog.builder(dir).signer(Logs.SIGNER)).open();
    }

    private static void signsNothing(MerkleLog log) {
        assertTrue(log.copied());
        for (Executable call :
                List.<Executable>of(() -> log.append(Logs.entry(3)), () -> log.appendAll(Logs.entries(3, 5)))) {
            String message = assertThrows(IllegalStateException.class, call).getMessage();
            assertTrue(message.contains(" is a copy of the log example.com/log, or was restored"), message);
            assertTrue(message.contains("knownElsewhere("), message);
        }
    }

    @Test
    void canBeReadAndCheckedAndSignsNothing() {
        try (MerkleLog log = Logs.open(copy)) {
            signsNothing(log);
            assertEquals("entry 2", log.entry(2).text());
            assertEquals(atThree, log.checkpoint());
            assertTrue(
                    log.proveInclusion(1).verify(Logs.entry(1), log.verifier()).holds());
            log.publish(); // it is
            log.fsck().orThrow();
        }
        try (MerkleLog again = Logs.open(copy)) {
            assertTrue(again.copied(), "however often it is opened");
        }
        try (MerkleLog original = Logs.open(dir)) {
            assertFalse(original.copied());
            Logs.grow(original, 5);
        }
    }

    @Test
    void signsNothingOverWhatOnlyItsJournalHas() throws IOException {
        Path crashed;
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 5);
            crashed = backup(dir, temp.resolve("crashed"));
        }
        try (MerkleLog log = Logs.open(crashed)) {
            signsNothing(log);
            assertEquals("entry 4", log.entry(4).text());
            assertThrows(IllegalStateException.class, log::checkpoint);
            assertThrows(IllegalStateException.class, log::publish);
            assertEquals(
                    List.of("publish"),
                    log.fsck().checks(Outcome.NOT_CHECKED).stream()
                            .map(check -> check.name())
                            .toList());
            assertThrows(IllegalStateException.class, () -> log.proveInclusion(4));
        }
        assertEquals(
                3, MerkleLog.read(crashed, Logs.SIGNER.verifier()).checkpoint().size());
    }

    @Test
    void speaksOnceItIsShownToHoldWhatIsKnownElsewhere() {
        try (MerkleLog log = open(copy, builder -> builder.knownElsewhere(atThree))) {
            assertFalse(log.copied());
            Logs.grow(log, 5);
        }
        try (MerkleLog log = Logs.open(copy)) {
            assertFalse(log.copied());
            assertEquals(5, log.size());
            log.fsck().orThrow();
        }
    }

    @Test
    void isRefusedIfItIsOlderThanWhatIsKnownElsewhereOrWentAnotherWay() throws IOException {
        TrustedCheckpoint atFive;
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 5);
            atFive = log.checkpoint();
        }
        String message = assertThrows(
                        LogDamagedException.class, () -> open(copy, builder -> builder.knownElsewhere(atFive)))
                .getMessage();
        assertTrue(message.contains("the log has 3 entries, at the checkpoint it had 5"), message);
        Path other = temp.resolve("other");
        try (MerkleLog log = Logs.open(other)) {
            log.appendAll(Logs.entries(1, 8));
        }
        message = assertThrows(LogDamagedException.class, () -> open(other, builder -> builder.knownElsewhere(atFive)))
                .getMessage();
        assertTrue(message.contains("what was logged before was changed"), message);
        try (MerkleLog log = Logs.open(copy)) {
            assertTrue(log.copied(), "and stays a copy");
        }
    }

    @Test
    void isNotWhatWasMoved() throws IOException {
        Path moved = Files.move(dir, temp.resolve("moved"));
        try (MerkleLog log = Logs.open(moved)) {
            assertFalse(log.copied());
            Logs.grow(log, 5);
        }
    }

    @Test
    void isWhatWasRestoredInPlace() throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(dir.resolve(file.getFileName()));
            }
        }
        Files.createFile(temp.resolve("in between")); // takes the inode that was given back
        for (String file : List.of("checkpoint", "checkpoints", "instance", "lock")) {
            Files.copy(copy.resolve(file), dir.resolve(file));
        }
        try (MerkleLog log = Logs.open(dir)) {
            assertTrue(log.copied());
        }
    }

    @Test
    void mayHaveASuccessor() {
        NoteSigner second = Logs.signer("example.com/log/2", 2);
        Path next = temp.resolve("next");
        for (int time = 0; time < 2; time++) {
            try (MerkleLog log =
                    MerkleLog.builder(next).signer(second).succeeds(atThree).open()) {
                assertEquals(1, log.size());
                var first = StrictJson.parseObject(log.entry(0).bytes(), "the first entry")
                        .object("succeeds");
                assertEquals("example.com/log", first.string("origin"));
                assertEquals(3, first.integer("size"));
                assertEquals(atThree.root().toString(), first.string("root"));
                assertArrayEquals(
                        atThree.note().bytes(), first.string("checkpoint").getBytes(UTF_8));
            }
        }
        assertEquals("example.com/log/3", Successor.originAfter("example.com/log/2"));
        assertEquals("example.com/log/10", Successor.originAfter("example.com/log/9"));
    }

    @Test
    void hasNoSuccessorOfAnotherNameOrBeginning() {
        assertEquals(
                "the signer's name is example.com/log, but the successor of example.com/log is example.com/log/2",
                assertThrows(IllegalStateException.class, () -> open(temp.resolve("a"), b -> b.succeeds(atThree)))
                        .getMessage());
        NoteSigner second = Logs.signer("example.com/log/2", 2);
        Path other = temp.resolve("b");
        try (MerkleLog log = MerkleLog.builder(other).signer(second).open()) {
            log.append(Logs.entry(0));
        }
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> MerkleLog.builder(other)
                                .signer(second)
                                .succeeds(atThree)
                                .open())
                .getMessage();
        assertTrue(message.contains("doesn't begin as the successor of example.com/log at size 3"), message);
        MerkleLog.builder(other).signer(second).open().close(); // it was closed
    }
}
