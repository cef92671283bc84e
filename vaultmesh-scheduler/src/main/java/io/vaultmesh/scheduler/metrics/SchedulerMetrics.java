package io.vaultmesh.scheduler.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.Happening;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a scheduler does: given to {@code SchedulerBuilder.listener}, and then told to {@linkplain #watch watch} the
 * scheduler. Needs {@code io.micrometer:micrometer-core}, which this library doesn't bring along.
 *
 * <p>In Prometheus' names, those of the original first, each with the labels that it had:
 *
 * <ul>
 *   <li>{@code vmsh_anchors_attempted_total} by namespace, cadence and target: submissions that were tried
 *   <li>{@code vmsh_anchors_succeeded_total} by the same: anchors that are final and recorded
 *   <li>{@code vmsh_anchors_failed_total} by the same: steps that failed, of which those that verify are no submissions
 *   <li>{@code vmsh_backoff_state} by namespace: failures in a row, of the lane that has the most
 *   <li>{@code vmsh_anchor_duration_seconds}, a histogram by namespace, cadence, target and status: steps that ended in {@code
 *       success} or {@code failure}, or left an anchor {@code pending}
 *   <li>{@code vmsh_anchor_errors_total}, also by type: the trouble; {@code vmsh_anchor_skips_total}, also by reason
 *   <li>{@code vmsh_anchor_finality_seconds}, a histogram: from the intent to the record
 *   <li>{@code vmsh_anchors_pending}, {@code vmsh_anchor_parked}: 1 or 0; {@code vmsh_anchor_last_success_timestamp_seconds},
 *       {@code vmsh_anchor_next_due_timestamp_seconds}: NaN if there is none
 *   <li>{@code vmsh_target_circuit_state} by target: 0 closed, 1 half open, 2 open
 *   <li>{@code vmsh_scheduler_last_tick_timestamp_seconds}; {@code vmsh_scheduler_tick_seconds_count} and {@code _sum}: plans
 *       and how long they took; {@code vmsh_scheduler_journal_refused} and {@code vmsh_scheduler_configuration_refused}: 1 or 0
 *   <li>{@code vmsh_scheduler_reloads_total} by outcome: {@code accepted} or {@code refused}
 * </ul>
 *
 * <p>There are as many meters as lanes, namespaces and targets are configured; nothing that a target says makes one. One
 * registry is for one scheduler. Thread-safe.
 */
public final class SchedulerMetrics implements Consumer<Happening> {

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter refused;
    private final Map<Lane, LaneMeters> lanes = new ConcurrentHashMap<>();
    private final Map<String, Meter> namespaces = new ConcurrentHashMap<>();
    private final Map<String, Meter> targets = new ConcurrentHashMap<>();
    private volatile @Nullable LatestSnapshot scheduler; // changed under this

    /**
     * Creates a listener.
     *
     * @param registry where the meters are
     */
    @SuppressWarnings("exports") // who has no Micrometer couldn't compile against this module, if it were transitive
    public SchedulerMetrics(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
        accepted = reloads("accepted");
        refused = reloads("refused");
    }

    private Counter reloads(String outcome) {
        return Counter.builder("vmsh.scheduler.reloads")
                .description("Configurations that were read again")
                .tag("outcome", outcome)
                .register(registry);
    }

    /**
     * Adds the meters that are read whenever somebody asks, at most once a second, and those of lanes in which nothing happened
     * yet.
     *
     * @param snapshots {@code scheduler::snapshot}
     * @throws IllegalStateException if it watches a scheduler already
     */
    public synchronized void watch(Supplier<SchedulerSnapshot> snapshots) {
        if (scheduler != null) {
            throw new IllegalStateException("a scheduler is watched already, expected one for each registry");
        }
        LatestSnapshot latest = new LatestSnapshot(snapshots, registry.config().clock());
        gauge(
                latest,
                "vmsh.scheduler.last.tick.timestamp",
                "When the last plan was made",
                "seconds",
                now -> LaneMeters.seconds(now.ticked()));
        gauge(
                latest,
                "vmsh.scheduler.journal.refused",
                "1 if the disk refused the journal",
                "",
                now -> now.journalRefused() ? 1 : 0);
        gauge(
                latest,
                "vmsh.scheduler.configuration.refused",
                "1 while the newest configuration isn't in force",
                "",
                now -> now.configurationRefused().isPresent() ? 1 : 0);
        FunctionTimer unused = FunctionTimer.builder(
                        "vmsh.scheduler.tick",
                        latest,
                        now -> now.get().ticks(),
                        now -> now.get().planning().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Plans that were made, and how long that took")
                .register(registry);
        scheduler = latest;
        lanes.values().forEach(known -> known.watch(latest)); // those of before; later ones watch by themselves
        follow(latest.get(), latest);
    }

    private void gauge(
            Supplier<SchedulerSnapshot> latest,
            String name,
            String description,
            String unit,
            ToDoubleFunction<SchedulerSnapshot> value) {
        Gauge.Builder<?> gauge =
                Gauge.builder(name, () -> value.applyAsDouble(latest.get())).description(description);
        Gauge unused = (unit.isEmpty() ? gauge : gauge.baseUnit(unit)).register(registry);
    }

    /** Has the meters that a configuration asks for, and no others. */
    private void follow(SchedulerSnapshot now, Supplier<SchedulerSnapshot> latest) {
        Set<Lane> configured = now.lanes().keySet();
        configured.forEach(lane -> {
            LaneMeters unused = of(lane);
        });
        lanes.entrySet().removeIf(lane -> {
            boolean gone = !configured.contains(lane.getKey());
            if (gone) {
                lane.getValue().remove();
            }
            return gone;
        });
        Set<String> names =
                configured.stream().map(lane -> lane.namespace().value()).collect(Collectors.toSet());
        follow(namespaces, names, name -> backoff(name, latest));
        follow(targets, now.circuits().keySet(), name -> circuit(name, latest));
    }

    private void follow(Map<String, Meter> meters, Set<String> names, Function<String, Meter> meter) {
        names.forEach(name -> {
            Meter unused = meters.computeIfAbsent(name, meter);
        });
        meters.entrySet().removeIf(each -> {
            boolean gone = !names.contains(each.getKey());
            if (gone) {
                Meter unused = registry.remove(each.getValue());
            }
            return gone;
        });
    }

    private Gauge backoff(String namespace, Supplier<SchedulerSnapshot> latest) {
        return Gauge.builder(
                        "vmsh.backoff.state",
                        () -> latest.get().lanes().entrySet().stream()
                                .filter(lane ->
                                        lane.getKey().namespace().value().equals(namespace))
                                .mapToInt(lane -> lane.getValue().state().failures())
                                .max()
                                .orElse(0))
                .description("Failures in a row, of the lane of the namespace that has the most")
                .tag("namespace", namespace)
                .register(registry);
    }

    private Gauge circuit(String target, Supplier<SchedulerSnapshot> latest) {
        return Gauge.builder(
                        "vmsh.target.circuit.state",
                        () -> Optional.ofNullable(latest.get().circuits().get(target))
                                .map(SchedulerMetrics::number)
                                .orElse(Double.NaN))
                .description("How the circuit of the target is: 0 closed, 1 half open, 2 open")
                .tag("target", target)
                .register(registry);
    }

    private static double number(Circuit circuit) {
        return switch (circuit) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    @Override
    public void accept(Happening happening) {
        of(happening.lane()).count(happening.fact());
    }

    private LaneMeters of(Lane lane) {
        return lanes.computeIfAbsent(lane, key -> {
            LaneMeters meters = new LaneMeters(registry, key);
            Supplier<SchedulerSnapshot> watched = scheduler;
            if (watched != null) {
                meters.watch(watched);
            }
            return meters;
        });
    }

    /**
     * Counts that a configuration was read again, once it is in force or was refused. The meters of lanes that are no more are
     * removed.
     *
     * @param inForce whether it was accepted
     */
    public synchronized void reloaded(boolean inForce) {
        (inForce ? accepted : refused).increment();
        LatestSnapshot watched = scheduler;
        if (inForce && watched != null) {
            follow(watched.renewed(), watched);
        }
    }
}
