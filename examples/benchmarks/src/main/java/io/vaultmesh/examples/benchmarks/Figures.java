package io.vaultmesh.examples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What one benchmark reached, in operations per second, one list for each round. Not thread-safe. */
final class Figures {

    private final List<double[]> rounds = new ArrayList<>();

    void addRound(double... scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("the round has no scores, expected at least one");
        }
        rounds.add(scores.clone());
    }

    double median() {
        return median(rounds.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    double least() {
        return rounds.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    }

    double most() {
        return rounds.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    /** How many times as fast as another benchmark, in each round; ascending. */
    List<Double> ratios(Figures other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add(median(rounds.get(i)) / median(other.rounds.get(i)));
        }
        Collections.sort(ratios);
        return ratios;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
