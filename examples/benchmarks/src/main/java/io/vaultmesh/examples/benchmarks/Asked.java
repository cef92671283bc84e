package io.vaultmesh.examples.benchmarks;

import java.util.Locale;

/**
 * What is asked of a ratio of ours to a peer or bound.
 *
 * @param direction whether more or less is better
 * @param ratio the ratio that is just good enough
 */
record Asked(Direction direction, double ratio) {

    /** Nothing is asked: the figure only shows what is. */
    static final Asked NOTHING = new Asked(Direction.NONE, 0);

    /** Whether more or less is better. */
    enum Direction {
        AT_LEAST,
        AT_MOST,
        NONE
    }

    static Asked atLeast(double ratio) {
        return new Asked(Direction.AT_LEAST, ratio);
    }

    static Asked atMost(double ratio) {
        return new Asked(Direction.AT_MOST, ratio);
    }

    boolean isMetBy(double reached) {
        return switch (direction) {
            case AT_LEAST -> reached >= ratio;
            case AT_MOST -> reached <= ratio;
            case NONE -> true;
        };
    }

    /** The verdict on a ratio, as a reader wants it. */
    String verdict(double reached) {
        return direction == Direction.NONE ? "–" : isMetBy(reached) ? "met" : "**missed**";
    }

    @Override
    public String toString() {
        return switch (direction) {
            case AT_LEAST -> String.format(Locale.ROOT, "≥ %.2f", ratio);
            case AT_MOST -> String.format(Locale.ROOT, "≤ %.2f", ratio);
            case NONE -> "–";
        };
    }
}
