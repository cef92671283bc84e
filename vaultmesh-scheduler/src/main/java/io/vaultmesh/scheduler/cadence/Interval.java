package io.vaultmesh.scheduler.cadence;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A cadence of a fixed length.
 *
 * @param length whole seconds, from {@link Cadence#SHORTEST} to {@link Cadence#LONGEST}
 */
public record Interval(Duration length) implements Cadence {

    private static final String UNITS = "dhms";

    /**
     * Checks the length.
     *
     * @param length the length
     * @throws IllegalArgumentException if it is out of range or has a fraction of a second
     */
    public Interval {
        boolean whole = length.equals(length.truncatedTo(ChronoUnit.SECONDS));
        if (!whole || length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a cadence has whole seconds, from 1 second to 366 days; this has " + length);
        }
    }

    /**
     * A cadence of a fixed length.
     *
     * @param length whole seconds, from {@link Cadence#SHORTEST} to {@link Cadence#LONGEST}
     * @return the cadence
     * @throws IllegalArgumentException if it is out of range or has a fraction of a second
     */
    public static Interval of(Duration length) {
        return new Interval(length);
    }

    static long seconds(char unit) {
        return switch (unit) {
            case 's', 'S' -> 1;
            case 'm', 'M' -> 60;
            case 'h', 'H' -> 3_600;
            case 'd', 'D' -> 86_400;
            default -> throw new IllegalArgumentException("a unit is s, m, h or d, this is: " + unit);
        };
    }

    /** The length in the largest unit that leaves no rest, such as {@code 89s} or {@code 1h}. */
    @Override
    public String toString() {
        long seconds = length.toSeconds();
        char unit = (char) UNITS.chars()
                .filter(candidate -> seconds % seconds((char) candidate) == 0)
                .findFirst()
                .orElseThrow();
        return Long.toString(seconds / seconds(unit)) + unit;
    }
}
