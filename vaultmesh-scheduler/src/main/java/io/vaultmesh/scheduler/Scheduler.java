package io.vaultmesh.scheduler;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.ops.LaneFact;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Plan;
import io.vaultmesh.scheduler.plan.Skip;
import io.vaultmesh.scheduler.plan.Step;
import io.vaultmesh.scheduler.plan.TargetState;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anchors the checkpoints of a memory's namespaces on time, once, through crashes. Each attestation becomes a record of the
 * namespace, of kind {@code anchor}.
 *
 * <p>Guarantees: nothing is sent before it is written down, and what is sent again after a crash is what was sent before; what
 * is recorded was verified by the target's own rules; in each lane at most one anchor is under way; a checkpoint is anchored
 * only if a record was added since the last one that isn't an anchor itself, or a signature or timestamp over one. Failures
 * are tried again after waits that grow, and survive a restart.
 *
 * <p>Not guaranteed: that a target is idempotent, where it is somebody else's; that a lane is served at the very second, for
 * lanes that have one target wait for each other; anything for two memories that share a target's file or repository.
 *
 * <p>Thread-safe.
 */
public final class Scheduler implements AutoCloseable {

    /** The directory of the journal, in that of the memory. */
    public static final String DIRECTORY = "anchors";

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Engine engine;
    private final Journal journal;
    private final Optional<SetupFiles> files;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<Consumer<? super LaneEvent>> listeners;
    private final List<Consumer<? super ConfigEvent>> configListeners;
    private final Instant started;
    private @Nullable TickThreads threads; // guarded by this
    private volatile boolean closed; // changed under this
    private final CountDownLatch ended = new CountDownLatch(1);

    Scheduler(
            Engine engine,
            Journal journal,
            Optional<SetupFiles> files,
            InstantSource clock,
            RandomGenerator random,
            List<Consumer<? super LaneEvent>> listeners,
            List<Consumer<? super ConfigEvent>> configListeners) {
        this.engine = engine;
        this.journal = journal;
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.listeners = List.copyOf(listeners);
        this.started = clock.instant();
        this.configListeners = List.copyOf(configListeners);
        files.ifPresent(read -> read.loaded().forEach(this::tell));
    }

    /**
     * A scheduler of a memory.
     *
     * @param memory the memory; it stays the caller's, to be closed after the scheduler
     * @return a builder
     */
    public static SchedulerBuilder builder(Remembrancer memory) {
        return new SchedulerBuilder(memory);
    }

    /**
     * Begins to anchor, in threads of its own: one that plans every second, and one for each target, so that a slow target
     * holds up nobody else.
     *
     * @throws IllegalStateException if it was started before, or is closed
     */
    public synchronized void start() {
        requireOpen();
        if (threads != null) {
            throw new IllegalStateException("the scheduler is started already");
        }
        threads = new TickThreads(this::dispatch);
    }

    private void dispatch(TickThreads to) {
        Instant now = clock.instant();
        reload(now);
        LaneRunner runner = runner(this::tell);
        Plan plan = plan(now);
        skipped(plan, now).forEach(this::tell);
        for (Step step : plan.steps()) {
            try {
                to.execute(step.lane().target(), () -> runner.take(step));
            } catch (RuntimeException | Error e) { // there may be no more threads: the others are planned all the same
                runner.letGo(step);
                LOG.error("{} can't be taken up now, and will be later", step.lane(), e);
            }
        }
    }

    /**
     * Does all that is due now, one thing after the other in this thread, and returns when it is done: for hosts that have a
     * clock of their own, and for tests.
     *
     * @return what happened, in its order
     * @throws Error if a target threw one, after all other steps were taken
     * @throws IllegalStateException if the scheduler was started, or is closed
     */
    public synchronized List<LaneEvent> tick() {
        requireOpen();
        if (threads != null) {
            throw new IllegalStateException("the scheduler is started, and ticks by itself");
        }
        List<LaneEvent> happened = new ArrayList<>();
        Consumer<LaneEvent> events = event -> {
            happened.add(event);
            tell(event);
        };
        Instant now = clock.instant();
        reload(now);
        LaneRunner runner = runner(events);
        Plan plan = plan(now);
        skipped(plan, now).forEach(events);
        Error worst = null;
        for (Step step : plan.steps()) {
            if (closed) { // by a listener
                break;
            }
            try {
                runner.take(step);
            } catch (Error e) { // the steps after it are planned, and would wait for ever
                worst = e;
            }
        }
        if (worst != null) {
            throw worst;
        }
        return List.copyOf(happened);
    }

