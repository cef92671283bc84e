package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in an index's files, answers are right, and the files are made anew. */
class LeafIndexDamageTest {

    @TempDir
    Path dir;

    private LeafIndex open(Leaves leaves, int limit) {
        return LeafIndex.open(new IndexDirectory(dir, FileOutputStream::new), leaves.size(), leaves, limit);
    }

    private void make(Leaves leaves, int limit, String... files) {
        open(leaves, limit).close();
        assertEquals(List.of(files), Leaves.files(dir));
    }

    private void isRightAndMadeAnew(Leaves leaves, int limit, String what) {
        try (LeafIndex index = open(leaves, limit)) {
            assertEquals(List.of(), leaves.wrong(index), what);
            index.maintain();
            long before = leaves.asked();
            assertEquals(List.of(), leaves.wrong(index), what);
            // a damaged run would ask for all that it has
            assertEquals(leaves.size(), Math.max(leaves.size(), leaves.asked() - before), what);
        }
    }

    private void changeEach(int stride, Leaves leaves, int limit) throws IOException {
        for (String name : Leaves.files(dir)) {
            Path file = dir.resolve(name);
            byte[] intact = Files.readAllBytes(file);
            for (int at = 0; at < intact.length; at += stride) {
                byte[] changed = intact.clone();
                changed[at] ^= (byte) (1 << at % 8);
                Files.write(file, changed);
                isRightAndMadeAnew(leaves, limit, name + " byte " + at);
                assertArrayEquals(intact, Files.readAllBytes(file), name + " byte " + at);
            }
        }
    }

    @Nested
    class AChangedFile {

        @Test
        void isNoticedByAnyByteOfASmallIndex() throws IOException {
            Leaves leaves = Leaves.spread(0, 16);
            make(leaves, 12, "0-12.run", "12-16.run");
            changeEach(1, leaves, 12);
        }

        @Test
        void isNoticedByBytesOfALargerIndex() throws IOException {
            Leaves leaves = Leaves.spread(0, 1100);
            make(leaves, 1000, "0-1000.run", "1000-1100.run");
            changeEach(151, leaves, 1000);
        }

        @Test
        void isNoticedByItsLength() throws IOException {
            Leaves leaves = Leaves.spread(0, 5);
            make(leaves, 10, "0-5.run");
            Path file = dir.resolve("0-5.run");
            byte[] intact = Files.readAllBytes(file);
            for (int length = 0; length < intact.length + 20; length += 3) {
                int changed = length < intact.length ? length : length + 1;
                Files.write(file, Arrays.copyOf(intact, changed));
                isRightAndMadeAnew(leaves, 10, "length " + changed);
                assertArrayEquals(intact, Files.readAllBytes(file), "length " + changed);
            }
            Files.write(file, Arrays.copyOfRange(intact, 16, intact.length)); // its end is right
            make(leaves, 10, "0-5.run");
            assertArrayEquals(intact, Files.readAllBytes(file));
        }

        @Test
        void isNoticedByATableThatCantBeThoughItsSumIsRight() throws IOException {
            Leaves leaves = Leaves.spread(0, 5);
            make(leaves, 10, "0-5.run");
            Path file = dir.resolve("0-5.run");
            byte[] intact = Files.readAllBytes(file);
            for (long[] starts : new long[][] {{0, 0, 0}, {0, 9, 5}, {5, 5, 5}, {0, -1, 5}}) {
                byte[] footer = new IndexFooter(0, 5, 5, leaves.apply(4), starts).toBytes();
                byte[] changed = intact.clone();
                System.arraycopy(footer, 0, changed, intact.length - footer.length, footer.length);
                Files.write(file, changed);
                isRightAndMadeAnew(leaves, 10, Arrays.toString(starts));
                assertArrayEquals(intact, Files.readAllBytes(file));
            }
        }

        @Test
        void isNoticedByPagesThatChangedPlaces() throws IOException {
            Leaves leaves = Leaves.spread(0, 1100);
            make(leaves, 1000, "0-1000.run", "1000-1100.run");
            Path file = dir.resolve("0-1000.run");
            byte[] intact = Files.readAllBytes(file);
            byte[] changed = intact.clone();
            System.arraycopy(intact, 0, changed, 4096, 4096);
            System.arraycopy(intact, 4096, changed, 0, 4096);
            Files.write(file, changed);
            isRightAndMadeAnew(leaves, 1000, "pages 0 and 1");
            assertArrayEquals(intact, Files.readAllBytes(file));
        }

