package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.SignatureRefused.Reason.EXPIRED;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.REPLAYED;
import static io.vaultmesh.federation.signature.SignatureRefused.Reason.TOO_MANY;

import io.vaultmesh.federation.peer.PeerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nonces of the requests that were accepted, for 120 s each, which is longer than a request can be accepted: from {@link
 * Received#SKEW} before it was created until {@link SignatureParameters#LONGEST} after. Keys are those of an allowlist, so
 * that their number is bounded; so is the number of nonces of each, so that a peer has only its own memory to fill.
 * Thread-safe.
 */
final class NonceMemory {

    /** The most nonces of a key: 273 requests a second, and a few megabytes. */
    static final int MOST = 32 * 1024;

    /** How long a nonce is remembered, in seconds. */
    static final long REMEMBERED = 120;

    private final Map<PeerId, OfKey> byKey = new ConcurrentHashMap<>();

    /** Remembers the nonce of a request whose signature was verified, or refuses the request: in one step. */
    void remember(PeerId key, SignatureParameters parameters, long now) {
        byKey.computeIfAbsent(key, unused -> new OfKey()).remember(parameters.nonce(), parameters.expires(), now);
    }

    /** The nonces of one key, in the order in which they came. */
    private static final class OfKey {

        private final Map<String, Long> accepted = new LinkedHashMap<>();
        private long forgotten = Long.MIN_VALUE;

        synchronized void remember(String nonce, long expires, long now) {
            forget(now);
            // without this, who waits between reading the clock and coming here, or whose clock is set back, would take
            // again what has been forgotten
            if (expires <= forgotten) {
                throw new SignatureRefused(
                        EXPIRED, "expires is " + expires + ", expected a message whose time is not over");
            }
            if (accepted.containsKey(nonce)) {
                throw new SignatureRefused(
                        REPLAYED, "the nonce " + nonce + " was here before, expected another one for each request");
            }
            if (accepted.size() >= MOST) {
                throw new SignatureRefused(
                        TOO_MANY, "the key has sent " + MOST + " requests within " + REMEMBERED + " s, expected fewer");
            }
            accepted.put(nonce, now);
        }

        private void forget(long now) {
            Iterator<Long> times = accepted.values().iterator();
            while (times.hasNext()) {
                long time = times.next();
                if (time + REMEMBERED >= now) {
                    return;
                }
                forgotten = Math.max(forgotten, time + Received.SKEW + SignatureParameters.LONGEST);
                times.remove();
            }
        }
    }
}
