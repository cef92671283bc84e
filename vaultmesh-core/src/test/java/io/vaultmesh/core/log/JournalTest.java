package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash may leave in a journal, and what can only be damage. */
class JournalTest {

    private static final int BLOCK = 512;

    @TempDir
    Path temp;

    private int copies;

    private static byte[] of(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** The journal of a log with three entries and two groups more, of these entries. */
    private byte[] journal(byte[] first, byte[] last) throws IOException {
        Path dir = temp.resolve("log" + copies++);
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 3);
            log.append(first);
            log.append(last);
            return Files.readAllBytes(Logs.segment(dir));
        }
    }

    private static int blocks(byte[] entry) {
        return (52 + 2 + entry.length + 495) / 496;
    }

    /** A log that has published nothing and has this journal. */
    private Path with(byte[] journal) throws IOException {
        Path dir = temp.resolve("crashed" + copies++);
        Logs.open(dir).close();
        Files.write(dir.resolve("journal/0000000001"), journal);
        return dir;
    }

    private void isTorn(byte[] journal, long size) throws IOException {
        Path dir = with(journal);
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(size, log.size());
            log.append(Logs.entry(9));
            byte[] after = Files.readAllBytes(Logs.segment(dir));
            assertEquals(journal.length, after.length);
        }
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(size + 1, log.size());
            log.fsck().orThrow();
        }
    }

    private void isDamaged(byte[] journal) throws IOException {
        isDamaged(journal, "journal");
    }

    private void isDamaged(byte[] journal, String what) throws IOException {
        Path dir = with(journal);
        String message =
                assertThrows(LogDamagedException.class, () -> Logs.open(dir)).getMessage();
        assertTrue(message.contains(what), message);
        assertArrayEquals(journal, Files.readAllBytes(Logs.segment(dir)), "nothing may be lost");
    }

    private static JournalReader.End read(Path dir) throws IOException {
        Tail tail = new Tail();
        return new JournalReader(Disk.at(dir), JournalReader.continuing(tail, group -> {
                    for (int i = 0; i < group.entries().count(); i++) {
                        byte[] entry = group.entries().entry(i);
                        tail.append(entry, 0, entry.length, (path, content) -> {});
                    }
                }))
                .read();
    }

    @Nested
    class ATornGroup {

        @Test
        void hasLostAnyOfItsBlocks() throws IOException {
            byte[] last = of(4 * 496, 'y');
            byte[] journal = journal(of(100, 'x'), last);
            int blocks = blocks(last);
            assertEquals(5, blocks);
            for (int lost = 1; lost < 1 << blocks; lost++) {
                byte[] torn = journal.clone();
                for (int block = 0; block < blocks; block++) {
                    if ((lost & 1 << block) != 0) {
                        Arrays.fill(torn, (2 + block) * BLOCK, (3 + block) * BLOCK, (byte) 0);
                    }
                }
                isTorn(torn, 4);
            }
        }

        @Test
        void isTheFirstOneToo() throws IOException {
            Path dir = temp.resolve("log");
            byte[] journal;
            try (MerkleLog log = Logs.open(dir)) {
                log.append(of(2000, 'x'));
                journal = Files.readAllBytes(Logs.segment(dir));
            }
            byte[] torn = journal.clone();
            Arrays.fill(torn, 0, BLOCK, (byte) 0);
            isTorn(torn, 0);
        }

        @Test
        void hasZerosOfItsOwnThatAreNotMistaken() throws IOException {
            byte[] journal = journal(new byte[3000], new byte[3000]);
            try (MerkleLog log = Logs.open(with(journal))) {
                assertEquals(5, log.size());
            }
            Arrays.fill(journal, 10 * BLOCK, 11 * BLOCK, (byte) 0);
            isTorn(journal, 4);
        }
    }

    @Nested
    class ADamagedGroup {

        @Test
        void isFollowedByAnother() throws IOException {
            byte[] journal = journal(of(3000, 'x'), of(10, 'y'));
            for (int block = 1; block < 8; block++) {
                byte[] changed = journal.clone();
                Arrays.fill(changed, block * BLOCK, (block + 1) * BLOCK, (byte) 0);
                isDamaged(changed, "is not what was written, or what was written at byte " + BLOCK);
            }
        }

        @Test
        void hasAnyChangedByte() throws IOException {
            byte[] journal = journal(new byte[0], of(900, 'y'));
            Path alone = Files.createDirectories(temp.resolve("alone"));
            Files.createDirectories(alone.resolve("journal"));
            Files.write(alone.resolve("journal/0000000001"), journal);
            assertEquals(3, read(alone).nextGroup() - 1);
            for (int at = 0; at < 6 * BLOCK; at++) {
                for (int value : new int[] {0, journal[at] ^ 1, journal[at] ^ 0x80}) {
                    if (journal[at] != (byte) value) {
                        byte[] changed = journal.clone();
                        changed[at] = (byte) value;
                        Files.write(alone.resolve("journal/0000000001"), changed);
                        assertThrows(LogDamagedException.class, () -> read(alone), "byte " + at + " is " + value);
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 100, 511, 513, 1024, 1536})
        void hasLostItsEnd(int length) throws IOException {
            isDamaged(Arrays.copyOf(journal(of(2000, 'x'), of(900, 'y')), BLOCK + length));
        }

        /** With checksums that are right: no crash writes such a group. */
        @ParameterizedTest
        @CsvSource({
            "0, 4, has the entries from 4",
            "0, -1, says that it has",
            "8, 2, that don't fill",
            "8, 0, that don't fill",
            "8, 2000000000, says that it has",
            "12, 3, that don't fill",
            "12, 2000000000, says that it has",
            "16, 64, was written into a file of 64 blocks",
            "20, 1, continues a log of size 4 and root"
        })
        void saysWhatCantBe(int at, int value, String expected) throws IOException {
            byte[] journal = journal(of(5, 'x'), of(10, 'y'));
            ByteBuffer block = ByteBuffer.wrap(journal, 2 * BLOCK, BLOCK).slice();
            if (at == 0) {
                block.putLong(16, value == 4 ? 5 : value);
            } else {
                block.putInt(16 + at, value);
            }
            CRC32C crc = new CRC32C();
            crc.update(block.slice(4, BLOCK - 4));
            block.putInt(0, (int) crc.getValue());
            isDamaged(journal, expected.equals("has the entries from 4") ? "has the entries from 5" : expected);
        }
    }

    @Nested
    class Segments {

        private final byte[] large = of(60_000, 'x');

        /** A crashed log of five entries in a journal of several files. */
        private Path crashed() {
            Path dir = temp.resolve("log");
            try (MerkleLog log = Logs.open(dir)) {
                for (int i = 0; i < 5; i++) {
                    log.append(large);
                }
                return Logs.copy(dir, temp.resolve("copy" + copies++));
            }
        }

        @Test
        void followEachOther() throws IOException {
            Path dir = crashed();
            try (MerkleLog log = Logs.open(dir)) {
                assertEquals(5, log.size());
                for (int i = 0; i < 5; i++) {
                    assertArrayEquals(large, log.entry(i).bytes());
                }
                log.fsck().orThrow();
            }
            assertEquals(List.of(), new FileDisk(dir).list("journal"), "all is published");
        }

        @Test
        void growFourfold() throws IOException {
            Path dir = crashed();
            List<String> names =
                    new FileDisk(dir).list("journal").stream().sorted().toList();
            assertEquals(65536, Files.size(dir.resolve("journal").resolve(names.get(0))));
            assertEquals(262144, Files.size(dir.resolve("journal").resolve(names.get(1))));
        }

        @Test
        void areNotMissedWhereOneIsGone() throws IOException {
            Path dir = crashed();
            Files.delete(dir.resolve("journal/0000000001"));
            String message = assertThrows(LogDamagedException.class, () -> Logs.open(dir))
                    .getMessage();
            assertTrue(message.contains("expected them to continue the log at size 0"), message);
        }

        @Test
        void areNotMissedWhereOneIsEmpty() throws IOException {
            Path dir = crashed();
            Files.write(dir.resolve("journal/0000000001"), new byte[65536]);
            String message = assertThrows(LogDamagedException.class, () -> Logs.open(dir))
                    .getMessage();
            assertTrue(message.contains("behind a file that was never written"), message);
        }

        @Test
        void thatWereOnlyPreparedAreTakenAway() throws IOException {
            Path dir = crashed();
            Files.write(dir.resolve("journal/0000000009"), new byte[1000]);
            Logs.open(dir).close();
            assertFalse(Files.exists(dir.resolve("journal/0000000009")));
        }

        @Test
        void haveRoomForAGroupOfAnySize() throws IOException {
            Path dir = temp.resolve("log");
            Path copy;
            try (MerkleLog log = Logs.open(dir)) {
                log.append(Logs.entry(0));
                log.appendAll(java.util.Collections.nCopies(20, large));
                copy = Logs.copy(dir, temp.resolve("copy"));
            }
            try (MerkleLog log = Logs.open(copy)) {
                assertEquals(21, log.size());
            }
        }

        @Test
        void areDeletedOnceTheyArePublished() throws IOException {
            Path dir = temp.resolve("log");
            try (MerkleLog log = Logs.open(dir)) {
                for (int i = 0; i < 5; i++) {
                    log.append(large);
                }
                log.publish();
                assertFalse(Files.exists(dir.resolve("journal/0000000001")));
                log.fsck().orThrow();
                log.append(large);
                try (MerkleLog again = Logs.open(Logs.copy(dir, temp.resolve("copy")))) {
                    assertEquals(6, again.size());
                }
            }
        }
    }

    @Test
    void isCutOnlyWhenEverythingElseIsInOrder() throws IOException {
        byte[] torn = journal(of(5, 'x'), of(1000, 'y'));
        Arrays.fill(torn, 2 * BLOCK, 3 * BLOCK, (byte) 0);
        Path dir = with(torn);
        Files.createDirectories(dir.resolve("tile/0"));
        Files.write(dir.resolve("tile/0/000"), new byte[8192]);
        for (int i = 0; i < 2; i++) {
            String message = assertThrows(LogDamagedException.class, () -> Logs.open(dir))
                    .getMessage();
            assertTrue(message.contains("files of a larger log"), message);
            assertArrayEquals(torn, Files.readAllBytes(Logs.segment(dir)));
        }
        assertEquals(List.of("000"), new DirectoryStore(dir).list("tile/0"));
    }

    @Test
    void isCheckedByFsckWhileItsLogIsOpen() throws IOException {
        Path dir = temp.resolve("log");
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 3);
            assertEquals(Outcome.PASS, log.fsck().check("journal").orElseThrow().outcome());
            byte[] journal = Files.readAllBytes(Logs.segment(dir));
            journal[100] ^= 1;
            Files.write(Logs.segment(dir), journal);
            assertEquals(Outcome.FAIL, log.fsck().check("journal").orElseThrow().outcome());
        }
    }

    @Test
    void thatCouldNotBePublishedIsMarkedClosed() throws IOException {
        Path dir = temp.resolve("log");
        MerkleLog log = Logs.open(dir);
        Logs.grow(log, 3);
        Path inTheWay = Files.createDirectories(dir.resolve("tile/entries/000.p/3.part/x"));
        assertThrows(java.io.UncheckedIOException.class, log::close);
        byte[] journal = Files.readAllBytes(Logs.segment(dir));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        Arrays.fill(journal, 0, BLOCK, (byte) 0); // would be the trace of a crash, if it weren't for the mark
        Files.write(Logs.segment(dir), journal);
        assertThrows(LogDamagedException.class, () -> Logs.open(dir));
    }
}
