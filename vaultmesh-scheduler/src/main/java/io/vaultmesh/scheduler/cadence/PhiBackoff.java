package io.vaultmesh.scheduler.cadence;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: 5 s · φ<sup>k</sup> for the k-th in a row, φ the golden ratio, to the nearest second, so
 * 8, 13, 21, 34, 55, 90 and 145 seconds for the first seven, and at most {@link #LONGEST}. After a failure to prove who one is, twice
 * as long. The wait differs by up to a fifth either way, at random, so that those that failed together don't come back
 * together.
 *
 * <p>It computes and doesn't wait. Thread-safe.
 */
public final class PhiBackoff {

    /** The longest wait, before it is doubled and spread. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The longest wait that the other side can ask for: who asks for nonsense is not lost for ever. */
    public static final Duration MOST_RETRY_AFTER = Duration.ofDays(1);

    private static final double BASE = 5;
    private static final double PHI = (1 + Math.sqrt(5)) / 2;
    private static final double JITTER = 0.2;

    private PhiBackoff() {}

    /**
     * The wait without its spread.
     *
     * @param failures how many in a row
     * @return whole seconds, at most {@link #LONGEST}
     * @throws IllegalArgumentException if there was none
     */
    public static Duration nominal(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("there were " + failures + " failures, expected at least 1");
        }
        double seconds = BASE * StrictMath.pow(PHI, failures);
        return seconds >= LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(Math.round(seconds));
    }

    /**
     * The wait.
     *
     * @param failures how many in a row
     * @param doubled whether the last one was a failure to prove who one is
     * @param retryAfter how long the other side asks to wait at least, of which {@link #MOST_RETRY_AFTER} counts; or nothing
     * @param random where the spread comes from
     * @return the delay, to the millisecond
     * @throws IllegalArgumentException if there was no failure
     */
    public static Duration delay(int failures, boolean doubled, Duration retryAfter, RandomGenerator random) {
        Duration nominal = nominal(failures).multipliedBy(doubled ? 2 : 1);
        double spread = 1 - JITTER + 2 * JITTER * random.nextDouble();
        Duration wait = Duration.ofMillis(Math.round(nominal.toMillis() * spread));
        Duration asked = retryAfter.compareTo(MOST_RETRY_AFTER) > 0 ? MOST_RETRY_AFTER : retryAfter;
        return wait.compareTo(asked) < 0 ? asked : wait;
    }
}
