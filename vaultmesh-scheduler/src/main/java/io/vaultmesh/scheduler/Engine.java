package io.vaultmesh.scheduler;

import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import io.vaultmesh.scheduler.journal.Anchored;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.journal.Progress;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Plan;
import io.vaultmesh.scheduler.plan.Planner;
import io.vaultmesh.scheduler.plan.SchedulerState;
import io.vaultmesh.scheduler.plan.Skip;
import io.vaultmesh.scheduler.plan.Stage;
import io.vaultmesh.scheduler.plan.Step;
import io.vaultmesh.scheduler.plan.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The state of a scheduler, and the plans that are made of it. It is made from the memory's anchor records and the journal, and
 * so needs no file of its own. Thread-safe.
 */
final class Engine {

    private final SchedulerConfig config;
    private final Journal journal;
    private final Duration spread;
    private final Instant start;
    private final Ledgers ledgers; // guarded by this
    // changed under this; copied without it, so that who watches doesn't wait for a plan that a slow disk holds up
    private final Map<Lane, LaneState> lanes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, TargetState> targets = Collections.synchronizedMap(new HashMap<>());
    private final Observed observed = new Observed();

    Engine(Remembrancer memory, SchedulerConfig config, Journal journal, Duration spread, Instant start) {
        this.config = config;
        this.journal = journal;
        this.spread = spread;
        this.start = start;
        this.ledgers = new Ledgers(
                memory,
                config.lanes().keySet().stream().map(Lane::namespace).collect(Collectors.toSet()),
                this::opened);
        config.lanes().keySet().forEach(lane -> lanes.put(lane, initial(lane)));
    }

    private LaneState initial(Lane lane) {
        Optional<Window> spreading = LaneState.spread(start, DueGrid.share(spread, lane.toString()));
        Progress progress = journal.of(lane);
        progress.intent().ifPresent(intent -> observed.begun(lane, intent.at()));
        progress.failure()
                .ifPresent(failure -> observed.failing(lane, failure.pause().from()));
        // a parked lane is tried once after a start: that is when somebody has looked
        Optional<Window> quiet = progress.failure()
                .filter(failure -> !failure.trouble().parks())
                .map(failure -> Optional.of(failure.pause()))
                .orElse(spreading);
        int failures = progress.failure().map(failure -> failure.count()).orElse(0);
        return new LaneState(stage(progress), false, 0, failures, false, quiet);
    }

    static Stage stage(Progress progress) {
        if (progress.intent().isEmpty()) {
            return Stage.IDLE;
        }
        return progress.evidence().isPresent() ? Stage.SUBMITTED : Stage.PREPARED;
    }

    /** Takes over what was anchored last in a namespace's lanes: the journal knows it, or else the log is asked, once. */
    private void opened(NamespaceName name, Ledger ledger) {
        List<Lane> unknown = lanes.keySet().stream()
                .filter(lane -> lane.namespace().equals(name))
                .filter(lane -> journal.of(lane)
                        .last()
                        .filter(last -> last.size() <= ledger.namespace().size()) // or the memory is an older one now
                        .isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            journal.learned(ledger.last(unknown, start));
        }
        lanes.replaceAll((lane, state) -> lane.namespace().equals(name)
                ? journal.of(lane)
                        .last()
                        .filter(last -> last.size() > 0)
                        .map(last -> anchoredBefore(lane, state, last))
                        .orElse(state)
                : state);
    }

    private LaneState anchoredBefore(Lane lane, LaneState state, Anchored last) {
        observed.anchored(lane, last.at());
        Window tick = grid(lane).at(last.at());
        boolean served = state.stage() == Stage.IDLE && state.failures() == 0;
        return new LaneState(
                state.stage(),
                state.busy(),
                last.size(),
                state.failures(),
                state.parked(),
                served && tick.until().isAfter(start) ? Optional.of(tick) : state.quiet());
    }

    private DueGrid grid(Lane lane) {
        return Optional.ofNullable(config.lanes().get(lane)).orElseThrow();
    }

    /** The window of the tick that a moment is in. */
    Window tick(Lane lane, Instant at) {
        return grid(lane).at(at);
    }

    /** Makes a plan, and marks what it says as being done. */
    synchronized Plan plan(Instant now) {
        Plan plan = Planner.plan(config, new SchedulerState(lanes, targets, ledgers.news()), now);
        for (Step step : plan.steps()) {
            lanes.computeIfPresent(step.lane(), (lane, state) -> state.taking());
            if (step.act() != Step.Act.VERIFY) {
                target(
                        step.lane(),
                        state -> state.submitting(
                                now, config.limitsOf(step.lane().target())));
            }
        }
        for (Skip skip : plan.skips()) {
            if (skip.reason() == Skip.Reason.NOTHING_NEW) {
                lanes.computeIfPresent(skip.lane(), (lane, state) -> state.served(tick(lane, now)));
            }
        }
        return plan;
    }

    synchronized Namespace namespace(Lane lane) {
        return ledgers.of(lane.namespace()).namespace();
    }

    synchronized LaneState state(Lane lane) {
        return Optional.ofNullable(lanes.get(lane)).orElseThrow();
    }

    synchronized void lane(Lane lane, UnaryOperator<LaneState> change) {
        lanes.computeIfPresent(lane, (same, state) -> change.apply(state));
    }

    synchronized void target(Lane lane, UnaryOperator<TargetState> change) {
        targets.put(lane.target(), change.apply(targets.getOrDefault(lane.target(), TargetState.NEW)));
    }

    void targetFailed(Lane lane, Instant now) {
        target(lane, state -> state.failed(now, config.limitsOf(lane.target())));
    }

    /** Lets parked lanes be tried again. */
    synchronized void release() {
        lanes.replaceAll((lane, state) -> state.parked()
                ? new LaneState(
                        state.stage(), state.busy(), state.anchored(), state.failures(), false, Optional.empty())
                : state);
    }

    Map<Lane, LaneState> lanes() {
        synchronized (lanes) {
            return Map.copyOf(lanes);
        }
    }

    Map<String, TargetState> targets() {
        synchronized (targets) {
            return Map.copyOf(targets);
        }
    }

    Observed observed() {
        return observed;
    }
}
