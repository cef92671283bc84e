package io.vaultmesh.federation.signature;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
final class MutableClock implements InstantSource {

    static final long START = 1_750_000_000;

    private volatile Instant now;

    MutableClock(long seconds) {
        this.now = Instant.ofEpochSecond(seconds);
    }

    void set(long seconds) {
        set(Instant.ofEpochSecond(seconds));
    }

    void set(Instant time) {
        this.now = time;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
