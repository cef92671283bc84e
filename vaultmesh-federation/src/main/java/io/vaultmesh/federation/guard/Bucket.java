package io.vaultmesh.federation.guard;

import java.time.Duration;

/**
 * Tokens that come at a rate, up to a burst; a debt is paid by the same rate. Not thread-safe: its guard's lock is held.
 */
final class Bucket {

    private final double perSecond;
    private final double burst;
    private double tokens;

    Bucket(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    void refill(double seconds) {
        tokens = Math.min(burst, tokens + perSecond * seconds);
    }

    void spend(double cost) {
        tokens -= cost;
    }

    /** How long until that much is there; zero if it is. What is more than the burst needs a full bucket, and makes debts. */
    Duration waitFor(double cost) {
        double lacking = Math.min(cost, burst) - tokens;
        return lacking <= 0 ? Duration.ZERO : Waits.ofSeconds(lacking / perSecond);
    }
}
