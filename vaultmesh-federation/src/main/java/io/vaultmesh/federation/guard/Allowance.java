package io.vaultmesh.federation.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one peer may still ask of one namespace. Not thread-safe: its guard's lock is held. */
final class Allowance {

    private final Bucket requests;
    private final Bucket bytes;
    private final Ticker ticker;

    Allowance(Quota quota, Instant now) {
        this.requests = new Bucket(quota.requestsPerSecond(), quota.requestBurst());
        this.bytes = new Bucket(quota.bytesPerSecond(), quota.byteBurst());
        this.ticker = new Ticker(now);
    }

    void refill(Instant now) {
        double seconds = ticker.secondsUntil(now);
        requests.refill(seconds);
        bytes.refill(seconds);
    }

    /** Why a request of so many bytes has to wait; empty if it hasn't. */
    Optional<Entry.Refused> lacks(long size) {
        Duration forRequests = requests.waitFor(1);
        Duration forBytes = bytes.waitFor((double) size);
        Duration longer = forRequests.compareTo(forBytes) > 0 ? forRequests : forBytes;
        if (longer.isZero()) {
            return Optional.empty();
        }
        return Optional.of(new Entry.Refused(forRequests.isZero() ? Refusal.BYTES : Refusal.REQUESTS, longer));
    }

    void spend(int count, long size) {
        requests.spend(count);
        bytes.spend((double) size);
    }
}
