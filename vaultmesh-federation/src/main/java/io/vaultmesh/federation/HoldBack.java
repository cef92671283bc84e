package io.vaultmesh.federation;

import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.wire.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whom not to ask for now: who misbehaved, and who asked to be left alone for a while. Thread-safe. */
final class HoldBack {

    private final Guard guard;
    private final InstantSource clock;
    private final Map<PeerId, Instant> until = new ConcurrentHashMap<>();

    HoldBack(Guard guard, InstantSource clock) {
        this.guard = guard;
        this.clock = clock;
    }

    void note(PeerId peer, Response response) {
        if (response.retryAfter().isZero()) {
            until.remove(peer);
        } else {
            until.put(peer, clock.instant().plus(response.retryAfter()));
        }
    }

    /** Why a peer is not asked; empty if it may be. */
    Optional<String> reason(PeerId peer) {
        if (guard.isGreylisted(peer)) {
            return Optional.of("the peer misbehaved too often, and is not asked for a while");
        }
        Instant end = until.get(peer);
        return end != null && clock.instant().isBefore(end)
                ? Optional.of("the peer asked not to be asked until " + end)
                : Optional.empty();
    }

    void forget(PeerId peer) {
        until.remove(peer);
    }
}
