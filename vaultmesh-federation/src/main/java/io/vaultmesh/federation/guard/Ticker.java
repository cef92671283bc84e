package io.vaultmesh.federation.guard;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that passed since it was asked before. If the clock was set back, none did: then it goes on from there, and no
 * wait gets longer. Not thread-safe: its guard's lock is held.
 */
final class Ticker {

    private Instant last;

    Ticker(Instant now) {
        this.last = now;
    }

    double secondsUntil(Instant now) {
        Duration passed = Duration.between(last, now);
        last = now;
        return passed.isNegative() ? 0 : passed.getSeconds() + passed.getNano() / 1e9;
    }
}
