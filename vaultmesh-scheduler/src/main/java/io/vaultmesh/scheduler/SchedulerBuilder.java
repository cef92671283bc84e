package io.vaultmesh.scheduler;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.config.ConfigException;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import io.vaultmesh.scheduler.config.TargetSettings;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.journal.JournalDamagedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Scheduler}. Not thread-safe. */
public final class SchedulerBuilder {

    private static final Duration SPREAD = Duration.ofMinutes(1);

    private final Remembrancer memory;
    private final Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
    private final Map<String, Anchor> targets = new LinkedHashMap<>();
    private final Map<String, Limits> limits = new LinkedHashMap<>();
    private final List<Consumer<? super LaneEvent>> listeners = new ArrayList<>();
    private final List<Consumer<? super ConfigEvent>> configListeners = new ArrayList<>();
    private final Map<String, TargetTypes.Type> types = new LinkedHashMap<>();
    private @Nullable Path namespacesFile;
    private @Nullable Path anchorsFile;
    private @Nullable Function<String, Optional<String>> environment;
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
     * Takes what there is to do from two files (docs/FORMATS.md), in the place of {@link #namespace} and {@link #limits}. They
     * are read by {@link #build}, and looked at again at most once a second at a tick: when they have changed, what they say
     * comes into use between two ticks, all of it at once. Files that are refused or gone change nothing.
     *
     * <p>A lane that stays keeps what is under way, its waits and its journal. A new one begins as after a start. One that goes
     * ends what is under way in it; if its target is gone, that stays in the journal, and a {@link ConfigEvent} says so. A target
     * whose settings are the same goes on with what is known of it.
     *
     * <p>Not guaranteed: that half a file, seen while it is written, isn't taken for a whole one if it makes sense: replace
     * files by renaming.
     *
     * @param namespaces the file that says what is anchored where, and how often
     * @param anchors the file that says what the targets are
     * @return this builder
     * @throws IllegalStateException if files were set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder files(Path namespaces, Path anchors) {
        if (namespacesFile != null) {
            throw new IllegalStateException("files are already set to " + namespacesFile + " and " + anchorsFile);
        }
        namespacesFile = requireNonNull(namespaces, "namespaces");
        anchorsFile = requireNonNull(anchors, "anchors");
        return this;
    }

    /**
     * Registers who makes the targets of a type that files name. {@code file} and {@code rfc3161} are there without it, unless
     * they are registered.
     *
     * @param type the type, such as {@code git}
     * @param keys the keys that the settings of such a target may have, besides {@code interval} and {@code failures}
     * @param maker makes a target of that name; what it throws leaves out the namespaces that name it. It MUST NOT repeat in a
     *     message what may be secret
     * @return this builder
     * @throws IllegalArgumentException if it can't be the type of a target
     * @throws IllegalStateException if the type was registered before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder targetType(String type, Set<String> keys, Function<TargetSettings, Anchor> maker) {
        String unused = Lane.requireTarget(type + ":x");
        if (type.indexOf(':') >= 0) {
            throw new IllegalArgumentException("type is " + type + ", expected no colon");
        }
        if (types.putIfAbsent(type, new TargetTypes.Type(keys, requireNonNull(maker, "maker"))) != null) {
            throw new IllegalStateException("type " + type + " is already registered");
        }
        return this;
    }

    /**
     * Sets where the variables come from that files name. Default: the environment of the process.
     *
     * @param variables gives the value of a variable; empty if it isn't set
     * @return this builder
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder environment(Function<String, Optional<String>> variables) {
        if (environment != null) {
            throw new IllegalStateException("environment is already set");
        }
        environment = requireNonNull(variables, "variables");
        return this;
    }

    /**
     * Adds who is told of what happens to the files, in the thread in which it happens; of the first load, by {@link #build}. An
     * exception is logged and changes nothing.
     *
     * @param listener who is told
     * @return this builder
     */
    @CanIgnoreReturnValue
    public SchedulerBuilder configListener(Consumer<? super ConfigEvent> listener) {
        configListeners.add(requireNonNull(listener, "listener"));
        return this;
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
    public SchedulerBuilder listener(Consumer<? super LaneEvent> listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Opens the scheduler's journal, in {@code anchors} of the memory's directory, and builds the scheduler. Nothing is
     * anchored before it is started.
     *
     * @return the scheduler, to be closed before the memory is
     * @throws IllegalArgumentException if limits are set for a target that no namespace has
     * @throws IllegalStateException if no namespace is set and no files, or both; or another scheduler has this memory's
     *     journal
     * @throws ConfigException if the files are refused
     * @throws JournalDamagedException if there is something in the journal that no crash leaves behind
     * @throws UncheckedIOException if the disk refuses, or files can't be read
     */
    public Scheduler build() {
        InstantSource time = clock == null ? InstantSource.system() : clock;
        Optional<SetupFiles> files = setupFiles(time);
        Setup setup = files.map(SetupFiles::setup).orElseGet(this::setup);
        Journal journal = Journal.open(memory.directory().resolve(Scheduler.DIRECTORY));
        try {
            Engine engine = new Engine(memory, setup, journal, spread == null ? SPREAD : spread, time.instant());
            return new Scheduler(
                    engine,
                    journal,
                    files,
                    time,
                    random == null ? new SecureRandom() : random,
                    listeners,
                    configListeners);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private Optional<SetupFiles> setupFiles(InstantSource time) {
        if (namespacesFile == null || anchorsFile == null) {
            return Optional.empty();
        }
        if (!lanes.isEmpty() || !limits.isEmpty()) {
            throw new IllegalStateException("there are files, and namespaces or limits besides, expected one of both");
        }
        return Optional.of(new SetupFiles(
                namespacesFile,
                anchorsFile,
                TargetTypes.with(time, types),
                environment == null ? name -> Optional.ofNullable(System.getenv(name)) : environment,
                time.instant()));
    }

    private Setup setup() {
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
        return new Setup(new SchedulerConfig(lanes, limits), targets);
    }
}
