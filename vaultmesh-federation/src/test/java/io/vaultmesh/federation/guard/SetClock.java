package io.vaultmesh.federation.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that shows what a test sets. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-24T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void set(Instant time) {
        now = time;
    }
}
