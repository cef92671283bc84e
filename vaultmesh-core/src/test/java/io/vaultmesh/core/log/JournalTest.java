package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.merkle.CompactRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
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

    @TempDir
    Path temp;

    private int copies;

    private static byte[] of(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** The journal of a log with three entries and two groups more, the first of them of a length. */
    private byte[] journal(int length, byte[] last) throws IOException {
        Path dir = temp.resolve("log" + copies++);
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 3);
            log.append(of(length, 'x'));
            log.append(last);
            return Files.readAllBytes(dir.resolve(Journal.FILE));
        }
    }

    private static int startOfLast(byte[] journal, byte[] last) {
        return journal.length - 24 - 2 - last.length - 32;
    }

    /** A log that has published nothing and has this journal. */
    private Path with(byte[] journal) throws IOException {
        Path dir = temp.resolve("crashed" + copies++);
        Logs.open(dir).close();
        Files.write(dir.resolve(Journal.FILE), journal);
        return dir;
    }

    private void isTorn(byte[] journal, int end) throws IOException {
        Path dir = with(journal);
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(4, log.size());
            log.append(Logs.entry(9));
        }
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(5, log.size(), "after the cut at " + end);
            log.fsck().orThrow();
        }
    }

    private void isDamaged(byte[] journal) throws IOException {
        Path dir = with(journal);
        String message =
                assertThrows(LogDamagedException.class, () -> Logs.open(dir)).getMessage();
        assertTrue(message.contains("journal: the group at byte "), message);
        assertArrayEquals(journal, Files.readAllBytes(dir.resolve(Journal.FILE)), "nothing may be lost");
    }

    @Nested
    class ATornGroup {

        @ParameterizedTest
        @ValueSource(ints = {512, 4096})
        void hasLostItsFirstPageAndKeptTheOthers(int page) throws IOException {
            byte[] last = of(9000, 'y');
            byte[] journal = journal(100, last);
            int start = startOfLast(journal, last);
            Arrays.fill(journal, start, (start / page + 1) * page, (byte) 0);
            isTorn(journal, start);
        }

        /** The first group is so long that the last one's header has some bytes before a border of blocks. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 8, 12, 16, 20, 23})
        void hasAHeaderOfWhichAPartWasWritten(int before) throws IOException {
            byte[] last = of(300, 'y');
            int length = 2048 - before - startOfLast(journal(0, last), last);
            byte[] journal = journal(length, last);
            int start = startOfLast(journal, last);
            assertEquals(2048 - before, start);
            byte[] torn = journal.clone();
            Arrays.fill(torn, 2048, journal.length, (byte) 0);
            isTorn(torn, start);
            if (before >= 4) { // less of a length is one byte that isn't zero, or none
                torn = journal.clone();
                Arrays.fill(torn, start, 2048, (byte) 0);
                isTorn(torn, start);
            }
        }
    }

    @Nested
    class ADamagedGroup {

        @Test
        void isFollowedByAnother() throws IOException {
            byte[] last = of(10, 'y');
            byte[] journal = journal(3000, last);
            int start = startOfLast(journal, last) - 24 - 2 - 3000 - 32;
            for (int from : new int[] {start, 1024}) {
                byte[] changed = journal.clone();
                Arrays.fill(changed, from, 1536, (byte) 0);
                isDamaged(changed);
            }
        }

        /** Wherever its header lies, and whatever zeros it has and is surrounded by. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 12, 16, 20, 21, 22, 23, 24})
        void hasAChangedByteInItsHeader(int before) throws IOException {
            byte[] last = new byte[2000];
            int length = 2048 - before - startOfLast(journal(0, last), last);
            byte[] journal = journal(length, last);
            int start = startOfLast(journal, last);
            for (int at = start; at < start + 24; at++) {
                for (int value : new int[] {0, journal[at] ^ 1, journal[at] ^ 0x80}) {
                    if (journal[at] != (byte) value) {
                        byte[] changed = journal.clone();
                        changed[at] = (byte) value;
                        isDamaged(changed);
                    }
                }
            }
        }

        @ParameterizedTest
        @CsvSource({"12, -1", "12, 2147483647", "12, 0", "12, 200000000", "4, -1"})
        void saysWhatCantBeInAForgedHeader(int at, int value) throws IOException {
            byte[] last = of(10, 'y');
            byte[] journal = journal(0, last);
            ByteBuffer header = ByteBuffer.wrap(journal)
                    .position(startOfLast(journal, last))
                    .slice();
            header.putInt(at, value);
            CRC32C crc = new CRC32C();
            crc.update(header.limit(20).slice());
            header.limit(24).putInt(20, (int) crc.getValue());
            isDamaged(journal);
        }
    }

    @Test
    void isCutOnlyWhenEverythingElseIsInOrder() throws IOException {
        Path dir = with(Arrays.copyOf(journal(0, of(10, 'y')), 200));
        byte[] journal = Files.readAllBytes(dir.resolve(Journal.FILE));
        Files.createDirectories(dir.resolve("tile/0"));
        Files.write(dir.resolve("tile/0/000"), new byte[8192]);
        for (int i = 0; i < 2; i++) {
            String message = assertThrows(LogDamagedException.class, () -> Logs.open(dir))
                    .getMessage();
            assertTrue(message.contains("files of a larger log"), message);
            assertArrayEquals(journal, Files.readAllBytes(dir.resolve(Journal.FILE)));
        }
        assertEquals(List.of("000"), new DirectoryStore(dir).list("tile/0"));
    }

    @Nested
    class OnADiskThat {

        private boolean refusesToTruncate;
        private boolean refusesToForce;

        private MerkleLog log() throws IOException {
            Path dir = Files.createDirectories(temp.resolve("log"));
            Path file = dir.resolve(Journal.FILE);
            RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw") {
                @Override
                public void setLength(long length) throws IOException {
                    if (refusesToTruncate) {
                        throw new IOException("Input/output error");
                    }
                    super.setLength(length);
                }

                @Override
                public void write(byte[] bytes) throws IOException {
                    super.write(bytes);
                    if (refusesToForce) {
                        close();
                    }
                }
            };
            Journal journal = new Journal(file, disk);
            journal.continueAfter(journal.replay(new CompactRange()));
            return new MerkleLog(
                    new DirectoryStore(dir), Logs.SIGNER, new OpenedLog(new Tail(), journal, null, null, true));
        }

        private void holds(long size) throws IOException {
            try (MerkleLog log = Logs.open(Logs.copy(temp.resolve("log"), temp.resolve("copy" + copies++)))) {
                assertEquals(Logs.rootOf(size), log.root());
                log.fsck().orThrow();
            }
        }

        @Test
        void refusesToTruncateKeepsWhatIsPublishedUntilTheNextTime() throws IOException {
            try (MerkleLog log = log()) {
                Logs.grow(log, 300);
                refusesToTruncate = true;
                Logs.grow(log, 600);
                Logs.grow(log, 601);
                log.publish();
                holds(601);
                Logs.grow(log, 602);
                holds(602);
                refusesToTruncate = false;
                log.publish();
                assertEquals(20, Files.size(temp.resolve("log/journal")));
                Logs.grow(log, 603);
                holds(603);
            }
        }

        @Test
        void refusesToForceStopsTheLogUntilItIsReopened() throws IOException {
            try (MerkleLog log = log()) {
                Logs.grow(log, 1);
                refusesToForce = true;
                String message = assertThrows(UncheckedIOException.class, () -> log.append(Logs.entry(1)))
                        .getMessage();
                assertTrue(message.contains("what it holds is unknown; reopen the log"), message);
                assertFalse(message.contains("null"), message);
                assertEquals(
                        "the log example.com/log failed before and must be reopened",
                        assertThrows(IllegalStateException.class, () -> log.append(Logs.entry(1)))
                                .getMessage());
                assertEquals(1, log.size());
            }
            holds(2); // as it happens, it had reached the disk
        }
    }
}
