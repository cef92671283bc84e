package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records are on their way from which peer, so that none is asked of two, and each crosses one link. A claim ends
 * when the record came, the peer said that it doesn't, or too much time passed.
 *
 * <p>A peer that didn't bring what it promised is still asked, but for a while keeps nothing from coming from others: a
 * hostile one could promise whatever others have, again and again. And no peer has more than so many claims, whatever it
 * promises. Not thread-safe.
 */
final class Claims {

    /** How many claims one peer may have: enough for the tail of a log, and for a round of a reconciliation. */
    static final int MOST_OF_A_PEER = 1 << 17;

    private record Claim(PeerId peer, Instant until) {}

    private final Map<Hash, Claim> claims = new HashMap<>();
    private final Map<PeerId, Integer> counts = new HashMap<>();
    private final Map<PeerId, Instant> unreliableUntil = new HashMap<>();
    private final Duration memory;
    private Instant nextExpiry = Instant.MIN;

    /** Claims that remember for some time who didn't keep a promise. */
    Claims(Duration memory) {
        this.memory = memory;
    }

    /** Claims a record for a peer, unless it is on its way already, from whomever, or the peer has too many. */
    boolean claim(Hash id, PeerId peer, Instant now, Instant until) {
        Claim claim = claims.get(id);
        if (claim != null && claim.until().isAfter(now) && !yields(claim, peer, now)) {
            return false;
        }
        if (counts.getOrDefault(peer, 0) >= MOST_OF_A_PEER) {
            return false;
        }
        if (claim != null) {
            remove(id, claim, now);
        }
        claims.put(id, new Claim(peer, until));
        counts.merge(peer, 1, Integer::sum);
        return true;
    }

    /** Whether a claim stands back behind another peer's, since its peer broke its word. */
    private boolean yields(Claim claim, PeerId peer, Instant now) {
        return !claim.peer().equals(peer)
                && unreliableUntil.getOrDefault(claim.peer(), Instant.MIN).isAfter(now);
    }

    private void remove(Hash id, Claim claim, Instant now) {
        claims.remove(id);
        counts.merge(claim.peer(), -1, Integer::sum);
        if (!claim.until().isAfter(now)) {
            broken(claim.peer(), now);
        }
    }

    private void broken(PeerId peer, Instant now) {
        unreliableUntil.put(peer, now.plus(memory));
    }

    /** What was claimed came, as far as it did: it is on its way no more. */
    void came(Hash id, PeerId peer) {
        Claim claim = claims.get(id);
        if (claim != null && claim.peer().equals(peer)) {
            claims.remove(id);
            counts.merge(peer, -1, Integer::sum);
        }
    }

    /** What a peer promised, and doesn't bring. */
    void failed(Collection<Hash> ids, PeerId peer, Instant now) {
        for (Hash id : ids) {
            came(id, peer);
        }
        if (!ids.isEmpty()) {
            broken(peer, now);
        }
    }

    /** Forgets what is over, now and then: that takes time for each claim. */
    void expire(Instant now) {
        if (now.isBefore(nextExpiry)) {
            return;
        }
        nextExpiry = now.plusSeconds(1);
        claims.entrySet().removeIf(entry -> {
            Claim claim = entry.getValue();
            boolean over = !claim.until().isAfter(now);
            if (over) {
                counts.merge(claim.peer(), -1, Integer::sum);
                broken(claim.peer(), now);
            }
            return over;
        });
        unreliableUntil.values().removeIf(until -> !until.isAfter(now));
    }

    void forgetAll() {
        claims.clear();
        counts.clear();
        unreliableUntil.clear();
        nextExpiry = Instant.MIN;
    }
}
