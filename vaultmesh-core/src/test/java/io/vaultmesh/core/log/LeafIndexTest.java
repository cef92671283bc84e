package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafIndexTest {

    @TempDir
    Path dir;

    private LeafIndex open(Leaves leaves, long size, int limit) {
        return LeafIndex.open(new IndexDirectory(dir, FileOutputStream::new), size, leaves, limit);
    }

    @Nested
    class Find {

        @Test
        void isEmptyInAnEmptyLog() {
            try (LeafIndex index = LeafIndex.open(dir.resolve("new/index"), 0, new Leaves())) {
                assertEquals(OptionalLong.empty(), index.find(Leaves.hash(0, 0)));
                assertEquals(0, index.size());
            }
            assertEquals(List.of(), Leaves.files(dir.resolve("new/index")));
        }

        /** In two runs, the table that waits to be written, and the newest one. */
        @Test
        void givesTheFirstOfSeveralIndexesWhereverTheyAre() {
            Leaves leaves = new Leaves();
            for (int i = 0; i < 40; i++) {
                leaves.append(Leaves.spread(i % 10 + i / 10)); // 0..9, 1..10, 2..11, 3..12
            }
            try (LeafIndex index = open(leaves, 0, 10)) {
                leaves.addTo(index);
                assertEquals(List.of("0-10.run", "10-20.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
                index.maintain();
                assertEquals(List.of("0-30.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
            }
            try (LeafIndex index = open(leaves, 40, 10)) {
                assertEquals(List.of(), leaves.wrong(index));
            }
        }

        @Test
        void tellsHashesWithEqualPrefixesApart() {
            Leaves leaves = new Leaves();
            for (int i = 0; i < 3000; i++) {
                leaves.append(Leaves.hash(i % 3 == 0 ? i : 0x4000_0000_0000_0000L, i)); // 2000 have one prefix
            }
            try (LeafIndex index = open(leaves, 0, 1300)) {
                leaves.addTo(index);
                assertEquals(List.of(), leaves.wrong(index, List.of(Leaves.hash(0x4000_0000_0000_0000L, -1))));
                index.maintain();
                assertEquals(List.of(), leaves.wrong(index, List.of(Leaves.hash(0x4000_0000_0000_0000L, -1))));
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {0, Long.MAX_VALUE - 5000, Long.MIN_VALUE, -10_000})
        void findsPrefixesThatAreNotSpreadEvenly(long first) {
            Leaves leaves = new Leaves();
            for (int i = 0; i < 5000; i++) {
                leaves.append(Leaves.hash(first + 2 * i, i));
            }
            try (LeafIndex index = open(leaves, 5000, 2000)) {
                assertEquals(List.of("0-4000.run"), Leaves.files(dir));
                for (int i = 0; i < 5000; i++) {
                    assertEquals(OptionalLong.of(i), index.find(leaves.apply(i)));
                    assertEquals(OptionalLong.empty(), index.find(Leaves.hash(first + 2 * i + 1, i)));
                    assertEquals(OptionalLong.empty(), index.find(Leaves.hash(first + 2 * i, -1)));
                }
                assertEquals(OptionalLong.empty(), index.find(Leaves.hash(first - 1, 0)));
            }
        }

        @Test
        void asksForALeafOnlyIfItMayBeTheOne() {
            Leaves leaves = Leaves.spread(0, 10_000);
            try (LeafIndex index = open(leaves, 10_000, 1000)) {
                long before = leaves.asked();
                for (int i = 0; i < 9000; i++) {
                    assertEquals(OptionalLong.of(i), index.find(Leaves.spread(i)));
                    assertEquals(OptionalLong.empty(), index.find(Leaves.spread(-1 - i)));
                }
                assertEquals(before + 9000, leaves.asked());
                assertEquals(OptionalLong.of(9000), index.find(Leaves.spread(9000)));
                assertEquals(before + 9000, leaves.asked(), "the newest ones are in memory");
            }
        }

        /** A leaf is asked for between two runs, and by then the second one is gone. */
        @Test
        void goesOnWithTheRunsThatTookThePlaceOfOthers() {
            LeafIndex[] opened = new LeafIndex[1];
            Leaves leaves = new Leaves();
            for (int i = 0; i < 30; i++) {
                leaves.append(Leaves.hash(i % 10, i));
            }
            try (LeafIndex index = LeafIndex.open(
                    new IndexDirectory(dir, FileOutputStream::new),
                    0,
                    i -> {
                        opened[0].maintain();
                        return leaves.apply(i);
                    },
                    10)) {
                opened[0] = index;
                leaves.addTo(index);
                assertEquals(List.of("0-10.run"), Leaves.files(dir));
                index.makeRoom(10);
                assertEquals(List.of("0-10.run", "10-20.run"), Leaves.files(dir));
                assertEquals(OptionalLong.of(15), index.find(Leaves.hash(5, 15)));
                assertEquals(List.of("0-30.run"), Leaves.files(dir));
            }
        }
    }

    @Nested
    class InAnInterruptedThread {

        @Test
        void everythingWorksAndTheThreadStaysInterrupted() {
            Leaves leaves = Leaves.spread(0, 50);
            Thread.currentThread().interrupt();
            try (LeafIndex index = open(leaves, 0, 10)) {
                leaves.addTo(index);
                assertEquals(List.of(), leaves.wrong(index));
                index.maintain();
                assertEquals(List.of("0-40.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
            }
            assertTrue(Thread.interrupted());
            try (LeafIndex index = open(leaves, 50, 10)) {
                assertEquals(List.of(), leaves.wrong(index));
            }
        }
    }

    @Nested
    class Add {

        @Test
        void refusesAnyIndexButTheNext() {
            Leaves leaves = Leaves.spread(0, 3);
            try (LeafIndex index = open(leaves, 3, 10)) {
                for (long wrong : new long[] {-1, 2, 4}) {
                    String message = assertThrows(
                                    IllegalArgumentException.class, () -> index.add(wrong, Leaves.spread(3)))
                            .getMessage();
                    assertEquals("index is " + wrong + ", expected 3", message);
                }
                index.add(3, Leaves.spread(3));
                assertEquals(OptionalLong.of(3), index.find(Leaves.spread(3)));
            }
        }

        @Test
        void takesMoreThanTheTableShouldHoldAndMaintainWritesIt() {
            Leaves leaves = Leaves.spread(0, 1000);
            try (LeafIndex index = open(leaves, 0, 10)) {
                index.makeRoom(1000);
                for (int i = 0; i < 1000; i++) {
                    index.add(i, Leaves.spread(i));
                }
                assertEquals(List.of(), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
                index.maintain();
                assertEquals(List.of("0-1000.run"), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
            }
        }

        @Test
        void ofTheSameLeafAgainAndAgainTakesNoPlace() {
            Leaves leaves = new Leaves();
            for (int i = 0; i < 1000; i++) {
                leaves.append(Leaves.spread(i % 9));
            }
            try (LeafIndex index = open(leaves, 0, 10)) {
                leaves.addTo(index);
                assertEquals(List.of(), Leaves.files(dir));
                assertEquals(List.of(), leaves.wrong(index));
            }
            assertEquals(List.of("0-1000.run"), Leaves.files(dir));
            try (LeafIndex index = open(leaves, 1000, 10)) {
                assertEquals(List.of(), leaves.wrong(index));
            }
        }
    }

    @Nested
    class Close {

        @Test
        void writesWhatIsInMemorySoThatOpenAsksForNoLeafButTheLastOfEachRun() {
            Leaves leaves = Leaves.spread(0, 95);
            try (LeafIndex index = open(leaves, 0, 10)) {
                leaves.addTo(index);
                index.maintain();
                leaves.addTo(index);
            }
            long before = leaves.asked();
            try (LeafIndex index = open(leaves, 95, 10)) {
                assertEquals(before + Leaves.files(dir).size(), leaves.asked());
                assertEquals(List.of(), leaves.wrong(index));
            }
        }

        @Test
        void canBeCalledTwiceAndNothingElseAfterItButMaintain() {
            LeafIndex index = open(Leaves.spread(0, 5), 5, 2);
            index.close();
            List<String> files = Leaves.files(dir);
            index.close();
            index.maintain();
            assertEquals(files, Leaves.files(dir));
            Hash hash = Leaves.spread(0);
            for (Executable act :
                    List.<Executable>of(() -> index.find(hash), () -> index.makeRoom(1), () -> index.add(5, hash))) {
                assertEquals(
                        "the index is closed",
                        assertThrows(IllegalStateException.class, act).getMessage());
            }
        }
    }
}
