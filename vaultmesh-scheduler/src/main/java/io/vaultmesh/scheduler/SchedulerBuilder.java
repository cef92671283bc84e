package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.journal.JournalDamagedException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Scheduler}. Not thread-safe. */
public final class SchedulerBuilder {

    private static final Duration SPREAD = Duration.ofMinutes(1);

    private final Remembrancer memory;
    private final Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
    private final Map<String, Anchor> targets = new LinkedHashMap<>();
    private final Map<String, Limits> limits = new LinkedHashMap<>();
    private final List<Consumer<LaneEvent>> listeners = new ArrayList<>();
    private @Nullable InstantSource clock;
    private @Nullable RandomGenerator random;
    private @Nullable Duration spread;

    SchedulerBuilder(Remembrancer memory) {
        this.memory = requireNonNull(memory, "memory");
    }

    /**
     * Has a namespace anchored. It need not be there yet; as long as it isn't, it is left out.
     *
     * @param name the namespace
     * @param cadence says how often, and where
     * @return this builder
     * @throws IllegalArgumentException if the name is not legal, or what is said makes no sense
     * @throws IllegalStateException if the namespace was set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder namespace(String name, Consumer<CadenceBuilder> cadence) {
        NamespaceName namespace = new NamespaceName(name);
        if (lanes.keySet().stream().anyMatch(lane -> lane.namespace().equals(namespace))) {
            throw new IllegalStateException("namespace " + namespace + " is already set");
        }
        CadenceBuilder built = new CadenceBuilder(namespace);
        cadence.accept(built);
        Map<Lane, DueGrid> more = built.lanes();
        built.targets().forEach(this::add);
        lanes.putAll(more);
        return this;
    }

    private void add(Anchor target) {
        Anchor other = targets.putIfAbsent(target.name(), target);
        if (other != null && other != target) {
            throw new IllegalArgumentException(
                    "two targets are called " + target.name() + ", expected one, or another name");
        }
    }

    /**
     * Sets how a target is spared. Default: {@link Limits#DEFAULT}.
     *
     * @param target the target's name
     * @param how its limits
     * @return this builder
     * @throws IllegalArgumentException if the name is not one of a target
     * @throws IllegalStateException if they were set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder limits(String target, Limits how) {
        Limits old = limits.putIfAbsent(Lane.requireTarget(target), requireNonNull(how, "how"));
        if (old != null) {
            throw new IllegalStateException("limits of " + target + " are already set to " + old);
        }
        return this;
    }

    /**
     * Sets the clock. Default: the system's.
     *
     * @param source a thread-safe clock
     * @return this builder
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder clock(InstantSource source) {
        if (clock != null) {
            throw new IllegalStateException("clock is already set to " + clock);
        }
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets where the spread of waits comes from. Default: a {@link SecureRandom}.
     *
     * @param source a thread-safe generator
     * @return this builder
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder random(RandomGenerator source) {
        if (random != null) {
            throw new IllegalStateException("random is already set to " + random);
        }
        random = requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets over how long the first attempts of all lanes are spread after a start. Default: one minute.
     *
     * @param length the time; nothing, to begin all at once
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder spread(Duration length) {
        if (spread != null) {
            throw new IllegalStateException("spread is already set to " + spread);
        }
        if (length.isNegative()) {
            throw new IllegalArgumentException("spread is " + length + ", expected no negative time");
        }
        spread = length;
        return this;
    }

    /**
     * Adds who is told of what happens in lanes, in the thread in which it happens. An exception is logged and changes nothing.
     *
     * @param listener who is told
     * @return this builder
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder listener(Consumer<LaneEvent> listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Opens the scheduler's journal, in {@code anchors} of the memory's directory, and builds the scheduler. Nothing is
     * anchored before it is started.
     *
     * @return the scheduler, to be closed before the memory is
     * @throws IllegalArgumentException if limits are set for a target that no namespace has
     * @throws IllegalStateException if no namespace is set, or another scheduler has this memory's journal
     * @throws JournalDamagedException if there is something in the journal that no crash leaves behind
     * @throws UncheckedIOException if the disk refuses
     */
    public Scheduler build() {
        if (lanes.isEmpty()) {
            throw new IllegalStateException("there is no namespace, expected at least one");
        }
        limits.keySet().stream()
                .filter(name -> !targets.containsKey(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(
                            "limits are set for " + unknown + ", expected one of the targets " + targets.keySet());
                });
        InstantSource time = clock == null ? InstantSource.system() : clock;
        Journal journal = Journal.open(memory.directory().resolve(Scheduler.DIRECTORY));
        try {
            Engine engine = new Engine(
                    memory,
                    new SchedulerConfig(lanes, limits),
                    journal,
                    spread == null ? SPREAD : spread,
                    time.instant());
            return new Scheduler(
                    engine, journal, targets, time, random == null ? new SecureRandom() : random, listeners);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }
}
