package io.vaultmesh.federation.guard;

import java.time.Duration;
import java.time.Instant;

/** How badly a peer behaved lately. Not thread-safe: its guard's lock is held. */
final class Score {

    private static final double HALF_LIFE_SECONDS = 600;
    private static final double LISTED_AT = 10;
    private static final double FREE_BELOW = 5;

    private final Ticker ticker;
    private double points;
    private boolean listed;

    Score(Instant now) {
        this.ticker = new Ticker(now);
    }

    void decay(Instant now) {
        points *= Math.pow(0.5, ticker.secondsUntil(now) / HALF_LIFE_SECONDS);
        listed &= points >= FREE_BELOW;
    }

    void add() {
        points++;
        listed |= points >= LISTED_AT;
    }

    double points() {
        return points;
    }

    boolean isListed() {
        return listed;
    }

    /** How long until it is off the list, on which it is. */
    Duration untilFree() {
        return Waits.ofSeconds(HALF_LIFE_SECONDS * Math.log(points / FREE_BELOW) / Math.log(2));
    }
}
