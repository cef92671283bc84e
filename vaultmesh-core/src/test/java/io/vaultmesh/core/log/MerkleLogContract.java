package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.merkle.InclusionProof;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A log, wherever it is: once in memory and once in a directory. */
abstract class MerkleLogContract {

    private final MerkleLog log = emptyLog();

    abstract MerkleLog emptyLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Nested
    class Append {

        @Test
        void returnsTheNextIndexAndTheLeafHash() {
            assertEquals(new Appended(0, MerkleTree.leafHash(Logs.entry(0))), log.append(Logs.entry(0)));
            assertEquals(new Appended(1, MerkleTree.leafHash(Logs.entry(0))), log.append(Logs.entry(0)));
            assertEquals(2, log.size());
        }

        @Test
        void takesSeveralInOrder() {
            List<Appended> appended = log.appendAll(Logs.entries(0, 5));
            assertEquals(
                    List.of(0L, 1L, 2L, 3L, 4L),
                    appended.stream().map(Appended::index).toList());
            assertEquals(List.of(), log.appendAll(List.of()));
            assertEquals(5, log.size());
        }

        @Test
        void takesFromNothingToTheLongestEntry() {
            byte[] longest = new byte[LogEntry.MAX_LENGTH];
            longest[65_534] = 1;
            log.append(new byte[0]);
            log.append(longest);
            assertArrayEquals(new byte[0], log.entry(0).bytes());
            assertArrayEquals(longest, log.entry(1).bytes());
            log.fsck().orThrow();
        }

        @Test
        void keepsTheRootOfEverySizeBefore() {
            List<Hash> roots = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                roots.add(log.root());
                log.append(Logs.entry(i));
            }
            roots.add(log.root());
            for (int size = 0; size <= 600; size++) {
                assertEquals(roots.get(size), log.root(size));
            }
            for (long size : new long[] {-1, 601, Long.MAX_VALUE}) {
                assertEquals(
                        "size is " + size + ", expected 0 to 600",
                        assertThrows(IllegalArgumentException.class, () -> log.root(size))
                                .getMessage());
            }
        }

