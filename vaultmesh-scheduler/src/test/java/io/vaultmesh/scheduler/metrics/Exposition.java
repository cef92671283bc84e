package io.vaultmesh.scheduler.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page in Prometheus' text format, as tests ask it. What the format itself allows is promtool's business. */
public final class Exposition {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    private final Map<String, Double> samples = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();

    public Exposition(String page) {
        page.lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches() && !line.startsWith("#")) {
                String labels = sample.group(2) == null ? "" : "{" + sample.group(2) + "}";
                samples.put(
                        sample.group(1) + labels,
                        Double.parseDouble(sample.group(3).replace("+Inf", "Infinity")));
            } else if (!line.startsWith("# HELP ")) {
                throw new AssertionError("not a line of a page: " + line);
            }
        });
    }

    /** The type of each family of metrics. */
    public Map<String, String> types() {
        return types;
    }

    /** The name of every sample, without labels. */
    public Set<String> names() {
        return samples.keySet().stream().map(name -> name.split("\\{")[0]).collect(Collectors.toSet());
    }

    /** The names of the labels of a metric, but for the bucket's. */
    public Set<String> labels(String name) {
        return samples.keySet().stream()
                .filter(sample -> sample.startsWith(name + "{"))
                .flatMap(sample ->
                        Pattern.compile("[{,]([a-z]+)=").matcher(sample).results())
                .map(match -> match.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toSet());
    }

    /** The value of a sample, with its labels in the order of the alphabet. */
    public double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("there is no " + sample + " in\n" + String.join("\n", samples.keySet()));
        }
        return value;
    }

    public Set<String> samples() {
        return samples.keySet();
    }
}
