package io.vaultmesh.scheduler;

import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.Cadence;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The state of a scheduler, and the plans that are made of it. It is made from the memory's anchor records and the journal, and
 * so needs no file of its own. Thread-safe.
 */
final class Engine {

    private final Remembrancer memory;
    private final Journal journal;
    private final Duration spread;
    private Setup setup = new Setup(new SchedulerConfig(Map.of(), Map.of()), Map.of()); // guarded by this
    private SchedulerConfig config = setup.config(); // guarded by this; with the lanes that leave
    private Instant start; // guarded by this; when the setup came into use
    private final Map<NamespaceName, Ledgers> ledgers = new HashMap<>(); // guarded by this
    private final Map<NamespaceName, Ledger> open = new HashMap<>(); // guarded by this
    private final List<Lane> kept = new ArrayList<>(); // guarded by this
    // changed under this; copied without it, so that who watches doesn't wait for a plan that a slow disk holds up
    private final Map<Lane, LaneState> lanes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, TargetState> targets = Collections.synchronizedMap(new HashMap<>());
    private final Observed observed = new Observed();

    Engine(Remembrancer memory, Setup setup, Journal journal, Duration spread, Instant start) {
        this.memory = memory;
        this.journal = journal;
        this.spread = spread;
        this.start = start;
        Map<Lane, DueGrid> left = new LinkedHashMap<>(); // by an earlier process, and perhaps in no setup any more
        journal.lanes().forEach((lane, progress) -> {
            if (progress.intent().isPresent()) {
                left.put(lane, DueGrid.of(Cadence.LONGEST, lane.toString()));
                lanes.put(lane, initial(lane));
            }
        });
        config = new SchedulerConfig(left, Map.of());
        use(setup, start);
    }

    /**
     * Goes over to another setup, between two plans. A lane that stays goes on as it is; a new one begins as after a start. One
     * that goes is left alone from now on, but for what is under way in it: that is ended first, if its target is still there.
     */
    synchronized void use(Setup next, Instant now) {
        SchedulerConfig before = config;
        Map<String, Anchor> old = setup.targets();
        setup = next;
        start = now;
        Map<Lane, DueGrid> grids = new LinkedHashMap<>(next.config().lanes());
        before.lanes().forEach(grids::putIfAbsent);
        config = new SchedulerConfig(grids, next.config().limits());
        want(grids.keySet());
        Map<Lane, LaneState> begun = new LinkedHashMap<>();
        next.config().lanes().keySet().stream()
                .filter(lane -> !lanes.containsKey(lane))
                .forEach(lane -> begun.put(lane, initial(lane)));
        synchronized (lanes) { // who watches sees either setup, whole
            lanes.replaceAll((lane, state) -> {
                DueGrid last = Optional.ofNullable(before.lanes().get(lane)).orElseThrow();
                return grid(lane).equals(last) ? state : moved(state, last, grid(lane), now);
            });
            lanes.putAll(begun);
            next.targets().forEach((name, target) -> {
                if (old.containsKey(name) && old.get(name) != target) {
                    targets.remove(name); // what is known of the old one says nothing of one that has its name now
                    release(lane -> lane.target().equals(name), now);
                }
            });
            List.copyOf(lanes.keySet()).forEach(this::leave);
            targets.keySet().retainAll(next.targets().keySet());
        }
    }

    /** A state that waits for the end of a tick of one grid waits for that of the other one. */
    private static LaneState moved(LaneState state, DueGrid from, DueGrid to, Instant now) {
        boolean served = state.stage() == Stage.IDLE
                && state.failures() == 0
                && state.quiet()
                        .filter(quiet -> quiet.contains(now) && quiet.equals(from.at(now)))
                        .isPresent();
        return served && !state.busy() ? state.served(to.at(now)) : state;
    }

    /** Has namespaces opened at the next plan; those that have new lanes once more, to know what was anchored in these. */
    private void want(Set<Lane> all) {
        Set<NamespaceName> more = all.stream()
                .filter(lane -> !lanes.containsKey(lane) || !ledgers.containsKey(lane.namespace()))
                .map(Lane::namespace)
                .collect(Collectors.toSet());
        if (!more.isEmpty()) {
            Ledgers added = new Ledgers(memory, more, this::opened);
            more.forEach(name -> ledgers.put(name, added));
        }
    }

    /** Lets go of a lane that isn't in the setup any more, if nothing is under way that could be ended. */
    private void leave(Lane lane) {
        LaneState state = lanes.get(lane);
        if (state == null || state.busy() || setup.config().lanes().containsKey(lane)) {
            return; // a step that is being taken is ended by whoever takes it
        }
        boolean ended = state.stage() == Stage.IDLE;
        if (ended || !setup.targets().containsKey(lane.target())) {
            lanes.remove(lane);
            observed.gone(lane);
            Map<Lane, DueGrid> left = new LinkedHashMap<>(config.lanes());
            left.remove(lane);
            config = new SchedulerConfig(left, config.limits());
            if (!ended) {
                kept.add(lane);
            }
        }
    }

    /** The targets that there are now. */
    synchronized Map<String, Anchor> targets() {
        return setup.targets();
    }

    /** The lanes that have gone since this was asked last, and have something in the journal that nobody ends. */
    synchronized List<Lane> kept() {
        List<Lane> all = List.copyOf(kept);
        kept.clear();
        return all;
    }

