package io.vaultmesh.examples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one side reached, one list for each round. Not thread-safe. */
final class Figures {

    private final List<double[]> rounds = new ArrayList<>();

    /** A figure that is the same in all rounds. */
    static Figures fixed(double figure, int rounds) {
        Figures figures = new Figures();
        for (int round = 0; round < rounds; round++) {
            figures.addRound(figure);
        }
        return figures;
    }

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

    /** How many times as much as the other side, in each round; ascending. */
    List<Double> ratios(Figures other) {
        if (rounds.size() != other.rounds.size()) {
            throw new IllegalArgumentException(
                    rounds.size() + " rounds against " + other.rounds.size() + ", expected as many");
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            ratios.add(median(rounds.get(i)) / median(other.rounds.get(i)));
        }
        return ratios.stream().sorted().toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
