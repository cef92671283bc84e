package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.metrics.Exposition;
import io.vaultmesh.scheduler.metrics.SchedulerMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations and the page of a scheduler, looked at by Prometheus' own tool. */
class OperationsFilesTest {

    private static final Path FILES = Path.of(System.getProperty("module.dir", ""), "..", "docs", "operations")
            .toAbsolutePath();

    /** Every word of the queries that is no metric: functions, operators, labels. */
    private static final Set<String> WORDS = Set.of(
            "absent",
            "by",
            "cadence",
            "for",
            "histogram_quantile",
            "increase",
            "instance",
            "le",
            "max",
            "namespace",
            "outcome",
            "rate",
            "reason",
            "status",
            "sum",
            "target",
            "time",
            "type",
            "unless");

    @TempDir
    Path directory;

    private String page;

    /** The page of a scheduler that was in every state. */
    @BeforeEach
    void scheduler() {
        SchedulerFixture fixture = new SchedulerFixture();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SchedulerMetrics metrics = new SchedulerMetrics(registry);
        ScriptedAnchor good = new ScriptedAnchor("test:good");
        ScriptedAnchor slow = new ScriptedAnchor("test:slow");
        ScriptedAnchor bad = new ScriptedAnchor("test:bad");
        slow.finalities.add(() -> new Finality.Pending("in the pool"));
        for (Trouble trouble : Trouble.values()) {
            bad.failures.add(new AnchorException(trouble, "\"no\"\n" + trouble));
        }
        try (Remembrancer memory = fixture.memory(directory.resolve("memory"))) {
            Namespace main = memory.namespace("dao:vaultmesh");
            record(main, "one");
            try (Scheduler scheduler = fixture.scheduler(memory)
                    .namespace(
                            "dao:vaultmesh",
                            cadence -> cadence.fast("89s", good, bad).strong("34*fast", slow))
                    .namespace("later", cadence -> cadence.fast("1h", good))
                    .listener(metrics)
                    .build()) {
                metrics.watch(scheduler::snapshot);
                for (int n = 0; n < 40; n++) {
                    var unused = scheduler.tick();
                    fixture.now = fixture.now.plus(Duration.ofSeconds(20));
                    if (n % 10 == 9) {
                        scheduler.release();
                    }
                }
                metrics.reloaded(true);
                metrics.reloaded(false);
                page = registry.scrape();
            }
        }
    }

    @Test
    void promtoolFindsNothingWrongWithThePage() throws IOException {
        OutsideProgram shell = OutsideProgram.require("sh", "promtool");
        Files.writeString(directory.resolve("page"), page);
        OutsideProgram.Result checked = shell.run(directory, "-c", "promtool check metrics < page");
        assertEquals("", checked.orFail() + checked.err());
        assertTrue(page.contains("type=\"network\"") && page.contains("reason=\"no_namespace\""), page);
    }

    @Test
    void promtoolFindsWhatIsWrongWithAPage() throws IOException {
        OutsideProgram shell = OutsideProgram.require("sh", "promtool");
        Files.writeString(directory.resolve("page"), page.replace("vmsh_anchors_failed_total", "vmsh_anchors_failed"));
        assertFalse(shell.run(directory, "-c", "promtool check metrics < page").exit() == 0);
    }

    @Test
    void promtoolTakesTheRulesAndTheirTestsHold() {
        OutsideProgram promtool = OutsideProgram.require("promtool");
        String checked = promtool.run(FILES, "check", "rules", "alerts.yml").orFail();
        assertTrue(checked.contains("SUCCESS: " + alerts().size() + " rules found"), checked);
        String tested = promtool.run(FILES, "test", "rules", "alerts_test.yml").orFail();
        assertTrue(tested.contains("SUCCESS"), tested);
    }

    @Test
    void eachRuleIsSeenToFireAndNotToFire() throws IOException {
        String tests = Files.readString(FILES.resolve("alerts_test.yml"));
        for (String alert : alerts()) {
            assertTrue(tests.contains("alertname: " + alert + "\n        exp_alerts: []"), alert + " keeps still");
            assertTrue(tests.contains("alertname: " + alert + "\n        exp_alerts:\n"), alert + " fires");
        }
    }

    private static List<String> alerts() {
        return matches("(?m)^ +- alert: (\\S+)$", read("alerts.yml"));
    }

    /** A query of the dashboard is a rule, as far as its syntax goes. */
    @Test
    void promtoolTakesEveryQueryOfTheDashboard() throws IOException {
        OutsideProgram promtool = OutsideProgram.require("promtool");
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<String> queries = queries();
        for (int n = 0; n < queries.size(); n++) {
            rules.append("      - record: q").append(n).append("\n        expr: '");
            rules.append(queries.get(n).replace("$instance", ".*").replace("$namespace", ".*"))
                    .append("'\n");
        }
        Files.writeString(directory.resolve("queries.yml"), rules.toString());
        String checked =
                promtool.run(directory, "check", "rules", "queries.yml").orFail();
        assertTrue(checked.contains("SUCCESS: " + queries.size() + " rules found"), checked);
        assertTrue(queries.size() >= 16, queries::toString);
    }

    @Test
    void theDashboardAndTheRulesNameOnlyMetricsThatExist() {
        Set<String> existing = new Exposition(page).names();
        List<String> texts = new ArrayList<>(queries());
        texts.addAll(variables());
        texts.addAll(matches("(?s) expr: (.*?)\\n        (?:for|labels):", read("alerts.yml")));
        assertTrue(texts.size() >= 30, texts::toString);
        for (String text : texts) {
            Set<String> unknown = new TreeSet<>(words(text));
            unknown.removeAll(WORDS);
            unknown.removeAll(existing);
            assertEquals(Set.of(), unknown, text);
        }
    }

    @Test
    void theDashboardShowsEveryMetric() {
        String all = String.join("\n", queries());
        Set<String> shown = words(all).stream()
                .map(name -> name.replaceAll("_(bucket|sum|count)$", ""))
                .collect(Collectors.toSet());
        Set<String> families = new TreeSet<>(new Exposition(page).types().keySet());
        families.removeIf(name -> name.endsWith("_max")); // Micrometer's, of each histogram
        families.removeIf(shown::contains);
        assertEquals(Set.of(), families);
    }

    /** The words of a query, without what stands in quotes, durations and variables. */
    private static Set<String> words(String query) {
        String bare = query.replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\[[0-9a-z]+]", "")
                .replaceAll("label_values\\((.*), instance\\)|label_values\\((.*), namespace\\)", "$1$2");
        return Set.copyOf(new TreeSet<>(matches("\\b([a-zA-Z_][a-zA-Z0-9_]*)\\b", bare)));
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject dashboard() {
        return StrictJson.parseObject(read("dashboard.json").getBytes(), "dashboard");
    }

    private static List<String> queries() {
        return dashboard().array("panels").objects().stream()
                .flatMap(panel -> panel.array("targets").objects().stream())
                .map(target -> target.string("expr"))
                .toList();
    }

    private static List<String> variables() {
        return dashboard().object("templating").array("list").objects().stream()
                .map(variable -> variable.get("query").orElseThrow())
                .filter(query -> !(query instanceof JsonString))
                .map(query -> ((JsonObject) query).string("query"))
                .toList();
    }
}