        @Test
        void isNoticedWhileItIsOpenAndMergedOnceItIsMadeAnew() throws IOException {
            Leaves leaves = Leaves.spread(0, 40);
            try (LeafIndex index = open(leaves, 10)) {
                assertEquals(List.of("0-30.run"), Leaves.files(dir));
                for (int i = 40; i < 70; i++) {
                    leaves.append(Leaves.spread(i));
                }
                leaves.addTo(index);
                Path file = dir.resolve("0-30.run");
                byte[] changed = Files.readAllBytes(file);
                changed[100] ^= 1;
                Files.write(file, changed);
                index.maintain(); // meets the damage, and can't merge
                assertEquals(List.of("0-30.run", "30-40.run", "40-50.run", "50-60.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
                index.maintain();
                assertEquals(List.of("0-60.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
            }
            isRightAndMadeAnew(leaves, 10, "afterwards");
        }
    }

    /** Its files say that they are in order, but the log has other leaves. */
    @Nested
    class TheIndexOfAnotherLog {

        @Test
        void isRecognisedByTheLastLeafOfARun() {
            make(Leaves.spread(0, 40), 30, "0-30.run", "30-40.run");
            isRightAndMadeAnew(Leaves.spread(100, 140), 30, "another log");
            isRightAndMadeAnew(Leaves.spread(0, 40), 30, "the first log");
        }

        @Test
        void isRecognisedByALeafThatHasAnotherPrefix() {
            Leaves other = Leaves.spread(0, 20);
            make(other, 10, "0-10.run", "10-20.run");
            Leaves leaves = new Leaves();
            for (int i = 0; i < 20; i++) {
                leaves.append(Leaves.spread(i == 3 ? 100 : i));
            }
            try (LeafIndex index = open(leaves, 10)) {
                assertEquals(OptionalLong.empty(), index.find(Leaves.spread(3)));
                index.maintain();
                assertEquals(List.of(), leaves.wrong(index));
            }
        }
    }

    @Nested
    class OpenKeeps {

        private final Leaves leaves = Leaves.spread(0, 100);

        @Test
        void whatIsThereBesideARunThatIsMissing() throws IOException {
            try (LeafIndex index = open(new Leaves(), 30)) {
                leaves.addTo(index);
            }
            assertEquals(List.of("0-30.run", "30-60.run", "60-90.run", "90-100.run"), Leaves.files(dir));
            Files.delete(dir.resolve("30-60.run"));
            long before = leaves.asked();
            try (LeafIndex index = open(leaves, 30)) {
                assertEquals(before + 30 + 3, leaves.asked());
                assertEquals(List.of(), leaves.wrong(index));
            }
        }

        @Test
        void noRunThatGoesBeyondTheLog() {
            make(leaves, 30, "0-90.run", "90-100.run");
            leaves.truncate(95);
            make(leaves, 30, "0-90.run", "90-95.run");
            leaves.truncate(89);
            make(leaves, 30, "0-60.run", "60-89.run");
            isRightAndMadeAnew(leaves, 30, "the shorter log");
        }

        /** A crash between the end of a merge and the deletion of what was merged. */
        @Test
        void theLongerOneOfRunsThatOverlap() throws IOException {
            try (LeafIndex index = open(new Leaves(), 30)) {
                leaves.addTo(index);
                Path before = Logs.copy(dir, dir.resolveSibling(dir.getFileName() + "-before"));
                index.maintain();
                Files.copy(before.resolve("0-30.run"), dir.resolve("0-30.run"));
                Files.copy(before.resolve("30-60.run"), dir.resolve("30-60.run"));
            }
            long before = leaves.asked();
            make(leaves, 30, "0-90.run", "90-100.run");
            assertEquals(before + 2, leaves.asked());
            isRightAndMadeAnew(leaves, 30, "after the crash");
        }

        @Test
        void noFileThatLooksLikeARunAndIsNone() throws IOException {
            make(leaves, 30, "0-90.run", "90-100.run");
            Files.copy(dir.resolve("90-100.run"), dir.resolve("100-110.run"));
            Files.copy(dir.resolve("90-100.run"), dir.resolve("0-100.run"));
            Files.writeString(dir.resolve("x.run"), "hello");
            Files.writeString(dir.resolve("90-100.run.part"), "hello");
            make(leaves, 30, "0-90.run", "90-100.run");
        }

        @Test
        void anyOtherFile() throws IOException {
            Files.writeString(dir.resolve("notes.txt"), "hello");
            Files.createDirectory(dir.resolve("folder"));
            make(leaves, 30, "0-90.run", "90-100.run", "folder", "notes.txt");
            isRightAndMadeAnew(leaves, 30, "beside other files");
        }
    }
}
