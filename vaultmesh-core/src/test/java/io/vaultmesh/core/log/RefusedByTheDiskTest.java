package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log does when the disk says no. */
class RefusedByTheDiskTest {

    @TempDir
    Path dir;

    private RefusingDisk disk;
    private int copies;

    @BeforeEach
    void mount() {
        disk = new RefusingDisk(dir);
    }

    private MerkleLog open() {
        return open(Duration.ofDays(1));
    }

    private MerkleLog open(Duration publishEvery) {
        return new LogOpener(
                        disk,
                        new DirectoryStore(disk),
                        Logs.SIGNER,
                        publishEvery,
                        LogIdentity.unquestioned(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        entry -> {})
                .open(() -> {});
    }

    /** What a crash would leave is the log at this size, sound and going on. */
    private void holds(long size) {
        Path copy = Logs.copy(dir, dir.resolveSibling(dir.getFileName() + "-" + copies++));
        try (MerkleLog log = Logs.open(copy)) {
            assertEquals(size, log.size());
            assertEquals(Logs.rootOf(size), log.root());
            log.append(Logs.entry(size));
            log.fsck().orThrow();
        }
    }

    private static String refused(MerkleLog log) {
        return assertThrows(UncheckedIOException.class, () -> log.append(Logs.entry(log.size())))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force", "open", "forceDirectory"})
    void aSegmentThatCantBeMadeRefusesTheAppendAndLeavesTheLogOpen(String operation) {
        byte[] large = new byte[60_000];
        try (MerkleLog log = open()) {
            Logs.grow(log, 3);
            disk.refuse((what, path) -> what.equals(operation) && (path.endsWith("2") || path.equals("journal")));
            for (int i = 0; i < 2; i++) {
                String message = assertThrows(
                                UncheckedIOException.class, () -> log.appendAll(Collections.nCopies(2, large)))
                        .getMessage();
                assertTrue(message.startsWith("can't make room in " + dir.resolve("journal") + " for "), message);
                assertTrue(message.contains("nothing was logged"), message);
            }
            Logs.grow(log, 4); // there is room for that
            disk.refuseNothing();
            log.fsck().orThrow();
            log.appendAll(Collections.nCopies(2, large));
            assertEquals(6, log.size());
        }
        try (MerkleLog log = open()) {
            assertEquals(6, log.size());
        }
    }

    @Test
    void aCheckpointThatIsInPlaceAndCantBeForcedIsTheOneThatTheNextFollows() {
        try (MerkleLog log = open()) {
            Logs.grow(log, 3);
            log.publish();
            Logs.grow(log, 300);
            boolean[] moved = {false};
            disk.refuse((what, path) -> {
                moved[0] |= what.equals("rename") && path.equals("checkpoint.part");
                return moved[0] && what.equals("forceDirectory");
            });
            assertThrows(UncheckedIOException.class, log::publish);
            assertEquals(300, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            Logs.grow(log, 301);
            assertThrows(UncheckedIOException.class, log::publish);
            disk.refuse((what, path) -> what.equals("rename") && path.equals("checkpoint.part"));
            Logs.grow(log, 302);
            assertThrows(UncheckedIOException.class, log::publish);
            disk.refuseNothing();
            Logs.grow(log, 600);
            log.publish();
            assertEquals(600, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            log.fsck().orThrow();
        }
        assertFalse(Files.exists(dir.resolve("tile/0/000.p")), "the partials of the size before are left");
        assertFalse(Files.exists(dir.resolve("tile/0/001.p")), "the partials of sizes that were refused are left");
        holds(600);
    }

    @Test
    void aWriteThatFailsLeavesNothingOfItsGroup() {
        try (MerkleLog log = open()) {
            Logs.grow(log, 3);
            boolean[] once = {false};
            disk.refuse((what, path) -> what.equals("write") && !once[0] && (once[0] = true));
            String message = refused(log);
            assertTrue(message.startsWith("can't append to " + Logs.segment(dir) + ", nothing was logged"), message);
            holds(3);
            Logs.grow(log, 5);
            holds(5);
        }
        holds(5);
    }

    @Test
    void aWriteThatCantBeTakenBackStopsTheLogUntilItIsReopened() {
        MerkleLog log = open();
        Logs.grow(log, 3);
        disk.refuse((what, path) -> what.equals("write"));
        assertTrue(refused(log).contains("nor restore it, so what it holds is unknown; reopen the log"));
        disk.refuseNothing();
        assertEquals(
                "the log example.com/log failed before and must be reopened",
                assertThrows(IllegalStateException.class, () -> log.append(Logs.entry(3)))
                        .getMessage());
        log.close();
        holds(3);
    }

    @Test
    void aForceThatFailsStopsTheLogUntilItIsReopened() {
        MerkleLog log = open();
        Logs.grow(log, 1);
        disk.refuse((what, path) -> what.equals("force"));
        String message = refused(log);
        assertTrue(message.contains("what it holds is unknown; reopen the log"), message);
        disk.refuseNothing();
        assertThrows(IllegalStateException.class, () -> log.append(Logs.entry(1)));
        assertThrows(IllegalStateException.class, log::publish);
        assertEquals(1, log.size());
        assertEquals(0, MerkleLog.read(dir, log.verifier()).checkpoint().size());
        log.close();
        holds(2); // as it happens, it had reached the disk
    }

    @Test
    void whatADeadProcessLeftInTheJournalIsForcedBeforeAnyOfItIsPublished() {
        try (MerkleLog dies = open()) {
            Logs.grow(dies, 3);
            disk = new RefusingDisk(Logs.copy(dir, dir.resolveSibling(dir.getFileName() + "-left")));
        }
        List<String> done = new ArrayList<>();
        disk.refuse((what, path) -> !done.add(what + " " + path)); // nothing is refused
        open().close();
        int forced = done.indexOf("force journal/0000000001");
        int published = done.indexOf("open tile/0/000.p/3.part");
        assertTrue(forced >= 0 && forced < published, done::toString);
    }

    @Test
    void whatCantBeDeletedOfTheJournalIsPassedOver() {
        MerkleLog log = open();
        disk.refuse((what, path) -> what.equals("delete"));
        for (int i = 0; i < 300; i++) {
            log.append(Logs.entry(i));
        }
        log.publish();
        log.fsck().orThrow();
        log.close();
        assertTrue(Files.exists(Logs.segment(dir)));
        holds(300);
        disk.refuseNothing();
        open().close();
        assertEquals(List.of(), new DirectoryStore(dir).list("journal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/", "checkpoints", "checkpoint.part"})
    void aPublicationThatFailsIsTriedAgain(String refusedPath) {
        try (MerkleLog log = open()) {
            Logs.grow(log, 3);
            for (String operation : List.of("open", "write", "force", "rename", "forceDirectory")) {
                log.append(Logs.entry(log.size()));
                disk.refuse((what, path) -> what.equals(operation)
                        && (path.startsWith(refusedPath) || path.isEmpty() && what.equals("forceDirectory")));
                try {
                    log.publish();
                    assertFalse(refusedPath.equals("tile/"), operation);
                } catch (UncheckedIOException expected) {
                    assertTrue(expected.getMessage().startsWith("can't write " + dir), expected.getMessage());
                }
                holds(log.size());
                assertEquals(
                        Outcome.NOT_CHECKED,
                        log.fsck()
                                .check("publish")
                                .map(check -> check.outcome())
                                .orElse(Outcome.NOT_CHECKED));
                disk.refuseNothing();
                log.publish();
                assertEquals(
                        log.size(),
                        MerkleLog.read(dir, log.verifier()).checkpoint().size());
                log.fsck().orThrow();
            }
        }
    }

    @Test
    void whatTheDiskRefusesInTheBackgroundIsPublishedWhenItNoLongerDoes() throws InterruptedException {
        disk.refuseNothing();
        try (MerkleLog log = open(Duration.ZERO)) {
            disk.refuse((what, path) -> path.startsWith("tile/"));
            log.append(Logs.entry(0));
            assertThrows(UncheckedIOException.class, log::publish);
            assertEquals(0, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            disk.refuseNothing();
            while (MerkleLog.read(dir, log.verifier()).checkpoint().size() < 1) {
                Thread.onSpinWait(); // the build ends a test that never does
            }
            log.fsck().orThrow();
        }
    }

    /** Full files wait in memory, but not without bound: then appends fail until the disk takes them again. */
    @Test
    void appendsAreRefusedWhenTooMuchWaitsToBePublished() {
        byte[] large = new byte[60_000];
        try (MerkleLog log = open(Duration.ZERO)) {
            disk.refuse((what, path) -> path.startsWith("tile/"));
            String message = assertThrows(UncheckedIOException.class, () -> {
                        for (int i = 0; i < 20; i++) {
                            log.appendAll(Collections.nCopies(256, large));
                        }
                    })
                    .getMessage();
            assertTrue(message.startsWith("nothing was logged: ") && message.contains("wait to be published"), message);
            long size = log.size();
            disk.refuseNothing();
            log.append(Logs.entry(0));
            assertEquals(size + 1, log.size());
            log.publish();
        }
        MerkleLog.read(dir, Logs.SIGNER.verifier()).fsck().orThrow();
    }

    @Test
    void aCheckpointThatIsInItsPlaceAndWasNotForcedIsForcedTheNextTime() {
        try (MerkleLog log = open()) {
            Logs.grow(log, 3);
            int[] forces = {0};
            disk.refuse((what, path) -> what.equals("forceDirectory") && path.isEmpty() && ++forces[0] > 1);
            assertThrows(UncheckedIOException.class, log::publish);
            assertEquals(3, MerkleLog.read(dir, log.verifier()).checkpoint().size());
            disk.refuseNothing();
            int[] again = {0};
            disk.refuse((what, path) -> what.equals("forceDirectory") && path.isEmpty() && ++again[0] < 0);
            log.publish();
            assertTrue(again[0] > 0, "it is forced");
            Logs.grow(log, 5);
        }
        holds(5);
    }

    @Test
    void aStoreLeavesNothingAsideAfterAWriteThatFailed() {
        DirectoryStore store = new DirectoryStore(disk);
        disk.refuse((what, path) -> what.equals("rename"));
        assertThrows(UncheckedIOException.class, () -> store.replaceCheckpoint(Optional.empty(), new byte[10]));
        assertFalse(Files.exists(dir.resolve("checkpoint.part")));
    }
}
