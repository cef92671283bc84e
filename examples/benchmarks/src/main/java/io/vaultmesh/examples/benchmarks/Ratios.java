package io.vaultmesh.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every comparison and prints a Markdown table. A round runs each benchmark once, in a process of its own; the
 * rounds take turns, so that what disturbs the machine for a while disturbs all of them.
 */
public final class Ratios {

    private static final int WARM_UP = 3;
    private static final int MEASURED = 5;

    private Ratios() {}

    /**
     * Measures.
     *
     * @param args the number of rounds; by default 3
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the working directory can't be examined
     */
    public static void main(String... args) throws RunnerException, IOException {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (Comparison comparison : Comparison.ALL) {
            figures.put(comparison.ours(), new Figures());
            figures.put(comparison.theirs(), new Figures());
        }
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, Figures> benchmark : figures.entrySet()) {
                System.err.println("round " + round + " of " + rounds + ": " + benchmark.getKey());
                benchmark.getValue().addRound(measure(benchmark.getKey()));
            }
        }
        System.out.println(environment(rounds));
        System.out.println(table(Comparison.ALL, figures));
    }

    private static double[] measure(String benchmark) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .mode(Mode.Throughput)
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASURED)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options)
                .run().stream()
                        .map(RunResult::getAggregatedResult)
                        .flatMap(result -> result.getIterationResults().stream())
                        .map(IterationResult::getPrimaryResult)
                        .mapToDouble(result -> result.getScore())
                        .toArray();
    }

    private static String environment(int rounds) throws IOException {
        return "Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vm.name") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, files on "
                + Files.getFileStore(Scratch.base()).type() + "; " + rounds + " rounds, each with " + MEASURED
                + " measured seconds of every benchmark after " + WARM_UP + " to warm up.\n";
    }

    static String table(List<Comparison> comparisons, Map<String, Figures> figures) {
        StringBuilder out = new StringBuilder("| work | ours per second: median (least – most) | peer or bound"
                + " | its median per second (least – most) | ratio of the medians (rounds) |\n|---|---|---|---|---|\n");
        for (Comparison comparison : comparisons) {
            Figures ours = figures.getOrDefault(comparison.ours(), new Figures());
            Figures theirs = figures.getOrDefault(comparison.theirs(), new Figures());
            List<Double> ratios = ours.ratios(theirs);
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | **%.2f** (%.2f – %.2f) |%n",
                    comparison.work(),
                    cell(ours),
                    comparison.peer(),
                    cell(theirs),
                    ours.median() / theirs.median(),
                    ratios.get(0),
                    ratios.get(ratios.size() - 1)));
        }
        return out.toString();
    }

    private static String cell(Figures figures) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f – %,.0f)", figures.median(), figures.least(), figures.most());
    }
}
