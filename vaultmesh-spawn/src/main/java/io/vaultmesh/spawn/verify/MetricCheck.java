package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether every metric that an alert or a dashboard asks for is one that the code has. */
final class MetricCheck {

    private static final String NAME = "metrics";

    /** {@code Counter("name", …)} and its kin, the name on the same line or the next. */
    private static final Pattern DEFINED =
            Pattern.compile("\\b(Counter|Gauge|Histogram|Summary|Info)\\(\\s*\"([a-zA-Z_:][a-zA-Z0-9_:]*)\"");

    /** A name in PromQL that isn't a function, a label or a keyword: those stand in braces, or before a parenthesis. */
    private static final Pattern USED = Pattern.compile("\\b[a-z_:][a-z0-9_:]*\\b(?!\\s*\\()");

    private static final Pattern NOT_METRICS = Pattern.compile(
            "\\{[^}]*}|\"[^\"]*\"|'[^']*'|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
                    + "|\\b(?:and|or|unless|bool|offset|inf|nan)\\b");

    /** What Prometheus itself says of a target, and the Python client of its process. */
    private static final Set<String> GIVEN = Set.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added",
            "process_virtual_memory_bytes",
            "process_resident_memory_bytes",
            "process_start_time_seconds",
            "process_cpu_seconds_total",
            "process_open_fds",
            "process_max_fds",
            "python_info",
            "python_gc_objects_collected_total",
            "python_gc_objects_uncollectable_total",
            "python_gc_collections_total");

    private final ProjectFiles files;

    MetricCheck(ProjectFiles files) {
        this.files = files;
    }

    Stream<Check> checks() {
        Map<String, Collection<String>> used = used();
        if (used.isEmpty()) {
            return Stream.empty();
        }
        Set<String> defined = defined();
        List<Check> bad = new ArrayList<>();
        used.forEach((metric, places) -> {
            if (!defined.contains(metric) && !GIVEN.contains(metric)) {
                bad.add(Check.fail(NAME, String.join(", ", places) + " asks for " + metric + ", which nothing counts"));
            }
        });
        return bad.isEmpty()
                ? Stream.of(Check.pass(NAME, used.size() + " metrics that are asked for are counted"))
                : bad.stream();
    }

    private Set<String> defined() {
        Set<String> defined = new TreeSet<>();
        files.matching("src/.*\\.py")
                .flatMap(file -> DEFINED.matcher(file.content().text()).results())
                .forEach(match -> {
                    String name = match.group(2);
                    switch (match.group(1)) {
                        case "Counter" -> defined.add(name.endsWith("_total") ? name : name + "_total");
                        case "Info" -> defined.add(name + "_info");
                        case "Histogram" -> defined.addAll(List.of(name + "_bucket", name + "_sum", name + "_count"));
                        case "Summary" -> defined.addAll(List.of(name, name + "_sum", name + "_count"));
                        default -> defined.add(name);
                    }
                });
        return defined;
    }

    private Map<String, Collection<String>> used() {
        Map<String, Collection<String>> used = new TreeMap<>();
        Expressions.in(files).forEach(expression -> add(used, expression));
        return used;
    }

    private static void add(Map<String, Collection<String>> used, Expressions.Expression expression) {
        USED.matcher(NOT_METRICS.matcher(expression.text()).replaceAll(" "))
                .results()
                .map(match -> match.group())
                .filter(word -> word.contains("_") || word.equals("up"))
                .forEach(metric ->
                        used.computeIfAbsent(metric, none -> new TreeSet<>()).add(expression.place()));
    }
}
