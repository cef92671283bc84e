package io.vaultmesh.core.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger finds what a log must not do: shown by logs that are as they should be, and ledgers that were told otherwise. */
class LedgerTest {

    @TempDir
    Path temp;

    private final Tally tally = new Tally();
    private final Ledger ledger = new Ledger(new Random(1), tally);

    private Path log() {
        return temp.resolve("log");
    }

    private static byte[] entry(int number) {
        return ("entry " + number).getBytes(UTF_8);
    }

    private static Hash hash(int number) {
        return MerkleTree.leafHash(entry(number));
    }

    private static List<Hash> hashes(int from, int to) {
        return IntStream.range(from, to).mapToObj(LedgerTest::hash).toList();
    }

    private void append(int from, int to) {
        try (MerkleLog open = Keys.open(log())) {
            open.appendAll(IntStream.range(from, to).mapToObj(LedgerTest::entry).toList());
        }
    }

    private void finds(String what) {
        AssertionError found = assertThrows(AssertionError.class, () -> ledger.check(Place.directory(log())));
        assertTrue(found.getMessage().contains(what), found::getMessage);
    }

    @Nested
    class OfALogOfFive {

        @BeforeEach
        void aLogOfFive() {
            append(0, 5);
        }

        @Test
        void passesWhatIsThere() {
            ledger.acknowledge(0, hashes(0, 5));
            ledger.check(Place.directory(log()));
            assertEquals(5, tally.appends());
            assertEquals(6, ledger.size());
            ledger.check(Place.directory(log()));
            assertEquals(7, ledger.size());
        }

        @Test
        void findsAnAcknowledgedEntryThatIsAbsent() {
            ledger.acknowledge(0, hashes(0, 6));
            finds("size is 5, but 0 entries were seen before, and index 5 was acknowledged");
        }

        @Test
        void findsAnEntryThatIsAnotherThanWasAcknowledged() {
            ledger.acknowledge(0, List.of(hash(0), hash(1), hash(3), hash(2), hash(4)));
            finds("index 2: " + hash(2) + ", acknowledged was " + hash(3));
        }

        @Test
        void findsAnEntryThatNobodyAppended() {
            ledger.acknowledge(0, hashes(0, 4));
            finds("index 4: " + hash(4) + ", nothing was acknowledged, in no call that was under way");
        }

        @Test
        void findsAnIndexThatWasGivenTwice() {
            ledger.acknowledge(0, hashes(0, 2));
            assertThrows(AssertionError.class, () -> ledger.acknowledge(1, hashes(7, 8)));
            ledger.acknowledge(2, hashes(2, 5));
            ledger.check(Place.directory(log()));
            assertThrows(AssertionError.class, () -> ledger.acknowledge(4, hashes(7, 8)));
        }

        @Test
        void findsAnEntryThatIsGoneSince() throws IOException {
            ledger.acknowledge(0, hashes(0, 5));
            ledger.check(Place.directory(log()));
            Directories.delete(log());
            append(0, 3);
            finds("size is 3, but 6 entries were seen before");
        }

        @Test
        void findsAnEntryThatWasReplacedSince() throws IOException {
            ledger.acknowledge(0, hashes(0, 5));
            ledger.check(Place.directory(log()));
            Directories.delete(log());
            append(1, 7);
            finds(", acknowledged was ");
        }

        @Test
        void findsACheckpointOfAnotherLog() {
            ledger.acknowledge(0, hashes(0, 5));
            try (MerkleLog other = Keys.open(temp.resolve("other"))) {
                other.append(entry(7));
                ledger.gaveOut(other.checkpoint());
            }
            finds("what was logged before was changed");
        }

        @Test
        void findsACheckpointThatIsAheadOfTheLog() {
            ledger.acknowledge(0, hashes(0, 5));
            try (MerkleLog other = Keys.open(temp.resolve("other"))) {
                other.appendAll(
                        IntStream.range(0, 6).mapToObj(LedgerTest::entry).toList());
                ledger.gaveOut(other.checkpoint());
            }
            finds("the log has 5 entries, at the checkpoint it had 6");
        }

        @Test
        void findsAPublishedFileThatWasChanged() throws IOException {
            ledger.acknowledge(0, hashes(0, 5));
            Path bundle = log().resolve("tile/entries/000.p/5");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[3] ^= 1;
            Files.write(bundle, bytes);
            finds("fsck beside the crashed writer");
        }
    }

