package io.vaultmesh.federation.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.guard.Entry.Admitted;
import io.vaultmesh.federation.guard.Entry.Refused;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

    static final PeerId BEA = peer(1);
    static final PeerId CAL = peer(2);
    static final NamespaceName DAO = new NamespaceName("dao:vaultmesh");
    static final NamespaceName FIN = new NamespaceName("fin:clearing");

    private final SetClock clock = new SetClock();
    private final Guard guard = new Guard(new Quota(2, 3, 1000, 5000), 100, clock);

    static PeerId peer(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return PeerId.of(Ed25519PrivateKey.ofSeed(seed).publicKey());
    }

    private Entry enter(PeerId peer, NamespaceName namespace) {
        return guard.enter(peer, namespace, 0);
    }

    @CanIgnoreReturnValue
    private static Refused refused(Entry entry, Refusal reason) {
        Refused refused = assertInstanceOf(Refused.class, entry);
        assertEquals(reason, refused.reason());
        return refused;
    }

    @CanIgnoreReturnValue
    private static Admitted admitted(Entry entry) {
        return assertInstanceOf(Admitted.class, entry);
    }

    private void spendRequests() {
        for (int i = 0; i < 3; i++) {
            admitted(enter(BEA, DAO)).close();
        }
    }

    @Nested
    class Requests {
        @Test
        void areAdmittedUpToTheBurstAndThenAtTheRate() {
            spendRequests();
            Refused refused = refused(enter(BEA, DAO), Refusal.REQUESTS);
            assertEquals(Duration.ofMillis(501), refused.retryAfter());
            clock.pass(Duration.ofMillis(499));
            refused(enter(BEA, DAO), Refusal.REQUESTS);
            clock.pass(Duration.ofMillis(2));
            admitted(enter(BEA, DAO));
            refused(enter(BEA, DAO), Refusal.REQUESTS);
        }

        @Test
        void areNotChargedIfRefused() {
            spendRequests();
            for (int i = 0; i < 1000; i++) {
                refused(enter(BEA, DAO), Refusal.REQUESTS);
            }
            clock.pass(Duration.ofMillis(501));
            admitted(enter(BEA, DAO));
        }

        @Test
        void ofOnePeerAreNoOthersBusiness() {
            spendRequests();
            admitted(enter(CAL, DAO));
        }

        @Test
        void aboutOneNamespaceDontCountInAnother() {
            spendRequests();
            admitted(enter(BEA, FIN));
        }

        @Test
        void areNeverMoreThanTheBurstAfterAPause() {
            spendRequests();
            clock.pass(Duration.ofDays(365_000));
            spendRequests();
            refused(enter(BEA, DAO), Refusal.REQUESTS);
        }
    }

    @Nested
    class Bytes {
        @Test
        void ofRequestsAreCharged() {
            admitted(guard.enter(BEA, DAO, 4000));
            Refused refused = refused(guard.enter(BEA, DAO, 2000), Refusal.BYTES);
            assertEquals(Duration.ofMillis(1001), refused.retryAfter());
            admitted(guard.enter(BEA, DAO, 1000));
        }

        @Test
        void ofAnAnswerMakeADebtThatIsWaitedOff() {
            Admitted request = admitted(guard.enter(BEA, DAO, 0));
            request.charge(9000);
            request.close();
            assertEquals(
                    Duration.ofMillis(4001),
                    refused(guard.enter(BEA, DAO, 0), Refusal.BYTES).retryAfter());
            admitted(guard.enter(CAL, DAO, 0));
            clock.pass(Duration.ofMillis(4001));
            admitted(guard.enter(BEA, DAO, 0));
        }

        @Test
        void ofALateAnswerAreChargedToWhatIsThereThen() {
            Admitted request = admitted(guard.enter(BEA, DAO, 4000));
            clock.pass(Duration.ofMinutes(1));
            request.charge(9000);
            assertEquals(
                    Duration.ofMillis(4001),
                    refused(guard.enter(BEA, DAO, 0), Refusal.BYTES).retryAfter());
        }

        @Test
        void beyondTheBurstNeedAFullBucketAndMakeADebt() {
            admitted(guard.enter(BEA, DAO, 1));
            assertEquals(
                    Duration.ofMillis(2),
                    refused(guard.enter(BEA, DAO, 20_000), Refusal.BYTES).retryAfter());
            clock.pass(Duration.ofMillis(2));
            admitted(guard.enter(BEA, DAO, 20_000));
            assertEquals(
                    Duration.ofMillis(15_001),
                    refused(guard.enter(BEA, DAO, 0), Refusal.BYTES).retryAfter());
        }

        @Test
        void thatARefusedRequestHadAreNotCharged() {
            admitted(guard.enter(BEA, DAO, 4000));
            for (int i = 0; i < 100; i++) {
                refused(guard.enter(BEA, DAO, 2000), Refusal.BYTES);
            }
            admitted(guard.enter(BEA, DAO, 1000));
        }

        @Test
        void andRequestsBothHaveToSuffice() {
            spendRequests();
            Refused refused = refused(guard.enter(BEA, DAO, 5000), Refusal.REQUESTS);
            assertEquals(Duration.ofMillis(501), refused.retryAfter());
            clock.pass(Duration.ofMillis(501));
            admitted(guard.enter(BEA, DAO, 5000));
            refused = refused(guard.enter(BEA, DAO, 5000), Refusal.REQUESTS);
            assertEquals(Duration.ofMillis(5001), refused.retryAfter(), "the longer wait");
        }

        @ParameterizedTest
        @CsvSource({"-1", "1099511627777", "9223372036854775807"})
        void outsideTheirBoundsAreAMistake(long bytes) {
            String message = "bytes is " + bytes + ", expected 0 to 1099511627776";
            var atFirst = assertThrows(IllegalArgumentException.class, () -> {
                var unused = guard.enter(BEA, DAO, bytes);
            });
            Admitted request = admitted(enter(BEA, DAO));
            var afterwards = assertThrows(IllegalArgumentException.class, () -> request.charge(bytes));
            if (bytes < Long.MAX_VALUE) { // which a double can't tell from the next one
                assertEquals(message, atFirst.getMessage());
                assertEquals(message, afterwards.getMessage());
            }
        }
    }

    @Nested
    class Places {
        private final Guard narrow = new Guard(Quota.DEFAULT, 2, clock);

        @Test
        void ofANamespaceAreBounded() {
            Admitted one = admitted(narrow.enter(BEA, DAO, 0));
            admitted(narrow.enter(CAL, DAO, 0));
            Refused refused = refused(narrow.enter(BEA, DAO, 0), Refusal.BUSY);
            assertEquals(Duration.ofSeconds(1), refused.retryAfter());
            admitted(narrow.enter(BEA, FIN, 0));
            one.close();
            admitted(narrow.enter(BEA, DAO, 0));
            refused(narrow.enter(BEA, DAO, 0), Refusal.BUSY);
        }

        @Test
        void areGivenBackOnce() {
            Admitted one = admitted(narrow.enter(BEA, DAO, 0));
            admitted(narrow.enter(BEA, DAO, 0));
            one.close();
            one.close();
            admitted(narrow.enter(BEA, DAO, 0));
            refused(narrow.enter(BEA, DAO, 0), Refusal.BUSY);
        }

        @Test
        void areGivenBackByAPeerThatWasForgotten() {
            Admitted one = admitted(narrow.enter(BEA, DAO, 0));
            admitted(narrow.enter(BEA, DAO, 0));
            narrow.forget(BEA);
            refused(narrow.enter(BEA, DAO, 0), Refusal.BUSY);
            one.close();
            admitted(narrow.enter(BEA, DAO, 0));
        }

        @Test
        void thatAreTakenCostTheRefusedNothing() {
            Guard both = new Guard(new Quota(0.001, 2, 1, 100), 1, clock);
            Admitted other = admitted(both.enter(CAL, DAO, 0));
            for (int i = 0; i < 100; i++) {
                refused(both.enter(BEA, DAO, 100), Refusal.BUSY);
            }
            other.close();
            admitted(both.enter(BEA, DAO, 100)).close();
        }
    }

    @Nested
    class Misbehaviour {
        private void misbehaves(int times) {
            for (int i = 0; i < times; i++) {
                guard.misbehaved(BEA);
            }
        }

        @Test
        void isForgivenUpToNineTimes() {
            misbehaves(9);
            assertEquals(9, guard.score(BEA));
            assertFalse(guard.isGreylisted(BEA));
            admitted(enter(BEA, DAO));
        }

        @Test
        void greylistsAtTenPointsUntilLessThanFiveAreLeft() {
            misbehaves(10);
            assertTrue(guard.isGreylisted(BEA));
            Refused refused = refused(enter(BEA, DAO), Refusal.GREYLISTED);
            assertEquals(Duration.ofMillis(600_001), refused.retryAfter());
            refused(enter(BEA, FIN), Refusal.GREYLISTED);
            clock.pass(Duration.ofMinutes(10));
            assertEquals(5, guard.score(BEA), 1e-9);
            assertTrue(guard.isGreylisted(BEA));
            clock.pass(Duration.ofMillis(1));
            assertFalse(guard.isGreylisted(BEA));
            admitted(enter(BEA, DAO));
        }

        @Test
        void isForgottenByHalvesInTenMinutes() {
            misbehaves(8);
            clock.pass(Duration.ofMinutes(10));
            assertEquals(4, guard.score(BEA), 1e-9);
            clock.pass(Duration.ofMinutes(20));
            assertEquals(1, guard.score(BEA), 1e-9);
            misbehaves(8);
            assertFalse(guard.isGreylisted(BEA), "9 points");
            misbehaves(1);
            assertTrue(guard.isGreylisted(BEA), "10 points");
        }

        @Test
        void greylistsAgainOnlyAtTenPoints() {
            misbehaves(10);
            clock.pass(Duration.ofMinutes(11));
            assertFalse(guard.isGreylisted(BEA));
            misbehaves(5);
            assertFalse(guard.isGreylisted(BEA));
            misbehaves(1);
            assertTrue(guard.isGreylisted(BEA));
        }

        @Test
        void countsAfterWhatIsForgotten() {
            misbehaves(9);
            clock.pass(Duration.ofMinutes(10));
            misbehaves(5);
            assertFalse(guard.isGreylisted(BEA), "9.5 points");
        }

        @Test
        void ofOnePeerIsNotAnothers() {
            misbehaves(100);
            assertEquals(0, guard.score(CAL));
            assertFalse(guard.isGreylisted(CAL));
            admitted(enter(CAL, DAO));
        }

        @Test
        void isGoneWithThePeer() {
            misbehaves(100);
            guard.forget(BEA);
            assertEquals(0, guard.score(BEA));
            spendRequests();
            guard.forget(BEA);
            admitted(enter(BEA, DAO));
        }
    }

    @Nested
    class Clock {
        @Test
        void setBackMakesNobodyWaitLonger() {
            spendRequests();
            Duration before = refused(enter(BEA, DAO), Refusal.REQUESTS).retryAfter();
            clock.set(Instant.parse("1970-01-01T00:00:00Z"));
            assertEquals(before, refused(enter(BEA, DAO), Refusal.REQUESTS).retryAfter());
            clock.pass(before);
            admitted(enter(BEA, DAO));
        }

        @Test
        void setBackKeepsNobodyOnTheGreylistForLonger() {
            for (int i = 0; i < 10; i++) {
                guard.misbehaved(BEA);
            }
            clock.set(Instant.EPOCH);
            assertEquals(10, guard.score(BEA));
            clock.pass(refused(enter(BEA, DAO), Refusal.GREYLISTED).retryAfter());
            admitted(enter(BEA, DAO));
        }

        @Test
        void atItsEndsBreaksNothing() {
            clock.set(Instant.MIN);
            spendRequests();
            clock.set(Instant.MAX);
            spendRequests();
            guard.misbehaved(BEA);
            clock.set(Instant.MIN);
            refused(enter(BEA, DAO), Refusal.REQUESTS);
            assertEquals(1, guard.score(BEA));
        }
    }

    @Nested
    class Threads {
        private List<Entry> enterAtOnce(Guard shared, int threads, int each) throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            CyclicBarrier start = new CyclicBarrier(threads);
            Callable<List<Entry>> caller = () -> {
                start.await();
                List<Entry> entries = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    entries.add(shared.enter(BEA, DAO, 0));
                }
                return entries;
            };
            try {
                List<Entry> all = new ArrayList<>();
                for (Future<List<Entry>> one : pool.invokeAll(Collections.nCopies(threads, caller))) {
                    all.addAll(one.get());
                }
                return all;
            } finally {
                pool.shutdownNow();
            }
        }

        @Test
        void getNoMorePlacesThanThereAre() throws Exception {
            List<Entry> all = enterAtOnce(new Guard(Quota.DEFAULT, 50, clock), 8, 50);
            assertEquals(
                    50, all.stream().filter(entry -> entry instanceof Admitted).count());
        }

        @Test
        void getNoMoreThanTheBurst() throws Exception {
            List<Entry> all = enterAtOnce(new Guard(new Quota(1, 300, 1, 1), 10_000, clock), 8, 100);
            assertEquals(
                    300, all.stream().filter(entry -> entry instanceof Admitted).count());
        }
    }

    @Nested
    class BadNumbers {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "0|1|1|1|requestsPerSecond is 0, expected 0.001 to 1000000",
                    "NaN|1|1|1|requestsPerSecond is NaN, expected 0.001 to 1000000",
                    "Infinity|1|1|1|requestsPerSecond is Infinity, expected 0.001 to 1000000",
                    "1|0|1|1|requestBurst is 0, expected 1 to 1000000",
                    "1|1|0.5|1|bytesPerSecond is 0.5, expected 1 to 1099511627776",
                    "1|1|1|0|byteBurst is 0, expected 1 to 1099511627776"
                })
        void areNoQuota(double requests, int requestBurst, double bytes, long byteBurst, String message) {
            assertEquals(
                    message,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> new Quota(requests, requestBurst, bytes, byteBurst).requestBurst())
                            .getMessage());
        }

        @Test
        void areNoPlaces() {
            assertEquals(
                    "concurrent is 0, expected at least 1",
                    assertThrows(IllegalArgumentException.class, () -> new Guard(Quota.DEFAULT, 0, clock).score(BEA))
                            .getMessage());
        }

        @Test
        void areNoWait() {
            assertThrows(IllegalArgumentException.class, () -> new Refused(Refusal.BUSY, Duration.ZERO).reason());
        }
    }

    @Test
    void theDefaultIsWhatItsDocumentationSays() {
        assertEquals(new Quota(100, 500, 33_554_432, 134_217_728), Quota.DEFAULT);
    }
}