        @Test
        void refusesALongerEntryAndLogsNothing() {
            log.append(Logs.entry(0));
            Hash root = log.root();
            String expected = "the entry has 65536 bytes, expected at most 65535; log the hash of a larger one";
            assertEquals(
                    expected,
                    assertThrows(IllegalArgumentException.class, () -> log.append(new byte[65_536]))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> log.appendAll(List.of(Logs.entry(1), new byte[65_536], Logs.entry(2))))
                            .getMessage());
            assertEquals(1, log.size());
            assertEquals(root, log.root());
            assertEquals(1, log.append(Logs.entry(1)).index());
            log.fsck().orThrow();
        }

        @Test
        void refusesNullAndGoesOn() {
            assertThrows(NullPointerException.class, () -> log.append(null));
            assertThrows(NullPointerException.class, () -> log.appendAll(Arrays.asList(Logs.entry(0), null)));
            assertThrows(NullPointerException.class, () -> log.appendAll(null));
            assertEquals(0, log.size());
            assertEquals(new Appended(0, MerkleTree.leafHash(Logs.entry(0))), log.append(Logs.entry(0)));
        }

        @Test
        void copiesTheEntryInAndOut() {
            byte[] entry = Logs.entry(0);
            log.append(entry);
            entry[0] = 'X';
            log.entry(0).bytes()[0] = 'Y';
            assertArrayEquals(Logs.entry(0), log.entry(0).bytes());
            log.fsck().orThrow();
        }

        @Test
        void byManyThreadsGivesEachItsOwnIndex() throws InterruptedException {
            Set<Long> indexes = new ConcurrentSkipListSet<>();
            CountDownLatch start = new CountDownLatch(4);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(() -> {
                    start.countDown();
                    for (int i = 0; i < 75; i++) {
                        Appended appended = log.append(Logs.entry(i));
                        if (log.proveInclusion(appended.index()).index() == appended.index()) {
                            indexes.add(appended.index());
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(300, indexes.size());
            assertEquals(300, log.size());
            log.fsck().orThrow();
        }

        @Test
        void onAClosedLogIsRefused() {
            log.close();
            log.close();
            assertEquals(
                    "the log example.com/log is closed",
                    assertThrows(IllegalStateException.class, () -> log.append(Logs.entry(0)))
                            .getMessage());
            assertThrows(IllegalStateException.class, log::publish);
            assertThrows(IllegalStateException.class, () -> log.fsck().passed());
        }

        @Test
        void andSoIsReadingOnAClosedLog() {
            Logs.grow(log, 3);
            TrustedCheckpoint before = log.checkpoint();
            log.close();
            for (Executable read : List.<Executable>of(
                    log::checkpoint,
                    () -> log.entry(0),
                    () -> log.entries().toList(),
                    () -> log.proveInclusion(0),
                    () -> log.proveConsistency(1, 2),
                    () -> assertTrue(log.verify(before).holds()))) {
                assertEquals(
                        "the log example.com/log is closed",
                        assertThrows(IllegalStateException.class, read).getMessage());
            }
            assertEquals(3, log.size());
            assertEquals(before.root(), log.root());
        }
    }

    @Nested
    class Entries {

        @Test
        void areReadBackWhereverTheyAre() {
            Logs.grow(log, 600); // two full bundles and the tail
            for (int index : new int[] {0, 255, 256, 511, 512, 599}) {
                LogEntry entry = log.entry(index);
                assertEquals(index, entry.index());
                assertEquals("entry " + index, entry.text());
                assertEquals(MerkleTree.leafHash(Logs.entry(index)), entry.leafHash());
            }
            assertEquals(600, log.entries().count());
            assertEquals(
                    List.of("entry 254", "entry 255", "entry 256"),
                    log.entries(254, 257).map(LogEntry::text).toList());
            assertEquals(0, log.entries(600, 600).count());
        }

        @Test
        void thatDoNotExistAreRefused() {
            Logs.grow(log, 3);
            for (long index : new long[] {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertEquals(
                        "there is no entry " + index + " in a log of 3",
                        assertThrows(IndexOutOfBoundsException.class, () -> log.entry(index))
                                .getMessage());
            }
            long[][] ranges = {{-1, 2}, {2, 1}, {0, 4}, {4, 4}};
            for (long[] range : ranges) {
                assertEquals(
                        "entries " + range[0] + " to " + range[1] + " of a log of 3, expected 0 <= from <= to <= size",
                        assertThrows(IndexOutOfBoundsException.class, () -> log.entries(range[0], range[1]))
                                .getMessage());
            }
        }

        @Test
        void thatAreIntactAreShownByFsck() {
            Logs.grow(log, 300);
            List<LogEntry> intact = new ArrayList<>();
            log.fsck(intact::add).orThrow();
            assertEquals(log.entries().toList(), intact);
        }

        @Test
        void areValues() {
            log.append(new byte[] {(byte) 0xff});
            log.append(new byte[] {(byte) 0xff});
            LogEntry entry = log.entry(0);
            assertEquals(entry, log.entry(0));
            assertEquals(entry.hashCode(), log.entry(0).hashCode());
            assertNotEquals(entry, log.entry(1));
            assertNotEquals(entry, "x");
            assertEquals("\ufffd", entry.text());
            assertEquals("entry 0, 1 bytes, leaf hash " + entry.leafHash(), entry.toString());
        }
    }

    @Nested
    class Checkpoints {

        @Test
        void areSignedOverEveryEntry() {
            TrustedCheckpoint empty = log.checkpoint();
            assertEquals(0, empty.size());
            assertEquals(MerkleTree.emptyRoot(), empty.root());
            Logs.grow(log, 300);
            TrustedCheckpoint now = log.checkpoint();
            assertEquals(300, now.size());
            assertEquals(log.root(), now.root());
            assertEquals("example.com/log", now.origin());
            assertTrue(now.note().verify(log.verifier()).holds());
            assertEquals(now, TrustedCheckpoint.verify(now.note(), log.verifier()));
            assertSame(now, log.checkpoint());
            assertEquals(
                    now.hashCode(),
                    TrustedCheckpoint.verify(now.note(), log.verifier()).hashCode());
            assertNotEquals(now, empty);
            assertEquals("example.com/log at size 300, root " + log.root(), now.toString());
        }

        @Test
        void showThatNothingWasChangedSince() {
            List<TrustedCheckpoint> earlier = new ArrayList<>(List.of(log.checkpoint()));
            for (long size : new long[] {1, 2, 255, 256, 257, 511, 512, 600}) {
                Logs.grow(log, size);
                earlier.add(log.checkpoint());
            }
            for (TrustedCheckpoint since : earlier) {
                assertTrue(log.verify(since).holds(), since::toString);
                if (since.size() > 0) {
                    ConsistencyProof proof = log.proveConsistency(since.size(), 600);
                    assertTrue(log.checkpoint().continues(since, proof).holds(), since::toString);
                }
            }
        }

        @Test
        void ofAnotherHistoryAreNotThePast() {
            MerkleLog other = MerkleLog.inMemory(Logs.SIGNER);
            Logs.grow(log, 5);
            other.append("something else".getBytes(UTF_8));
            Logs.grow(other, 5);
            assertEquals(
                    "at size 5 the log has root " + log.root() + ", the checkpoint has " + other.root()
                            + ": what was logged before was changed",
                    log.verify(other.checkpoint()).reason().orElseThrow());
            Logs.grow(other, 6);
            assertEquals(
                    "the log has 5 entries, at the checkpoint it had 6",
                    log.verify(other.checkpoint()).reason().orElseThrow());
            assertEquals(
                    "the checkpoint is of in-memory, this log is example.com/log",
                    log.verify(MerkleLog.inMemory().checkpoint()).reason().orElseThrow());
        }
    }

    @Nested
    class Proofs {

        @Test
        void ofEveryEntryAtEverySizeAroundATileVerify() {
            NoteVerifier key = log.verifier();
            for (long size : new long[] {1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513}) {
                Logs.grow(log, size);
                for (long index = 0; index < size; index += 1 + size / 16) {
                    LogProof proof = log.proveInclusion(index);
                    assertTrue(proof.verify(Logs.entry(index), key).holds(), index + " in " + size);
                    assertFalse(proof.verify(Logs.entry(index + 1), key).holds(), index + " in " + size);
                }
                assertTrue(log.proveInclusion(size - 1)
                        .verify(Logs.entry(size - 1), key)
                        .holds());
            }
        }

        @Test
        void areRefusedForWhatTheLogDoesNotHave() {
            Logs.grow(log, 3);
            assertEquals(
                    "leaf index is 3, expected 0 to 2 in a tree of 3",
                    assertThrows(IllegalArgumentException.class, () -> log.proveInclusion(3))
                            .getMessage());
            assertEquals(
                    "new size is 4, the log has 3",
                    assertThrows(IllegalArgumentException.class, () -> log.proveConsistency(1, 4))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> log.proveConsistency(0, 3));
            assertThrows(IllegalArgumentException.class, () -> log.proveConsistency(3, 2));
        }

        @Test
        void withForgedCoordinatesAreRefused() {
            Logs.grow(log, 8);
            TrustedCheckpoint now = log.checkpoint();
            InclusionProof proof =
                    new InclusionProof(5, 8, log.proveInclusion(5).hashes());
            Hash leaf = log.entry(5).leafHash();
            assertTrue(now.includes(proof, leaf).holds());
            // the index
            for (int index = 0; index < 8; index++) {
                boolean holds = now.includes(new InclusionProof(index, 8, proof.hashes()), leaf)
                        .holds();
                assertEquals(index == 5, holds, "index " + index);
            }
            // the size: 5..8 have proofs of the same length for this leaf
            for (int size = 6; size <= 8; size++) {
                try {
                    boolean holds = now.includes(new InclusionProof(5, size, proof.hashes()), leaf)
                            .holds();
                    assertEquals(size == 8, holds, "size " + size);
                } catch (IllegalArgumentException wrongLength) {
                    assertTrue(size < 8);
                }
            }
            // the leaf
            for (int other = 0; other < 8; other++) {
                assertEquals(
                        other == 5,
                        now.includes(proof, log.entry(other).leafHash()).holds());
            }
            assertTrue(now.includes(proof, proof.hashes().get(0))
                    .reason()
                    .orElseThrow()
                    .contains("leads to root"));
            // an older checkpoint
            Logs.grow(log, 9);
            assertEquals(
                    "the proof is for a tree of 8, the checkpoint has 9",
                    log.checkpoint().includes(proof, leaf).reason().orElseThrow());
        }

        @Test
        void ofConsistencyWithForgedCoordinatesAreRefused() {
            Logs.grow(log, 5);
            TrustedCheckpoint five = log.checkpoint();
            Logs.grow(log, 8);
            TrustedCheckpoint eight = log.checkpoint();
            ConsistencyProof proof = log.proveConsistency(5, 8);
            assertTrue(eight.continues(five, proof).holds());
            assertEquals(
                    "the proof is from size 5 to 8, the checkpoints have 8 and 5",
                    five.continues(eight, proof).reason().orElseThrow());
            assertFalse(eight.continues(five, log.proveConsistency(6, 8)).holds());
            assertFalse(eight.continues(five, log.proveConsistency(5, 7)).holds());
            MerkleLog other = MerkleLog.inMemory(Logs.signer("example.com/other", 1));
            Logs.grow(other, 5);
            assertEquals(
                    "the earlier checkpoint is of example.com/other, this one of example.com/log",
                    eight.continues(other.checkpoint(), proof).reason().orElseThrow());
        }
    }
}