    /** Calls of a child, of three entries each, that was killed after it acknowledged the first one. */
    @Nested
    class OfAChildThatWasKilled {

        private final BiFunction<Integer, Integer, Call> calls =
                (thread, number) -> new Call(thread, number, Call.Kind.APPEND_ALL, 3, 100L * thread + number);

        private void logs(Call... made) {
            try (MerkleLog open = Keys.open(log())) {
                for (Call call : made) {
                    open.appendAll(call.entries());
                }
            }
        }

        private Told told(Fact.Kind... ofTheNextCalls) {
            Told told = new Told(2, calls);
            told.add(Fact.of(Fact.Kind.APPENDED, calls.apply(0, 0), 0));
            for (int i = 0; i < ofTheNextCalls.length; i++) {
                told.add(Fact.of(ofTheNextCalls[i], calls.apply(0, 1 + i), 0));
            }
            return told;
        }

        @Test
        void passesCallsThatWereUnderWayInAnyOrder() {
            logs(calls.apply(0, 0), calls.apply(1, 0), calls.apply(0, 1));
            ledger.add(told());
            ledger.check(Place.directory(log()));
            assertEquals(10, ledger.size());
        }

        @Test
        void passesNoneOfThem() {
            logs(calls.apply(0, 0));
            ledger.add(told());
            ledger.check(Place.directory(log()));
            assertEquals(4, ledger.size());
        }

        @Test
        void findsHalfAGroup() {
            logs(calls.apply(0, 0));
            try (MerkleLog open = Keys.open(log())) {
                open.appendAll(calls.apply(0, 1).entries().subList(0, 2));
            }
            ledger.add(told());
            finds("nothing was acknowledged, entry 1 of 3 of call 0");
        }

        @Test
        void findsAGroupThatIsThereTwice() {
            logs(calls.apply(0, 0), calls.apply(0, 1), calls.apply(0, 1));
            ledger.add(told());
            finds("nothing was acknowledged");
        }

        @Test
        void findsACallThatWasNotUnderWay() {
            logs(calls.apply(0, 0), calls.apply(0, 2));
            ledger.add(told());
            finds("in no call that was under way");
        }

        @Test
        void findsACallThatWasRefusedAndLoggedAllTheSame() {
            logs(calls.apply(0, 0), calls.apply(0, 1));
            ledger.add(told(Fact.Kind.REFUSED));
            finds("in no call that was under way");
        }

        @Test
        void passesACallOfWhichNobodyKnewWhetherItWasLogged() {
            logs(calls.apply(0, 0), calls.apply(0, 1));
            ledger.add(told(Fact.Kind.UNKNOWN, Fact.Kind.REFUSED));
            ledger.check(Place.directory(log()));
            assertEquals(7, ledger.size());
        }

        @Test
        void believesWhatTheChildSaysIsBroken() {
            Told told = told();
            told.add(Fact.broken("a proof doesn't hold"));
            assertThrows(AssertionError.class, () -> ledger.add(told));
        }
    }

    @Nested
    class OfAChangedByte {

        @Test
        void findsEntriesThatAreLostInSilence() throws IOException {
            append(0, 2);
            Files.write(log().resolve("tile/stray"), new byte[1]);
            FlippedByte flipped = new FlippedByte(log(), FlippedByte.files(log()), hashes(0, 3));
            AssertionError lost =
                    assertThrows(AssertionError.class, () -> flipped.change(Path.of("tile/stray"), 0, (byte) 1));
            assertEquals("opened with 2 entries of 3", lost.getMessage());
        }

        @Test
        void knowsWhoNoticed() throws IOException {
            append(0, 300);
            Files.write(log().resolve("tile/stray"), new byte[1]);
            FlippedByte flipped = new FlippedByte(log(), FlippedByte.files(log()), hashes(0, 300));
            assertEquals(FlippedByte.Noticed.BY_OPEN, flipped.change(Path.of("checkpoint"), 9, (byte) 0));
            assertEquals(FlippedByte.Noticed.BY_FSCK, flipped.change(Path.of("tile/0/000"), 9, (byte) 0));
            assertEquals(FlippedByte.Noticed.UNUSED, flipped.change(Path.of("tile/stray"), 0, (byte) 1));
        }
    }
}
