package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses loses nothing, and is asked again. */
class LeafIndexDiskTest {

    @TempDir
    Path dir;

    private long space = Long.MAX_VALUE;
    private boolean refusesToForce;

    /** A file on a disk that has so much space left. */
    private FileOutputStream onDisk(File file) throws IOException {
        return new FileOutputStream(file) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int written = (int) Math.min(length, space);
                super.write(bytes, offset, written);
                space -= written;
                if (written < length) {
                    throw new IOException("No space left on device");
                }
                if (refusesToForce) {
                    close();
                }
            }
        };
    }

    private LeafIndex open(Leaves leaves, long size) {
        return LeafIndex.open(new IndexDirectory(dir, this::onDisk), size, leaves, 10);
    }

    private void isFull(long left, Executable act, String run) {
        space = left;
        UncheckedIOException e = assertThrows(UncheckedIOException.class, act);
        assertEquals(
                "can't write " + dir.resolve(run) + ": java.io.IOException: No space left on device", e.getMessage());
        assertEquals(
                List.of(),
                Leaves.files(dir).stream()
                        .filter(name -> name.endsWith(".part"))
                        .toList());
    }

    @Test
    void thatIsFullRefusesATableAndTakesItLater() {
        Leaves leaves = Leaves.spread(0, 30);
        try (LeafIndex index = open(leaves, 0)) {
            leaves.addTo(index, 20);
            for (long left = 0; left < 282; left += 47) {
                isFull(left, () -> index.makeRoom(1), "0-10.run");
                isFull(left, index::maintain, "0-10.run");
                assertEquals(List.of(), Leaves.files(dir));
                assertEquals(20, index.size());
                for (int i = 0; i < 20; i++) {
                    assertEquals(i, index.find(Leaves.spread(i)).orElseThrow());
                }
            }
            space = 282;
            index.maintain();
            assertEquals(List.of("0-10.run"), Leaves.files(dir));
            space = Long.MAX_VALUE;
            leaves.addTo(index);
            assertEquals(List.of("0-10.run"), Leaves.files(dir));
            index.maintain();
            assertEquals(List.of("0-20.run"), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
        }
    }

    @Test
    void thatRefusesToForceIsAskedAgain() {
        Leaves leaves = Leaves.spread(0, 20);
        try (LeafIndex index = open(leaves, 0)) {
            leaves.addTo(index);
            refusesToForce = true;
            assertThrows(UncheckedIOException.class, () -> index.makeRoom(1));
            assertEquals(List.of(), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
            refusesToForce = false;
            index.makeRoom(1);
            assertEquals(List.of("0-10.run"), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
        }
    }

    @Test
    void thatIsFullRefusesToMergeAndKeepsWhatWasToBeMerged() {
        Leaves leaves = Leaves.spread(0, 40);
        try (LeafIndex index = open(leaves, 0)) {
            leaves.addTo(index);
            isFull(400, index::maintain, "0-30.run");
            assertEquals(List.of("0-10.run", "10-20.run", "20-30.run"), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
            space = Long.MAX_VALUE;
            index.maintain();
            assertEquals(List.of("0-30.run"), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
        }
    }

    @Test
    void thatIsFullRefusesToMakeADamagedRunAnewAndAnswersStayRight() throws IOException {
        Leaves leaves = Leaves.spread(0, 40);
        open(leaves, 40).close();
        Path file = dir.resolve("0-30.run");
        byte[] changed = Files.readAllBytes(file);
        changed[0] ^= 1;
        Files.write(file, changed);
        try (LeafIndex index = open(leaves, 40)) {
            assertEquals(List.of(), leaves.wrong(index));
            isFull(400, index::maintain, "10-20.run");
            assertEquals(List.of("0-30.run", "30-40.run"), Leaves.files(dir));
            assertEquals(List.of(), leaves.wrong(index));
            space = Long.MAX_VALUE;
            index.maintain();
            long before = leaves.asked();
            assertEquals(List.of(), leaves.wrong(index));
            assertEquals(before + 40, leaves.asked());
        }
    }

    @Test
    void thatIsFullRefusesToOpenWhatMustBeMade() {
        Leaves leaves = Leaves.spread(0, 25);
        isFull(400, () -> open(leaves, 25), "10-20.run");
        space = Long.MAX_VALUE;
        try (LeafIndex index = open(leaves, 25)) {
            assertEquals(List.of(), leaves.wrong(index));
        }
    }

    @Test
    void thatIsFullWhenTheIndexIsClosedLeavesTheRestToTheNextOpen() {
        Leaves leaves = Leaves.spread(0, 25);
        LeafIndex index = open(leaves, 0);
        leaves.addTo(index);
        isFull(100, index::close, "10-20.run");
        space = Long.MAX_VALUE;
        index.maintain();
        index.close();
        assertEquals(List.of("0-10.run"), Leaves.files(dir), "what is closed doesn't write");
        try (LeafIndex next = open(leaves, 25)) {
            assertEquals(List.of(), leaves.wrong(next));
        }
        assertEquals(List.of("0-20.run", "20-25.run"), Leaves.files(dir));
    }

    @Test
    void thatHasAFileWhereTheDirectoryShouldBeRefusesToOpen() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "hello");
        String message = assertThrows(UncheckedIOException.class, () -> LeafIndex.open(file, 0, new Leaves()))
                .getMessage();
        assertTrue(message.startsWith("can't use " + file + " for an index: "), message);
        assertEquals("hello", Files.readString(file));
    }
}
