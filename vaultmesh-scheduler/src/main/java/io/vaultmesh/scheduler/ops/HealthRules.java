package io.vaultmesh.scheduler.ops;

import java.time.Duration;

/**
 * From when on something counts against a scheduler's {@link Health}. Immutable and thread-safe; each method that sets
 * something gives other rules.
 *
 * @param tickWithin how long the last plan may be ago. A started scheduler plans every second; who calls its {@code tick} by
 *     a clock of his own allows for that clock's period, and for the longest that a tick takes
 * @param failingFor how long all lanes may fail
 * @param slowAfter how long an anchor may take until it is final, and a lane wait for its turn at a target
 */
public record HealthRules(Duration tickWithin, Duration failingFor, Duration slowAfter) {

    /** A minute, an hour, and three hours. */
    public static final HealthRules DEFAULT =
            new HealthRules(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(3));

    /**
     * Creates rules; the methods of this class read better.
     *
     * @param tickWithin how long the last plan may be ago
     * @param failingFor how long all lanes may fail
     * @param slowAfter how long an anchor may take until it is final, and a lane wait for its turn at a target
     * @throws IllegalArgumentException if a time isn't positive
     */
    public HealthRules {
        requirePositive("tickWithin", tickWithin);
        requirePositive("failingFor", failingFor);
        requirePositive("slowAfter", slowAfter);
    }

    private static void requirePositive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " is " + time + ", expected a positive time");
        }
    }

    /**
     * Sets how long the last plan may be ago.
     *
     * @param time the time
     * @return the rules with it
     * @throws IllegalArgumentException if it isn't positive
     */
    public HealthRules tickWithin(Duration time) {
        return new HealthRules(time, failingFor, slowAfter);
    }

    /**
     * Sets how long all lanes may fail.
     *
     * @param time the time
     * @return the rules with it
     * @throws IllegalArgumentException if it isn't positive
     */
    public HealthRules failingFor(Duration time) {
        return new HealthRules(tickWithin, time, slowAfter);
    }

    /**
     * Sets how long an anchor may take until it is final, and a lane wait for its turn at a target.
     *
     * @param time the time
     * @return the rules with it
     * @throws IllegalArgumentException if it isn't positive
     */
    public HealthRules slowAfter(Duration time) {
        return new HealthRules(tickWithin, failingFor, time);
    }
}
