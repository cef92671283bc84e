package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.START;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.metrics.Exposition;
import io.vaultmesh.scheduler.metrics.SchedulerMetrics;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of a real scheduler, read from the page that Prometheus reads. */
class SchedulerMetricsTest {

    private static final String ONE = "{cadence=\"fast\",namespace=\"main\",target=\"test:one\"}";

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final MockClock registryClock = new MockClock();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), registryClock);
    private final SchedulerMetrics metrics = new SchedulerMetrics(registry);
    private final ScriptedAnchor target = new ScriptedAnchor("test:one");
    private Remembrancer memory;
    private Namespace main;

    @BeforeEach
    void open() {
        memory = fixture.memory(directory.resolve("memory"));
        main = memory.namespace("main");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private Scheduler scheduler() {
        Scheduler scheduler = fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .limits("test:one", new Limits(Duration.ZERO, 2))
                .listener(metrics)
                .build();
        metrics.watch(scheduler::snapshot);
        return scheduler;
    }

    private Exposition page() {
        registryClock.add(1, TimeUnit.SECONDS); // gauges are read anew
        return new Exposition(registry.scrape());
    }

    private static void tick(Scheduler scheduler) {
        var unused = scheduler.tick();
    }

    private void later(Duration time) {
        fixture.now = fixture.now.plus(time);
    }

    @Nested
    class TheOriginals {

        @Test
        void haveTheirNamesTypesAndLabels() {
            record(main, "one");
            try (Scheduler scheduler = scheduler()) {
                tick(scheduler);
                Exposition page = page();
                Set<String> lane = Set.of("namespace", "cadence", "target");
                for (String name : Set.of("attempted", "succeeded", "failed")) {
                    assertEquals("counter", page.types().get("vmsh_anchors_" + name + "_total"));
                    assertEquals(lane, page.labels("vmsh_anchors_" + name + "_total"));
                }
                assertEquals("gauge", page.types().get("vmsh_backoff_state"));
                assertEquals(Set.of("namespace"), page.labels("vmsh_backoff_state"));
                assertEquals("histogram", page.types().get("vmsh_anchor_duration_seconds"));
                Set<String> withStatus = new TreeSet<>(lane);
                withStatus.add("status");
                assertEquals(withStatus, page.labels("vmsh_anchor_duration_seconds_bucket"));
                for (String status : Set.of("success", "failure")) {
                    assertTrue(page.samples()
                            .contains("vmsh_anchor_duration_seconds_count"
                                    + ONE.replace(",target", ",status=\"" + status + "\",target")));
                }
            }
        }
    }

    @Nested
    class Counting {

        @Test
        void allCountersAreThereBeforeAnythingHappened() {
            try (Scheduler scheduler = scheduler()) {
                Exposition page = page();
                assertEquals(0, page.value("vmsh_anchors_attempted_total" + ONE));
                assertEquals(0, page.value("vmsh_anchors_failed_total" + ONE));
                for (Trouble trouble : Trouble.values()) {
                    assertEquals(
                            0,
                            page.value("vmsh_anchor_errors_total"
                                    + ONE.replace(
                                            "}", ",type=\"" + trouble.name().toLowerCase(Locale.ROOT) + "\"}")));
                }
                assertEquals(0, page.value("vmsh_scheduler_reloads_total{outcome=\"refused\"}"));
                assertTrue(Double.isNaN(page.value("vmsh_anchor_last_success_timestamp_seconds" + ONE)));
                assertEquals(0, scheduler.snapshot().ticks());
            }
        }

        @Test
        void aSuccessWithItsTimes() {
            record(main, "one");
            target.finalities.add(() -> {
                later(Duration.ofSeconds(2));
                return new Finality.Pending("in the pool");
            });
            target.finalities.add(() -> {
                later(Duration.ofSeconds(3));
                return new Finality.Final(START);
            });
            try (Scheduler scheduler = scheduler()) {
                tick(scheduler);
                assertEquals(1, page().value("vmsh_anchors_pending" + ONE));
                later(Duration.ofSeconds(30));
                tick(scheduler);
                Exposition page = page();
                assertEquals(1, page.value("vmsh_anchors_attempted_total" + ONE));
                assertEquals(1, page.value("vmsh_anchors_succeeded_total" + ONE));
                assertEquals(0, page.value("vmsh_anchors_failed_total" + ONE));
                assertEquals(0, page.value("vmsh_anchors_pending" + ONE));
                assertEquals(2, duration(page, "pending"));
                assertEquals(3, duration(page, "success"));
                assertEquals(0, duration(page, "failure"));
                assertEquals(35, page.value("vmsh_anchor_finality_seconds_sum" + ONE));
                assertEquals(
                        START.plusSeconds(35).getEpochSecond(),
                        page.value("vmsh_anchor_last_success_timestamp_seconds" + ONE));
                double due = page.value("vmsh_anchor_next_due_timestamp_seconds" + ONE);
                assertTrue(due > START.getEpochSecond() && due <= START.getEpochSecond() + 3600, "due " + due);
                assertEquals(2, page.value("vmsh_scheduler_tick_seconds_count"));
                assertEquals(
                        START.plusSeconds(32).getEpochSecond(),
                        page.value("vmsh_scheduler_last_tick_timestamp_seconds"));
            }
        }

        private static double duration(Exposition page, String status) {
            return page.value(
                    "vmsh_anchor_duration_seconds_sum" + ONE.replace(",target", ",status=\"" + status + "\",target"));
        }

        @Test
        void failuresByKindAndTheCircuitUntilTheTargetIsBack() {
            record(main, "one");
            target.failures.add(new AnchorException(Trouble.NETWORK, "down"));
            target.failures.add(new AnchorException(Trouble.AUTH, "who?"));
            target.finalities.add(() -> new Finality.Missing("lost"));
            try (Scheduler scheduler = scheduler()) {
                tick(scheduler);
                assertEquals(1, page().value("vmsh_backoff_state{namespace=\"main\"}"));
                assertEquals(0, page().value("vmsh_target_circuit_state{target=\"test:one\"}"));
                later(Duration.ofSeconds(10));
                tick(scheduler);
                assertEquals(2, page().value("vmsh_backoff_state{namespace=\"main\"}"));
                assertEquals(2, page().value("vmsh_target_circuit_state{target=\"test:one\"}"));
                later(Duration.ofSeconds(14));
                assertEquals(1, page().value("vmsh_target_circuit_state{target=\"test:one\"}"));
                later(Duration.ofSeconds(60));
                tick(scheduler); // submitted, and lost: to verify it fails, which is no attempt
                Exposition page = page();
                assertEquals(3, page.value("vmsh_anchors_attempted_total" + ONE));
                assertEquals(3, page.value("vmsh_anchors_failed_total" + ONE));
                assertEquals(2, page.value("vmsh_anchor_errors_total" + ONE.replace("}", ",type=\"network\"}")));
                assertEquals(1, page.value("vmsh_anchor_errors_total" + ONE.replace("}", ",type=\"auth\"}")));
                later(Duration.ofMinutes(2));
                tick(scheduler);
                assertEquals(0, page().value("vmsh_target_circuit_state{target=\"test:one\"}"));
                assertEquals(0, page().value("vmsh_backoff_state{namespace=\"main\"}"));
                assertEquals(1, page().value("vmsh_anchors_succeeded_total" + ONE));
            }
        }

        @Test
        void skipsByReasonAndParkedLanes() {
            record(main, "one");
            target.failures.add(new AnchorException(Trouble.REJECTED, "no"));
            try (Scheduler scheduler = scheduler()) {
                tick(scheduler);
                later(Duration.ofHours(1));
                tick(scheduler);
                Exposition page = page();
                assertEquals(1, page.value("vmsh_anchor_parked" + ONE));
                assertTrue(Double.isNaN(page.value("vmsh_anchor_next_due_timestamp_seconds" + ONE)));
                assertEquals(
                        1,
                        page.value("vmsh_anchor_skips_total{cadence=\"fast\",namespace=\"main\",reason=\"parked\","
                                + "target=\"test:one\"}"));
            }
        }

        @Test
        void theLastSuccessOfALaterSchedulerIsReadFromTheLog() {
            record(main, "one");
            try (Scheduler scheduler = fixture.scheduler(memory)
                    .namespace("main", cadence -> cadence.fast("1h", target))
                    .build()) {
                tick(scheduler);
            }
            later(Duration.ofHours(2));
            try (Scheduler scheduler = scheduler()) {
                tick(scheduler);
                assertEquals(START.getEpochSecond(), page().value("vmsh_anchor_last_success_timestamp_seconds" + ONE));
            }
        }
    }

    @Nested
    class Watching {

        private final Map<Lane, LaneStatus> lanes = new HashMap<>();

        private SchedulerSnapshot snapshot() {
            Map<String, Circuit> circuits = new HashMap<>();
            lanes.keySet().forEach(lane -> circuits.put(lane.target(), Circuit.CLOSED));
            return new SchedulerSnapshot(
                    START, START, false, 0, Duration.ZERO, Optional.empty(), true, Optional.of(START), lanes, circuits);
        }

        private void add(String lane) {
            lanes.put(
                    Lane.parse(lane),
                    new LaneStatus(
                            LaneState.idle(0, Optional.empty()), Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Test
        void oneScheduler() {
            metrics.watch(this::snapshot);
            assertThrows(IllegalStateException.class, () -> metrics.watch(this::snapshot));
        }

        @Test
        void whatIsRefusedIsSaid() {
            metrics.watch(this::snapshot);
            assertEquals(1, page().value("vmsh_scheduler_journal_refused"));
            assertEquals(1, page().value("vmsh_scheduler_configuration_refused"));
        }

        @Test
        void reloadsAreCountedAndLeaveNoMetersOfLanesThatAreGone() {
            add("a/fast/test:one");
            metrics.watch(this::snapshot);
            Exposition before = page();
            for (int n = 0; n < 100; n++) {
                lanes.clear();
                add("a" + n + "/fast/test:t" + n);
                metrics.reloaded(true);
                metrics.reloaded(false);
            }
            Exposition after = page();
            assertEquals(before.samples().size(), after.samples().size());
            assertEquals(0, after.value("vmsh_backoff_state{namespace=\"a99\"}"));
            assertEquals(100, after.value("vmsh_scheduler_reloads_total{outcome=\"accepted\"}"));
            assertEquals(100, after.value("vmsh_scheduler_reloads_total{outcome=\"refused\"}"));
        }

        @Test
        void aRefusedReloadLeavesTheMetersAsTheyWere() {
            add("a/fast/test:one");
            metrics.watch(this::snapshot);
            lanes.clear();
            metrics.reloaded(false);
            assertTrue(page().names().contains("vmsh_anchors_attempted_total"));
            metrics.reloaded(true);
            assertFalse(page().names().contains("vmsh_anchors_attempted_total"));
        }
    }
}
