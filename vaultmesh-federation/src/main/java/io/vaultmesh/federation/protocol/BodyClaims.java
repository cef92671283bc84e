package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.BodyDepot;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * From which peer each body comes in. All parts of one are of one peer: if they don't make the body, it is known who
 * lied, and is not asked for it again soon; nobody can spoil what others send. Not thread-safe.
 */
final class BodyClaims {

    private static final int MOST_LIES = 10_000;

    private record Claim(PeerId peer, Instant until, boolean whole) {}

    private record Lie(Hash digest, PeerId peer) {}

    private final Map<Hash, Claim> claims = new HashMap<>();
    private final Map<Lie, Instant> lies = new HashMap<>(); // and until when the peer isn't asked again

    /** Claims a body for a peer, unless it comes from another one, or this one sent other bytes before. */
    boolean claim(BodyRef body, PeerId peer, BodyDepot depot, Instant now, Instant until) {
        Claim claim = claims.get(body.digest());
        if (lies.getOrDefault(new Lie(body.digest(), peer), Instant.MIN).isAfter(now)) {
            return false;
        }
        boolean whole;
        if (claim == null) {
            whole = depot.received(body) == 0; // what a process before this one received may be of anybody
        } else if (claim.peer().equals(peer)) {
            whole = claim.whole();
        } else if (claim.until().isAfter(now)) {
            return false;
        } else {
            depot.drop(body); // what the other one sent
            whole = true;
        }
        claims.put(body.digest(), new Claim(peer, until, whole));
        return true;
    }

    /** What came is not the body, and was dropped. Returns whether all of it was the peer's. */
    boolean refuted(BodyRef body, PeerId peer, Instant until) {
        Claim claim = claims.remove(body.digest());
        boolean lied = claim != null && claim.whole();
        if (lied && lies.size() < MOST_LIES) {
            lies.put(new Lie(body.digest(), peer), until);
        }
        return lied;
    }

    /** It came, or this peer doesn't have it. */
    void release(BodyRef body, PeerId peer) {
        Claim claim = claims.get(body.digest());
        if (claim != null && claim.peer().equals(peer)) {
            claims.remove(body.digest());
        }
    }

    /** Forgets what is over. */
    void expire(Instant now) {
        lies.values().removeIf(until -> !until.isAfter(now));
    }

    /** Forgets everything. */
    void forgetAll() {
        claims.clear();
        lies.clear();
    }
}
