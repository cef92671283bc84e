package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a request is accepted, and that it is once. */
class RequestReplayTest extends RequestFixture {

    @Nested
    class Time {

        @Test
        void isOverAfterAMinute() {
            Sent sent = request();
            clock.set(Instant.ofEpochSecond(START + 159, 999_999_999));
            assertEquals(signer.id(), sent.to(verifier).from());
            Sent late = request(MessageSigner.of(KEY, new MutableClock(START + 100), new Random(5)));
            clock.set(START + 160);
            refused(Reason.EXPIRED, late);
        }

        @Test
        void isNotGrantedForLonger() {
            refused(Reason.PARAMETERS, forged(input -> expires(input, START + 161)));
            refused(Reason.PARAMETERS, forged(input -> expires(input, START + 100)));
            refused(Reason.PARAMETERS, forged(input -> expires(input, START + 99)));
            assertEquals(
                    signer.id(),
                    forged(input -> expires(input, START + 101)).to(verifier).from());
        }

        @Test
        void isNotAheadByMoreThan30Seconds() {
            refused(Reason.CLOCK, request(MessageSigner.of(KEY, new MutableClock(START + 131), new Random(6))));
        }

        private String expires(String input, long seconds) {
            return input.replaceAll("expires=[0-9]+", "expires=" + seconds);
        }
    }

    @Nested
    class Replays {

        @Test
        void areRefused() {
            Sent sent = request();
            assertFalse(sent.to(verifier).from().did().isEmpty());
            refused(Reason.REPLAYED, sent);
            clock.set(START + 159);
            refused(Reason.REPLAYED, sent);
        }

        @Test
        void areRefusedAfterTheVerifierWasStartedAnew() {
            Sent before = request();
            RequestVerifier again = new RequestVerifier(signer.id()::equals, Set.of(HOST), clock);
            before.isRefused(again, Reason.BEFORE_START);
            request().isRefused(again, Reason.BEFORE_START); // within the same second
            clock.set(START + 101);
            before.isRefused(again, Reason.BEFORE_START);
            assertEquals(signer.id(), request().to(again).from());
        }

        @Test
        void areRefusedThoughTheClockIsSetBack() {
            Sent sent = request();
            assertFalse(sent.to(verifier).from().did().isEmpty());
            clock.set(START + 300);
            assertFalse(request().to(verifier).from().did().isEmpty()); // by now the first nonce is forgotten
            clock.set(START + 110);
            refused(Reason.EXPIRED, sent);
        }

        @Test
        void ofTheSameNonceByAnotherPeerAreNone() {
            Ed25519PrivateKey otherKey = Ed25519PrivateKey.ofSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
            MessageSigner one = MessageSigner.of(KEY, clock, new Random(7));
            MessageSigner other = MessageSigner.of(otherKey, clock, new Random(7));
            MutableClock later = new MutableClock(START);
            RequestVerifier both = new RequestVerifier(id -> true, Set.of(HOST), later);
            later.set(START + 100);
            assertEquals(one.id(), request(one).to(both).from());
            assertEquals(other.id(), request(other).to(both).from());
        }

        @Test
        void byStrangersDontUseUpANonce() {
            Sent sent = request();
            refused(Reason.SIGNATURE, sent.with("Signature", SignatureValue.of(new byte[64])));
            assertEquals(signer.id(), sent.to(verifier).from());
        }

        @Test
        void atOncePassOnce() throws InterruptedException, ExecutionException {
            int threads = 4;
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                CyclicBarrier together = new CyclicBarrier(threads);
                for (int round = 0; round < 200; round++) {
                    Sent sent = request();
                    List<Future<Boolean>> passed = new ArrayList<>();
                    for (int i = 0; i < threads; i++) {
                        Callable<Boolean> attempt = () -> {
                            int unused = together.await();
                            return passes(sent);
                        };
                        passed.add(pool.submit(attempt));
                    }
                    int count = 0;
                    for (Future<Boolean> one : passed) {
                        count += one.get() ? 1 : 0;
                    }
                    assertEquals(1, count, "round " + round);
                }
            } finally {
                pool.shutdownNow();
            }
        }

        private boolean passes(Sent sent) {
            try {
                return sent.to(verifier).from().equals(signer.id());
            } catch (SignatureRefused e) {
                assertEquals(Reason.REPLAYED, e.reason());
                return false;
            }
        }
    }
}
