package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.merge.BodyDepot;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * From which peer each body comes in. All parts of one are of one peer: if they don't make the body, it is known who
 * lied, and is not asked for it again soon; nobody can spoil what others send. Not thread-safe.
 */
final class BodyClaims {

    private static final int MOST_LIES = 10_000;

    private record Claim(PeerId peer, long size, Instant until, boolean whole) {}

    private record Lie(Hash digest, long size, PeerId peer) {}

    private final Map<Hash, Claim> claims = new HashMap<>();
    private final Map<Lie, Instant> lies = new HashMap<>(); // and until when the peer isn't asked again
    private final Map<PeerId, Asked> asked = new HashMap<>();

    /** Claims a body for a peer, unless it comes from another one, or this one sent other bytes before. */
    boolean claim(BodyRef body, PeerId peer, BodyDepot depot, Instant now, Instant until) {
        Claim claim = claims.get(body.digest());
        if (lies.getOrDefault(lie(body, peer), Instant.MIN).isAfter(now)) {
            return false;
        }
        boolean whole;
        if (claim == null && depot.received(body) <= body.size()) {
            whole = depot.received(body) == 0; // what a process before this one received may be of anybody
        } else if (claim != null && claim.peer().equals(peer) && claim.size() == body.size()) {
            whole = claim.whole();
        } else if (claim != null && claim.until().isAfter(now)) {
            return false;
        } else {
            depot.drop(body); // what another one sent, or as a record says that contradicts this one
            whole = true;
        }
        claims.put(body.digest(), new Claim(peer, body.size(), until, whole));
        return true;
    }

    private static Lie lie(BodyRef body, PeerId peer) {
        return new Lie(body.digest(), body.size(), peer);
    }

    /** Whether a body is still to come from a peer: its claim may have ended meanwhile, and another's begun. */
    boolean holds(BodyRef body, PeerId peer) {
        Claim claim = claims.get(body.digest());
        return claim != null && claim.peer().equals(peer) && claim.size() == body.size();
    }

    /** What came of a body that a peer holds is not the body, and was dropped. Returns whether all of it was the peer's. */
    boolean refuted(BodyRef body, PeerId peer, Instant until) {
        Claim claim = claims.remove(body.digest());
        boolean lied = claim != null && claim.whole();
        if (lied && lies.size() < MOST_LIES) {
            lies.put(lie(body, peer), until);
        }
        return lied;
    }

    /** Which bodies a peer was asked for, of those that are wanted. */
    Asked asked(PeerId peer) {
        return asked.computeIfAbsent(peer, any -> new Asked());
    }

    /** How far a peer was asked. What is newly wanted comes first; then it goes round, again and again. */
    static final class Asked {

        private static final int MOST_DOUBLED = 3;

        private long newest = -1;
        private long again = -1;
        private int rounds; // in vain, since something new was wanted
        private Instant nextRound = Instant.MIN;

        /** Whether it is time to ask again for what the peer didn't have: after one period, two, four, and then every eight. */
        boolean beginsRound(Instant now, Duration period) {
            if (now.isBefore(nextRound)) {
                return false;
            }
            nextRound = now.plus(period.multipliedBy(1L << Math.min(rounds++, MOST_DOUBLED)));
            return true;
        }

        /** The newest one that was asked for. */
        long newest() {
            return newest;
        }

        /** The next one to be asked for, which is then the one that was asked for last; of the old ones up to a number. */
        Optional<BodyRef> next(NavigableMap<Long, BodyRef> wanted, long old) {
            Map.Entry<Long, BodyRef> next = wanted.higherEntry(newest);
            if (next != null) {
                newest = next.getKey();
                rounds = 0;
                return Optional.of(next.getValue());
            }
            next = wanted.higherEntry(again);
            if (next == null || next.getKey() > old) {
                next = wanted.firstEntry();
            }
            if (next == null || next.getKey() > old) {
                return Optional.empty();
            }
            again = next.getKey();
            return Optional.of(next.getValue());
        }
    }

    /** It came, or this peer doesn't have it. */
    void release(BodyRef body, PeerId peer) {
        if (holds(body, peer)) {
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
        asked.values().forEach(each -> each.nextRound = Instant.MIN);
    }
}
