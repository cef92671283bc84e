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
    private final Map<PeerId, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(Instant from, Instant until) {

        /** A clock that is set back before the pause began ends it: or it would last as long as the clock was wrong. */
        boolean includes(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    HoldBack(Guard guard, InstantSource clock) {
        this.guard = guard;
        this.clock = clock;
    }

    void note(PeerId peer, Response response) {
        if (response.retryAfter().isZero()) {
            pauses.remove(peer);
        } else {
            Instant now = clock.instant();
            pauses.put(peer, new Pause(now, now.plus(response.retryAfter())));
        }
    }

    /** Why a peer is not asked; empty if it may be. */
    Optional<String> reason(PeerId peer) {
        if (guard.isGreylisted(peer)) {
            return Optional.of("the peer misbehaved too often, and is not asked for a while");
        }
        return Optional.ofNullable(pauses.get(peer))
                .filter(pause -> pause.includes(clock.instant()))
                .map(pause -> "the peer asked not to be asked until " + pause.until());
    }

    void forget(PeerId peer) {
        pauses.remove(peer);
    }
}
