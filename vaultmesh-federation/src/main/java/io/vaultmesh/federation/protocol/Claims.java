package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.peer.PeerId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records are on their way from which peer, so that none is asked of two, and each crosses one link. A claim ends
 * when the record came, the peer said that it doesn't, or too much time passed. Not thread-safe.
 */
final class Claims {

    private record Claim(PeerId peer, Instant until) {}

    private final Map<Hash, Claim> claims = new HashMap<>();

    /** Claims a record for a peer, unless it is on its way already, from whomever. */
    boolean claim(Hash id, PeerId peer, Instant now, Instant until) {
        Claim claim = claims.get(id);
        if (claim != null && claim.until().isAfter(now)) {
            return false;
        }
        claims.put(id, new Claim(peer, until));
        return true;
    }

    void release(Collection<Hash> ids, PeerId peer) {
        for (Hash id : ids) {
            Claim claim = claims.get(id);
            if (claim != null && claim.peer().equals(peer)) {
                claims.remove(id);
            }
        }
    }

    /** Forgets what is over. */
    void expire(Instant now) {
        claims.values().removeIf(claim -> !claim.until().isAfter(now));
    }

    void forgetAll() {
        claims.clear();
    }
}