    private Plan plan(Instant now) {
        Plan plan = engine.plan(now);
        engine.observed().ticked(now, clock.instant());
        return plan;
    }

    private void reload(Instant now) {
        files.ifPresent(read -> {
            SetupFiles.Look look = read.look(now);
            look.setup().ifPresent(next -> engine.use(next, now));
            look.events().forEach(this::tell);
        });
        Optional<Hash> hash = configuration().map(Configuration::hash);
        engine.kept().forEach(lane -> tell(new ConfigEvent(now, ConfigEvent.What.KEPT, hash, lane.toString())));
    }

    /**
     * What a tick would do now. Nothing is done or sent, and no file of the configuration looked at again.
     *
     * @return the plan
     * @throws IllegalStateException if the scheduler is closed
     */
    public Plan preview() {
        requireOpen();
        return engine.preview(clock.instant());
    }

    private static List<LaneEvent> skipped(Plan plan, Instant now) {
        return plan.skips().stream().map(skip -> skipped(skip, now)).toList();
    }

    private static LaneEvent skipped(Skip skip, Instant now) {
        return new LaneEvent(now, skip.lane(), new LaneFact.Skipped(skip.reason()));
    }

    private LaneRunner runner(Consumer<LaneEvent> events) {
        return new LaneRunner(engine, journal, engine.targets(), clock, random, events, () -> closed);
    }

    private void tell(LaneEvent event) {
        engine.observed().saw(event);
        tell(event, listeners);
    }

    private void tell(ConfigEvent event) {
        if (event.what() != ConfigEvent.What.LOADED) {
            LOG.warn("configuration {}: {}", event.what(), event.detail());
        }
        engine.observed().saw(event);
        tell(event, configListeners);
    }

    private static <E> void tell(E event, List<Consumer<? super E>> listeners) {
        for (Consumer<? super E> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                LOG.warn("a listener failed on {}, which happened all the same", event, e);
            }
        }
    }

    /**
     * Has lanes tried again that are parked, since their last failure was of a kind that doesn't pass by itself: for when
     * somebody has dealt with it. A new scheduler does so, too.
     */
    public void release() {
        engine.release(clock.instant());
    }

    /**
     * What is known of each lane.
     *
     * @return an unmodifiable map
     */
    public Map<Lane, LaneState> lanes() {
        return engine.lanes();
    }

    /**
     * How the scheduler is now. It waits for nothing: not for a tick, nor for a target or a disk that hangs.
     *
     * @return a snapshot, of a closed scheduler too
     */
    public SchedulerSnapshot snapshot() {
        Instant now = clock.instant();
        Observed observed = engine.observed();
        Map<String, TargetState> known = engine.targetStates();
        Map<Lane, LaneStatus> lanes = new HashMap<>();
        Map<String, Circuit> circuits = new HashMap<>();
        engine.lanes().forEach((lane, state) -> {
            lanes.put(lane, observed.status(lane, state));
            circuits.put(
                    lane.target(),
                    known.getOrDefault(lane.target(), TargetState.NEW).circuit(now));
        });
        Observed.Ticks ticks = observed.ticks();
        return new SchedulerSnapshot(
                now,
                started,
                closed,
                ticks.count(),
                ticks.planning(),
                ticks.last(),
                journal.hasRefused(),
                observed.configurationRefused(),
                lanes,
                circuits);
    }

    /**
     * Which configuration files are in use, and whether those that are there now are refused.
     *
     * @return it; empty if the scheduler was set up in code
     */
    public Optional<Configuration> configuration() {
        return files.map(SetupFiles::configuration);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scheduler is closed");
        }
    }

    /**
     * Ends what is being done, which is done again by the next scheduler of this memory, and lets others have the journal.
     * Waits for targets that don't end when they are interrupted, but for the one whose step a listener is told of that closes
     * it: when that one returns from here, nothing more of its step is sent or recorded. Closing it twice does no more than
     * wait, too.
     */
    @Override
    public void close() {
        TickThreads ending;
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
            ending = threads;
        }
        if (first) {
            try {
                if (ending != null) {
                    ending.close(); // without the lock: a listener that is told of the last things may want it
                }
            } finally {
                journal.close();
                ended.countDown();
            }
        } else if (ending != null && !ending.isOwn()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
