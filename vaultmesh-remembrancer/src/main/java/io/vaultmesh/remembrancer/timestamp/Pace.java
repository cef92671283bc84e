package io.vaultmesh.remembrancer.timestamp;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When each authority may be asked again. Nobody waits here: who comes too early is told so. Thread-safe. */
final class Pace {

    private final Duration interval;
    private final Map<URI, Wait> waits = new HashMap<>(); // guarded by this

    /** It has a beginning, so that a clock which is set back by a year ends it instead of adding the year to it. */
    private record Wait(Instant from, Instant until) {

        boolean contains(Instant now) {
            return now.isBefore(until) && !now.isBefore(from);
        }
    }

    Pace(Duration interval) {
        this.interval = interval;
    }

    /** Takes the turn to ask, so that of several callers at once one has it; else says when the next one is. */
    synchronized Optional<Instant> claim(URI authority, Instant now) {
        Wait wait = waits.get(authority);
        if (wait != null && wait.contains(now)) {
            return Optional.of(wait.until());
        }
        waits.put(authority, new Wait(now, now.plus(interval)));
        return Optional.empty();
    }

    /** Has a wait end no sooner than it is asked for. */
    synchronized void delay(URI authority, Instant now, Instant until) {
        Wait wait = waits.get(authority);
        boolean longer = wait == null || !wait.contains(now) || until.isAfter(wait.until());
        if (longer && until.isAfter(now)) {
            waits.put(authority, new Wait(now, until));
        }
    }

    synchronized Optional<Instant> notBefore(URI authority) {
        return Optional.ofNullable(waits.get(authority))
                .filter(wait -> wait.until().isAfter(wait.from()))
                .map(Wait::until);
    }
}
