package io.vaultmesh.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HoldBackTest {

    private static final PeerId PEER =
            PeerId.of(Ed25519PrivateKey.ofSeed(new byte[32]).publicKey());
    private static final Response LATER = Response.refused(429, "later").retryAfter(Duration.ofMinutes(5));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));
    private final Guard guard = new Guard(Quota.DEFAULT, 1, now::get);
    private final HoldBack holdBack = new HoldBack(guard, now::get);

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    private boolean isHeld() {
        return holdBack.reason(PEER).isPresent();
    }

    @Test
    void whoWantsAPauseHasIt() {
        assertEquals(Optional.empty(), holdBack.reason(PEER));
        holdBack.note(PEER, LATER);
        assertEquals(Optional.of("the peer asked not to be asked until 2026-11-24T08:05:00Z"), holdBack.reason(PEER));
        pass(Duration.ofMinutes(5).minusMillis(1));
        assertTrue(isHeld());
        pass(Duration.ofMillis(1));
        assertEquals(Optional.empty(), holdBack.reason(PEER));
    }

    @Test
    void aLaterAnswerAndLeavingEndThePause() {
        holdBack.note(PEER, LATER);
        holdBack.note(PEER, Response.ok(new byte[0]));
        assertEquals(Optional.empty(), holdBack.reason(PEER));
        holdBack.note(PEER, LATER);
        holdBack.forget(PEER);
        assertEquals(Optional.empty(), holdBack.reason(PEER));
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongThePause() {
        holdBack.note(PEER, LATER);
        pass(Duration.ofDays(-365));
        assertEquals(Optional.empty(), holdBack.reason(PEER));
    }

    @Test
    void whoMisbehavesIsNotAskedUntilThatIsForgotten() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), holdBack.reason(PEER));
            guard.misbehaved(PEER);
        }
        assertTrue(holdBack.reason(PEER).orElseThrow().contains("misbehaved too often"));
        pass(Duration.ofSeconds(599));
        assertTrue(isHeld());
        pass(Duration.ofSeconds(2));
        assertEquals(Optional.empty(), holdBack.reason(PEER));
    }
}
