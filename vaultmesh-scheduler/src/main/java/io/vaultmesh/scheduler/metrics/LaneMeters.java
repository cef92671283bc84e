package io.vaultmesh.scheduler.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.LaneFact;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.Skip;
import io.vaultmesh.scheduler.plan.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The meters of one lane. All of them are there from the start, since a rate can't be told from what appears with 1. Thread-safe. */
final class LaneMeters {

    // those of the original's client, and what a chain takes
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1)
    };
    private static final Duration[] FINALITIES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(3),
        Duration.ofHours(12),
        Duration.ofDays(1)
    };

    private final MeterRegistry registry;
    private final Lane lane;
    private final Tags tags;
    private final List<Meter> all = new CopyOnWriteArrayList<>();
    private final Counter attempted;
    private final Counter succeeded;
    private final Counter failed;
    private final Map<Trouble, Counter> errors = new EnumMap<>(Trouble.class);
    private final Map<Skip.Reason, Counter> skips = new EnumMap<>(Skip.Reason.class);
    private final Timer success;
    private final Timer pending;
    private final Timer failure;
    private final Timer finality;

    LaneMeters(MeterRegistry registry, Lane lane) {
        this.registry = registry;
        this.lane = lane;
        this.tags = Tags.of(
                "namespace", lane.namespace().value(), "cadence", lane.cadence().toString(), "target", lane.target());
        attempted = counter("vmsh.anchors.attempted", "Submissions that were tried", tags);
        succeeded = counter("vmsh.anchors.succeeded", "Anchors that are final and recorded", tags);
        failed = counter("vmsh.anchors.failed", "Steps that failed", tags);
        for (Trouble trouble : Trouble.values()) {
            errors.put(
                    trouble,
                    counter("vmsh.anchor.errors", "Steps that failed, by kind", tags.and("type", name(trouble))));
        }
        for (Skip.Reason reason : Skip.Reason.values()) {
            skips.put(
                    reason,
                    counter(
                            "vmsh.anchor.skips",
                            "Times at which the lane was due and nothing was done",
                            tags.and("reason", name(reason))));
        }
        success = duration("success");
        pending = duration("pending");
        failure = duration("failure");
        finality = timer(
                "vmsh.anchor.finality", "From the intent until the anchor is final and recorded", tags, FINALITIES);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Counter counter(String name, String description, Tags labels) {
        return add(Counter.builder(name).description(description).tags(labels).register(registry));
    }

    private Timer duration(String status) {
        return timer(
                "vmsh.anchor.duration",
                "Steps of anchors, by what came of them",
                tags.and("status", status),
                DURATIONS);
    }

    private Timer timer(String name, String description, Tags labels, Duration... buckets) {
        return add(Timer.builder(name)
                .description(description)
                .tags(labels)
                .serviceLevelObjectives(buckets)
                .register(registry));
    }

    private <M extends Meter> M add(M meter) {
        all.add(meter);
        return meter;
    }

    /** Adds what is read whenever somebody asks. */
    void watch(Supplier<SchedulerSnapshot> scheduler) {
        gauge(
                scheduler,
                "vmsh.anchors.pending",
                "1 while the target has an anchor that isn't final yet",
                "",
                (status, now) -> status.state().stage() == Stage.SUBMITTED ? 1 : 0);
        gauge(
                scheduler,
                "vmsh.anchor.parked",
                "1 while the lane is left alone, as its last failure doesn't pass by itself",
                "",
                (status, now) -> status.state().parked() ? 1 : 0);
        gauge(
                scheduler,
                "vmsh.anchor.last.success.timestamp",
                "When the last anchor was recorded",
                "seconds",
                (status, now) -> seconds(status.anchored()));
        gauge(
                scheduler,
                "vmsh.anchor.next.due.timestamp",
                "When something is to be done next",
                "seconds",
                (status, now) -> seconds(status.due(now)));
    }

    private void gauge(
            Supplier<SchedulerSnapshot> scheduler,
            String name,
            String description,
            String unit,
            BiFunction<LaneStatus, Instant, Number> value) {
        Gauge.Builder<?> gauge = Gauge.builder(name, () -> {
                    SchedulerSnapshot now = scheduler.get();
                    return Optional.ofNullable(now.lanes().get(lane))
                            .map(status -> value.apply(status, now.at()))
                            .orElse(Double.NaN);
                })
                .description(description)
                .tags(tags);
        Gauge unused = add((unit.isEmpty() ? gauge : gauge.baseUnit(unit)).register(registry));
    }

    static double seconds(Optional<Instant> at) {
        return at.map(instant -> instant.toEpochMilli() / 1000.0).orElse(Double.NaN);
    }

    void count(LaneFact fact) {
        if (fact instanceof LaneFact.Submitted) {
            attempted.increment();
        } else if (fact instanceof LaneFact.Pending step) {
            pending.record(step.took());
        } else if (fact instanceof LaneFact.Recorded step) {
            succeeded.increment();
            success.record(step.took());
            finality.record(step.sinceIntent());
        } else if (fact instanceof LaneFact.Failed step) {
            if (!step.verifying()) {
                attempted.increment();
            }
            failed.increment();
            failure.record(step.took());
            count(errors, step.trouble());
        } else if (fact instanceof LaneFact.Skipped step) {
            count(skips, step.reason());
        }
    }

    private static <K> void count(Map<K, Counter> counters, K which) {
        Optional.ofNullable(counters.get(which)).orElseThrow().increment();
    }

    void remove() {
        all.forEach(registry::remove);
    }
}
