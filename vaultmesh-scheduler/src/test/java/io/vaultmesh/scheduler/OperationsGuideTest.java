package io.vaultmesh.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.metrics.SchedulerMetrics;
import io.vaultmesh.scheduler.ops.Health;
import io.vaultmesh.scheduler.ops.OpsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/operations, as it is run, and that its tables are whole. */
class OperationsGuideTest {

    private static final Path MODULE = Path.of(System.getProperty("module.dir", ""));

    @TempDir
    Path directory;

    private static String guide() throws IOException {
        return Files.readString(MODULE.resolve("../docs/operations/README.md"));
    }

    @Test
    void theExampleRuns() {
        ScriptedAnchor target = new ScriptedAnchor("test:one");
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            // region operations
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            SchedulerMetrics metrics = new SchedulerMetrics(registry);
            try (Scheduler scheduler = Scheduler.builder(memory)
                            .namespace("main", cadence -> cadence.fast("89s", target)) // or .files(…)
                            .listener(metrics)
                            .configListener(event -> event.inForce().ifPresent(metrics::reloaded))
                            .build();
                    OpsServer server = OpsServer.of(scheduler::snapshot)
                            .metrics(registry::scrape) // without it there is no /metrics
                            .port(0) // of the loopback address; any that is free
                            .open()) {
                metrics.watch(scheduler::snapshot);
                scheduler.start();
                System.out.println("http://localhost:" + server.address().getPort() + "/health");
            }
            // endregion
            assertTrue(registry.scrape().contains("vmsh_anchors_attempted_total"));
        }
    }

    @Test
    void theExampleIsTheOneThatIsShown() throws IOException {
        List<String> source = Files.readString(
                        MODULE.resolve("src/test/java/io/vaultmesh/scheduler/OperationsGuideTest.java"))
                .lines()
                .dropWhile(line -> !line.strip().equals("// region operations"))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// endregion"))
                .toList();
        String region = source.stream().collect(Collectors.joining("\n")).stripIndent();
        assertTrue(guide().contains("<!-- scheduler-operations -->\n```java\n" + region + "\n```\n"), region);
    }

    @Test
    void everyReasonAndMetricIsExplained() throws IOException {
        String guide = guide();
        for (Health.Cause cause : Health.Cause.values()) {
            assertTrue(guide.contains("\n| `" + cause + "`"), cause::toString);
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SchedulerMetrics metrics = new SchedulerMetrics(registry);
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"));
                Scheduler scheduler = Scheduler.builder(memory)
                        .namespace("main", cadence -> cadence.fast("89s", new ScriptedAnchor("test:one")))
                        .build()) {
            metrics.watch(scheduler::snapshot);
            List<String> unexplained = registry.scrape()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE ") && !line.contains("_max "))
                    .map(line -> line.split(" ")[2])
                    .filter(name -> !guide.contains("\n| `" + name))
                    .toList();
            assertEquals(List.of(), unexplained);
        }
    }
}
