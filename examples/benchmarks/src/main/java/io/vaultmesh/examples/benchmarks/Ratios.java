package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what the command line asks for and prints a Markdown table. A round runs each benchmark once, in a process of
 * its own; the rounds take turns, so that what disturbs the machine for a while disturbs all of them.
 */
public final class Ratios {

    private static final int MISUSED = 2;

    private Ratios() {}

    /**
     * Measures.
     *
     * @param arguments see {@link Choice#USAGE}
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the disk refuses
     */
    public static void main(String... arguments) throws RunnerException, IOException {
        Choice choice;
        try {
            choice = Choice.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + Choice.USAGE);
            System.exit(MISUSED);
            return;
        }
        System.out.println(Machine.describe(choice) + "\n");
        Set<Prepared> needed = new LinkedHashSet<>();
        choice.comparisons().forEach(comparison -> needed.addAll(comparison.prepared()));
        try (PreparedFiles logs = PreparedFiles.in(choice.logs())) {
            logs.build(needed, System.out::println);
            System.out.println(new Table(choice.rounds(), measure(choice, logs)).of(choice.comparisons()));
        }
    }

    private static Map<Benchmarked, Map<Metric, Figures>> measure(Choice choice, PreparedFiles logs)
            throws RunnerException {
        Map<Benchmarked, Map<Metric, Figures>> figures = new LinkedHashMap<>();
        for (Comparison comparison : choice.comparisons()) {
            for (Benchmarked benchmark : comparison.benchmarks()) {
                figures.computeIfAbsent(benchmark, unmeasured -> new LinkedHashMap<>())
                        .put(comparison.metric(), new Figures());
            }
        }
        for (int round = 1; round <= choice.rounds(); round++) {
            for (Map.Entry<Benchmarked, Map<Metric, Figures>> entry : figures.entrySet()) {
                System.err.println("round " + round + " of " + choice.rounds() + ": "
                        + entry.getKey().name());
                Measurement.run(entry.getKey(), choice.quick(), logs.jvmArgument(), entry.getValue());
            }
            if (round < choice.rounds()) { // a run that is stopped has not been for nothing
                System.err.println(new Table(round, figures).of(choice.comparisons()));
            }
        }
        return figures;
    }
}
