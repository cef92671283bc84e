package io.vaultmesh.scheduler.cadence;

/**
 * A cadence that is a multiple of a named one.
 *
 * @param factor how many times, from 1 to 31,622,400 (the seconds of 366 days)
 * @param base of what, fast or strong
 */
public record Multiple(int factor, Base base) implements Cadence {

    /**
     * Checks the factor.
     *
     * @param factor how many times
     * @param base of what
     * @throws IllegalArgumentException if the factor is out of range, or the base is {@link Base#COLD}
     */
    public Multiple {
        if (base == Base.COLD) {
            throw new IllegalArgumentException("a cadence is a multiple of cold, expected one of fast or strong");
        }
        if (factor < 1 || factor > LONGEST.toSeconds()) {
            throw new IllegalArgumentException(
                    "a cadence is 1 to " + LONGEST.toSeconds() + " times " + base + ", this is " + factor + " times");
        }
    }

    /** The factor and what it multiplies, such as {@code 34*fast}. */
    @Override
    public String toString() {
        return Integer.toString(factor) + '*' + base;
    }
}
