package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class ComparisonsTest {

    @Test
    void everyBenchmarkThatThereIsIsComparedAndNoOther() {
        Set<String> compared = new TreeSet<>();
        for (Comparison comparison : Comparison.ALL) {
            comparison.benchmarks().forEach(benchmark -> compared.add(benchmark.name()));
        }
        assertEquals(known(), compared);
    }

    /** One process measures all metrics of a benchmark, so they must be of one mode, and as many iterations. */
    @Test
    void everyBenchmarkRunsInOneMode() {
        Map<Side, Mode> modes = new HashMap<>();
        Map<Side, Integer> iterations = new HashMap<>();
        for (Comparison comparison : Comparison.ALL) {
            for (Benchmarked side : comparison.benchmarks()) {
                Metric metric = comparison.metric();
                assertEquals(metric.mode(), modes.computeIfAbsent(side, first -> metric.mode()), side.toString());
                assertEquals(
                        metric.measured(false),
                        iterations.computeIfAbsent(side, first -> metric.measured(false)),
                        side.toString());
            }
        }
    }

    /** What JMH's annotation processor has found. */
    private static Set<String> known() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
