package io.vaultmesh.examples.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/** What is read from a benchmark's iterations, and how many of them there are. */
enum Metric {
    /** Operations per second, in iterations of a second. */
    SPEED(Mode.Throughput, 3, 5),
    /** Operations per second, in iterations of a second, once compilers have no more to do for so many threads. */
    STEADY_SPEED(Mode.Throughput, 15, 5),
    /** Seconds per operation: the mean of an iteration of a second. */
    MEAN_TIME(Mode.AverageTime, 3, 5),
    /** Seconds per operation: the median of an iteration of a second. */
    MEDIAN_TIME(Mode.SampleTime, 3, 5),
    /** Seconds that a work takes which is done once in an iteration. */
    TIME(Mode.SingleShotTime, 10, 7),
    /** Seconds per operation: what 95 of 100 operations in an iteration of a second don't exceed. */
    TIME_OF_95(Mode.SampleTime, 3, 5),
    /** Seconds that a work takes which is so long that it is done once, without warming up. */
    LONG_TIME(Mode.SingleShotTime, 0, 1),
    /** Bytes that all threads allocate, per operation. */
    ALLOCATION(Mode.Throughput, 3, 5),
    /** Bytes of the heap that are in use, which the benchmark counts itself in {@link Heap}. */
    HEAP(Mode.SingleShotTime, 0, 1);

    private static final double KILO = 1000;

    private final Mode mode;
    private final int warmUp;
    private final int measured;

    Metric(Mode mode, int warmUp, int measured) {
        this.mode = mode;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    Mode mode() {
        return mode;
    }

    int warmUp(boolean quick) {
        return quick ? Math.min(1, warmUp) : warmUp;
    }

    int measured(boolean quick) {
        return quick ? Math.min(3, measured) : measured;
    }

    double of(IterationResult iteration) {
        return switch (this) {
            case SPEED, STEADY_SPEED, MEAN_TIME, TIME, LONG_TIME ->
                iteration.getPrimaryResult().getScore();
            case MEDIAN_TIME -> iteration.getPrimaryResult().getStatistics().getPercentile(50);
            case TIME_OF_95 -> iteration.getPrimaryResult().getStatistics().getPercentile(95);
            case ALLOCATION -> secondary(iteration, "gc.alloc.rate.norm");
            case HEAP -> secondary(iteration, "bytes");
        };
    }

    private static double secondary(IterationResult iteration, String label) {
        Result<?> result = iteration.getSecondaryResults().get(label);
        if (result == null) {
            throw new IllegalStateException("no figure " + label + " among "
                    + iteration.getSecondaryResults().keySet());
        }
        return result.getScore();
    }

    /** A figure as a reader wants it, with its unit. */
    String format(double figure) {
        return switch (this) {
            case SPEED, STEADY_SPEED -> String.format(Locale.ROOT, "%,.0f/s", figure);
            case MEAN_TIME, MEDIAN_TIME, TIME_OF_95, TIME, LONG_TIME -> time(figure);
            case ALLOCATION -> String.format(Locale.ROOT, "%,.0f B", figure);
            case HEAP -> String.format(Locale.ROOT, "%,.1f MB", figure / KILO / KILO);
        };
    }

    private static String time(double seconds) {
        double millis = seconds * KILO;
        if (millis >= KILO) {
            return String.format(Locale.ROOT, "%,.2f s", seconds);
        }
        return millis >= 1
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.1f µs", millis * KILO);
    }
}