    private LaneState initial(Lane lane) {
        Window spreading = Window.of(start, DueGrid.share(spread, lane.toString()));
        Progress progress = journal.of(lane);
        progress.intent().ifPresent(intent -> observed.begun(lane, intent.at()));
        progress.failure()
                .ifPresent(failure -> observed.failing(lane, failure.pause().from()));
        // a parked lane is tried once after a start: that is when somebody has looked
        Optional<Window> quiet = progress.failure()
                .filter(failure -> !failure.trouble().parks())
                .map(failure -> Optional.of(failure.pause()))
                .orElse(Optional.of(spreading));
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
        open.put(name, ledger);
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
        Map<Lane, Progress> known =
                journal.lanes(); // at once: it may wait for a disk, and who watches the lanes must not
        lanes.replaceAll((lane, state) -> lane.namespace().equals(name)
                ? known.getOrDefault(lane, Progress.NONE)
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
    synchronized Window tick(Lane lane, Instant at) {
        return grid(lane).at(at);
    }

    /** Makes a plan. */
    synchronized Plan preview(Instant now) {
        return Planner.plan(config, new SchedulerState(lanes, targets, news()), now);
    }

    /** Makes a plan, and marks what it says as being done. */
    synchronized Plan plan(Instant now) {
        Plan plan = preview(now);
        for (Step step : plan.steps()) {
            lanes.computeIfPresent(step.lane(), (lane, state) -> state.taking());
            if (step.act() != Step.Act.VERIFY) {
                target(step.lane().target(), TargetState::planned);
            }
        }
        for (Skip skip : plan.skips()) {
            if (skip.reason() == Skip.Reason.NOTHING_NEW) {
                lanes.computeIfPresent(skip.lane(), (lane, state) -> state.served(tick(lane, now)));
            } else if (skip.reason() == Skip.Reason.NO_NAMESPACE
                    && isAbsent(skip.lane().namespace())) {
                lanes.computeIfPresent(skip.lane(), (lane, state) -> state.due(now));
            }
        }
        return plan;
    }

    private boolean isAbsent(NamespaceName name) {
        Ledgers of = ledgers.get(name);
        return of != null && of.isAbsent(name);
    }

    /** Whether a target is the one that its name stands for now. */
    synchronized boolean isCurrent(Lane lane, Anchor target) {
        return setup.targets().get(lane.target()) == target;
    }

    /** A step that was planned is not taken. */
    synchronized void letGo(Step step, Anchor target) {
        if (step.act() != Step.Act.VERIFY) {
            target(step.lane(), target, TargetState::ended);
        }
        lane(step.lane(), LaneState::waiting);
    }

    /**
     * Begins a submission that was planned, or lets it go, if the target must be spared by now: others of its lanes were
     * before it in the same queue.
     *
     * @return why it was let go
     */
    synchronized Optional<Skip.Reason> begin(Lane lane, Instant now) {
        Optional<Skip.Reason> waits =
                targets.getOrDefault(lane.target(), TargetState.NEW).waits(now);
        target(
                lane.target(),
                state -> waits.isPresent() ? state.ended() : state.submitting(now, config.limitsOf(lane.target())));
        if (waits.isPresent()) {
            lane(lane, LaneState::waiting);
        }
        return waits;
    }

    private Map<NamespaceName, Long> news() {
        Map<NamespaceName, Long> news = new HashMap<>();
        for (Ledgers some : Set.copyOf(ledgers.values())) {
            some.news().forEach((name, size) -> {
                if (ledgers.get(name) == some) { // and not what an older setup opened, which newer lanes don't know
                    news.put(name, size);
                }
            });
        }
        return news;
    }

    synchronized Namespace namespace(Lane lane) {
        Ledger ledger = open.get(lane.namespace());
        if (ledger == null) {
            throw new IllegalStateException(
                    "namespace " + lane.namespace() + " isn't open, expected one that is planned for");
        }
        return ledger.namespace();
    }

    synchronized LaneState state(Lane lane) {
        return Optional.ofNullable(lanes.get(lane)).orElseThrow();
    }

    synchronized void lane(Lane lane, UnaryOperator<LaneState> change) {
        lanes.computeIfPresent(lane, (same, state) -> change.apply(state));
        leave(lane);
    }

    private void target(String name, UnaryOperator<TargetState> change) {
        targets.put(name, change.apply(targets.getOrDefault(name, TargetState.NEW)));
    }

    /** Something became of a submission to a target. One that has been replaced says nothing of what is in its place. */
    synchronized void target(Lane lane, Anchor of, UnaryOperator<TargetState> change) {
        if (isCurrent(lane, of)) {
            target(lane.target(), change);
        }
    }

    synchronized void targetFailed(Lane lane, Anchor of, Instant now) {
        target(lane, of, state -> state.failed(now, config.limitsOf(lane.target())));
    }

    /** Lets parked lanes be tried again. */
    synchronized void release(Instant now) {
        release(lane -> true, now);
    }

    private void release(Predicate<Lane> which, Instant now) {
        lanes.replaceAll((lane, state) -> state.parked() && which.test(lane) ? state.released(now) : state);
    }

    Map<Lane, LaneState> lanes() {
        synchronized (lanes) {
            return Map.copyOf(lanes);
        }
    }

    Map<String, TargetState> targetStates() {
        synchronized (targets) {
            return Map.copyOf(targets);
        }
    }

    Observed observed() {
        return observed;
    }
}
