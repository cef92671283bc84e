package io.vaultmesh.federation.signature;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.util.Collections;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {

    private static final PeerId ONE = id(1);
    private static final PeerId OTHER = id(2);

    private final NonceMemory memory = new NonceMemory();

    private static PeerId id(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return PeerId.of(Ed25519PrivateKey.ofSeed(seed).publicKey());
    }

    private void remember(PeerId key, int nonce, long created, long now) {
        memory.remember(
                key,
                new SignatureParameters(
                        created, created + 60, HexFormat.of().toHexDigits(nonce).repeat(4), key.did()),
                now);
    }

    private void refused(Reason reason, PeerId key, int nonce, long created, long now) {
        SignatureRefused refused = assertThrows(SignatureRefused.class, () -> remember(key, nonce, created, now));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }

    @Test
    void remembersANonceFor120Seconds() {
        remember(ONE, 1, 1000, 1000);
        refused(Reason.REPLAYED, ONE, 1, 1060, 1060);
        refused(Reason.REPLAYED, ONE, 1, 1120, 1120);
        assertDoesNotThrow(() -> remember(ONE, 1, 1121, 1121));
    }

    @Test
    void refusesMoreThanItHoldsOfAKeyUntilOlderOnesAreForgotten() {
        for (int i = 0; i < NonceMemory.MOST; i++) {
            remember(ONE, i, 1000 + (i & 1), 1000 + (i & 1));
        }
        refused(Reason.TOO_MANY, ONE, NonceMemory.MOST, 1002, 1002);
        refused(Reason.REPLAYED, ONE, 0, 1002, 1002);
        assertDoesNotThrow(() -> remember(OTHER, 0, 1002, 1002), "another key has a memory of its own");
        refused(Reason.TOO_MANY, ONE, NonceMemory.MOST, 1120, 1120);
        assertDoesNotThrow(() -> remember(ONE, NonceMemory.MOST, 1121, 1121));
    }

    @Test
    void takesANonceOnceFromManyThreads() throws InterruptedException, ExecutionException {
        int nonces = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> attempt = () -> {
                int passed = 0;
                for (int nonce = 0; nonce < nonces; nonce++) {
                    passed += isNew(nonce) ? 1 : 0;
                }
                return passed;
            };
            int passed = 0;
            for (Future<Integer> one : pool.invokeAll(Collections.nCopies(4, attempt))) {
                passed += one.get();
            }
            assertEquals(nonces, passed);
        } finally {
            pool.shutdownNow();
        }
    }

    private boolean isNew(int nonce) {
        try {
            remember(ONE, nonce, 1000, 1000);
            return true;
        } catch (SignatureRefused e) {
            assertEquals(Reason.REPLAYED, e.reason());
            return false;
        }
    }

    @Test
    void takesNothingAgainThatItHasForgotten() {
        remember(ONE, 1, 1030, 1000); // by a clock that is ahead
        remember(ONE, 2, 1130, 1130);
        refused(Reason.EXPIRED, ONE, 1, 1030, 1000);
        refused(Reason.EXPIRED, ONE, 3, 1030, 1089);
        assertDoesNotThrow(() -> remember(ONE, 1, 1031, 1089));
    }
}
