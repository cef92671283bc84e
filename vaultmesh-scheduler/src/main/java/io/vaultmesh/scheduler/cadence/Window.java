package io.vaultmesh.scheduler.cadence;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which nothing is to be done: what is left of a tick that was served, or of a wait after a failure.
 *
 * <p>It has a beginning, so that a clock which is set back by a year ends a wait instead of adding the year to it.
 * Immutable and thread-safe.
 *
 * @param from its first instant
 * @param until the first instant after it
 */
public record Window(Instant from, Instant until) {

    /**
     * Creates a window.
     *
     * @param from its first instant
     * @param until the first instant after it
     * @throws IllegalArgumentException if it ends before it begins
     */
    public Window {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a window is from " + from + " until " + until
                    + ", expected one that doesn't end before it begins");
        }
    }

    /**
     * A window of a known length.
     *
     * @param from its first instant
     * @param length how long it is
     * @return the window
     * @throws IllegalArgumentException if the length is negative
     */
    public static Window of(Instant from, Duration length) {
        return new Window(from, from.plus(length));
    }

    /**
     * Whether an instant is in it.
     *
     * @param now the instant
     * @return {@code false} before it begins, too
     */
    public boolean contains(Instant now) {
        return now.isBefore(until) && !now.isBefore(from);
    }
}
