package io.vaultmesh.examples.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark once, in a process of its own. */
final class Measurement {

    private Measurement() {}

    /** Adds a round to the figures of each metric. They must be of one kind: what one process can measure. */
    static void run(Side.Benchmarked benchmark, boolean quick, String jvmArgument, Map<Metric, Figures> figures)
            throws RunnerException {
        Metric first = figures.keySet().iterator().next();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.name()) + "$")
                .mode(first.mode())
                .forks(1)
                .jvmArgsAppend(jvmArgument)
                .warmupIterations(first.warmUp(quick))
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(first.measured(quick))
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (figures.containsKey(Metric.ALLOCATION)) {
            options = options.addProfiler(GCProfiler.class);
        }
        List<IterationResult> iterations = new Runner(options.build())
                .run().stream()
                        .map(RunResult::getAggregatedResult)
                        .map(result -> result.getIterationResults())
                        .flatMap(Collection::stream)
                        .toList();
        figures.forEach((metric, ofMetric) ->
                ofMetric.addRound(iterations.stream().mapToDouble(metric::of).toArray()));
    }
}
