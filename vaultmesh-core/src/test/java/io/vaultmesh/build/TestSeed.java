package io.vaultmesh.build;

import java.util.Random;

/**
 * The one seed of a test run.
 *
 * <p>Fixed unless said otherwise, so that two runs of one commit do the same. {@code -Dvaultmesh.seed=random} picks
 * another one, {@code -Dvaultmesh.seed=<number>} repeats it. Properties get it by {@link SeedHook}; a test that needs
 * randomness of its own takes {@link #random()}. {@link FailureListener} prints it with every failure.
 */
public final class TestSeed {

    /** The system property that sets it. */
    public static final String PROPERTY = "vaultmesh.seed";

    static final long FIXED = 20261101;

    private static final long VALUE = from(System.getProperty(PROPERTY, ""));

    private TestSeed() {}

    /** The seed of this run. */
    public static long value() {
        return VALUE;
    }

    /** A new generator that starts from the seed of this run. */
    public static Random random() {
        return new Random(VALUE);
    }

    static long from(String text) {
        if (text.isEmpty()) {
            return FIXED;
        }
        if (text.equals("random")) {
            return new Random().nextInt(Integer.MAX_VALUE);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + " is a whole number or the word random, this is: " + text, e);
        }
    }
}
