package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.note.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointHistoryTest {

    private static final List<Long> SIZES = List.of(0L, 2L, 255L, 256L, 300L, 512L, 600L);

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void aLogThatPublishedSevenTimes() {
        dir = temp.resolve("log");
        try (MerkleLog log = Logs.open(dir)) {
            for (long size : SIZES) {
                Logs.grow(log, size);
                log.publish();
            }
        }
    }

    private List<Long> sizes() throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (CheckpointHistory history = CheckpointHistory.open(Disk.at(dir), Logs.SIGNER.verifier())) {
            CheckpointHistory.Cursor cursor = history.cursor();
            for (CheckpointHistory.Published next; (next = cursor.next()) != null; ) {
                sizes.add(next.size());
                assertEquals(Logs.rootOf(next.size()), next.root());
                assertTrue(SignedNote.parse(next.note())
                        .verify(Logs.SIGNER.verifier())
                        .holds());
            }
        }
        return sizes;
    }

    @Test
    void hasEveryCheckpointThatWasPublished() throws IOException {
        assertEquals(SIZES, sizes());
        assertEquals(
                "every one that was ever published, up to this one, is a prefix of the log",
                reader().fsck().check("checkpoints").orElseThrow().detail());
    }

    private LogReader reader() {
        return MerkleLog.read(dir, Logs.SIGNER.verifier());
    }

    @Test
    void isKnownToBeChangedInAnyByte() throws IOException {
        Path file = dir.resolve(CheckpointHistory.FILE);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 3) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);
            assertTrue(reader().fsck().failed(), "byte " + at);
        }
    }

    @Test
    void isKnownToBeCut() throws IOException {
        Path file = dir.resolve(CheckpointHistory.FILE);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertTrue(reader().fsck().failed(), "cut at " + length);
        }
    }

    @Test
    void losesATornEndWhenTheNextIsAdded() throws IOException {
        Path file = dir.resolve(CheckpointHistory.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 100));
        reader().fsck().orThrow();
        try (MerkleLog log = Logs.open(dir)) {
            log.append(Logs.entry(600));
        }
        List<Long> sizes = new ArrayList<>(SIZES);
        sizes.add(601L);
        assertEquals(sizes, sizes());
        reader().fsck().orThrow();
    }

    @Test
    void showsThatALogWasRewritten() throws IOException {
        Path other = temp.resolve("other");
        try (MerkleLog log = Logs.open(other)) {
            log.appendAll(Logs.entries(1, 701));
        }
        Files.copy(
                dir.resolve(CheckpointHistory.FILE),
                other.resolve(CheckpointHistory.FILE),
                StandardCopyOption.REPLACE_EXISTING);
        dir = other;
        assertTrue(reader().fsck().check("checkpoints").orElseThrow().detail().startsWith("at size 2 root "));
    }
}
