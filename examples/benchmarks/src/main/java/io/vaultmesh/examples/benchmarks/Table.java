package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures as a Markdown table, a row for each comparison.
 *
 * @param rounds how many rounds there were
 * @param figures what each benchmark reached
 */
record Table(int rounds, Map<Benchmarked, Map<Metric, Figures>> figures) {

    private static final String HEAD = """
            | work | ours: median (least – most) | peer or bound | its median (least – most) | ratio (rounds) | asked | |
            |---|---|---|---|---|---|---|
            """;

    String of(List<Comparison> comparisons) {
        StringBuilder out = new StringBuilder(HEAD);
        comparisons.forEach(comparison -> out.append(row(comparison)));
        return out.toString();
    }

    private String row(Comparison comparison) {
        Metric metric = comparison.metric();
        Figures ours = of(comparison.ours(), metric);
        Figures theirs = of(comparison.theirs(), metric);
        double ratio = ours.median() / theirs.median();
        List<Double> ratios = ours.ratios(theirs);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | **%.2f** (%.2f – %.2f) | %s | %s |%n",
                comparison.work(),
                cell(ours, metric),
                comparison.peer(),
                cell(theirs, metric),
                ratio,
                ratios.get(0),
                ratios.get(ratios.size() - 1),
                comparison.asked(),
                comparison.asked().verdict(ratio));
    }

    private Figures of(Side side, Metric metric) {
        if (side instanceof Side.Fixed fixed) {
            return Figures.fixed(fixed.figure(), rounds);
        }
        Map<Metric, Figures> ofSide = figures.get(side);
        Figures measured = ofSide == null ? null : ofSide.get(metric);
        if (measured == null) {
            throw new IllegalArgumentException("there are no figures of " + side + " for " + metric);
        }
        return measured;
    }

    private static String cell(Figures figures, Metric metric) {
        String median = metric.format(figures.median());
        return figures.least() == figures.most()
                ? median
                : median + " (" + metric.format(figures.least()) + " – " + metric.format(figures.most()) + ")";
    }
}
