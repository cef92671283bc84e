package io.vaultmesh.remembrancer.timestamp;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When each authority may be asked again. Nobody waits here: who comes too early is told so. */
final class Pace {

    private final Duration interval;
    private final Map<URI, Instant> notBefore = new HashMap<>();

    Pace(Duration interval) {
        this.interval = interval;
    }

    /** Takes the turn to ask, so that of several callers at once one has it; else says when the next one is. */
    synchronized Optional<Instant> claim(URI authority, Instant now) {
        Instant next = notBefore.getOrDefault(authority, Instant.MIN);
        if (now.isBefore(next)) {
            return Optional.of(next);
        }
        if (interval.isZero()) {
            notBefore.remove(authority);
        } else {
            notBefore.put(authority, now.plus(interval));
        }
        return Optional.empty();
    }

    synchronized void delay(URI authority, Instant until) {
        notBefore.merge(authority, until, (one, other) -> one.isAfter(other) ? one : other);
    }

    synchronized Optional<Instant> notBefore(URI authority) {
        return Optional.ofNullable(notBefore.get(authority));
    }
}
