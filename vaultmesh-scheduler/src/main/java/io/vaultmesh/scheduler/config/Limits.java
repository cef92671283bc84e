package io.vaultmesh.scheduler.config;

import java.time.Duration;

/**
 * How a target is spared. Immutable and thread-safe.
 *
 * @param interval the least time between two submissions to it, of all lanes together; nothing if it takes any number
 * @param failures how many submissions in a row must fail, of all lanes together, for the target to be left alone: after
 *     that one lane at a time tries whether it is back
 */
public record Limits(Duration interval, int failures) {

    /** No interval, and five failures. */
    public static final Limits DEFAULT = new Limits(Duration.ZERO, 5);

    /**
     * Creates limits.
     *
     * @param interval the least time between two submissions
     * @param failures how many must fail in a row
     * @throws IllegalArgumentException if the interval is negative, or there are less than one failure
     */
    public Limits {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval is " + interval + ", expected no negative time");
        }
        if (failures < 1) {
            throw new IllegalArgumentException("failures is " + failures + ", expected at least 1");
        }
    }

    /**
     * The same limits with another interval.
     *
     * @param least the least time between two submissions
     * @return the limits
     * @throws IllegalArgumentException if it is negative
     */
    public Limits every(Duration least) {
        return new Limits(least, failures);
    }
}
