package io.vaultmesh.scheduler;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.config.ConfigException;
import io.vaultmesh.scheduler.config.ConfigFiles;
import io.vaultmesh.scheduler.config.FileConfig;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import io.vaultmesh.scheduler.config.TargetSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The files that say what there is to do, looked at again and again. What {@link #configuration} gives is thread-safe; one
 * thread at a time looks.
 */
final class SetupFiles {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path namespaces;
    private final Path anchors;
    private final TargetTypes types;
    private final Function<String, Optional<String>> environment;
    private Map<TargetSettings, Anchor> tried = Map.of(); // made last, used or not: it isn't made again each second
    private Made made;
    private Instant looked;
    private volatile Configuration configuration;

    /**
     * What was made of files.
     *
     * @param files what they say, without what can't be made
     * @param targets the targets that were made
     */
    private record Made(FileConfig files, Map<TargetSettings, Anchor> targets) {

        Setup setup() {
            Map<String, Limits> limits = new LinkedHashMap<>();
            files.targets().forEach((name, settings) -> limits.put(name, settings.limits()));
            Map<String, Anchor> used = new LinkedHashMap<>();
            targets.forEach((settings, target) -> used.put(settings.name(), target));
            used.keySet().retainAll(files.targets().keySet());
            return new Setup(new SchedulerConfig(files.lanes(), limits), used);
        }
    }

    /**
     * What a look has found.
     *
     * @param setup what there is to do from now on; empty if nothing changed
     * @param events what happened
     */
    record Look(Optional<Setup> setup, List<ConfigEvent> events) {

        static final Look NOTHING = new Look(Optional.empty(), List.of());
    }

    /**
     * Reads the files.
     *
     * @throws ConfigException if they are refused
     * @throws UncheckedIOException if they can't be read
     */
    SetupFiles(
            Path namespaces,
            Path anchors,
            TargetTypes types,
            Function<String, Optional<String>> environment,
            Instant now) {
        this.namespaces = namespaces.toAbsolutePath();
        this.anchors = anchors.toAbsolutePath();
        this.types = types;
        this.environment = environment;
        ConfigFiles files = ConfigFiles.read(this.namespaces, this.anchors);
        this.made = make(files, Map.of());
        this.looked = now;
        this.configuration = new Configuration(
                files.hash(), now, made.files().leftOut(), made.files().unused(), Optional.empty(), 1, 0);
    }

    private Made make(ConfigFiles from, Map<TargetSettings, Anchor> inUse) {
        FileConfig files = from.parse(types.keys(), environment);
        Map<TargetSettings, Anchor> targets = new LinkedHashMap<>();
        for (TargetSettings settings : List.copyOf(files.targets().values())) {
            String name = settings.name();
            Anchor same = inUse.getOrDefault(settings, tried.get(settings));
            try {
                Limits unused = settings.limits();
                // one whose settings are the same goes on, with what it knows
                targets.put(settings, same != null ? same : types.make(settings));
            } catch (ConfigException e) {
                files = files.without(name, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) { // whoever makes it may be somebody else, and must not stop the others
                String reason = e instanceof IllegalArgumentException ? e.getMessage() : e.toString();
                files = files.without(
                        name,
                        String.valueOf(settings.wrong(String.valueOf(reason)).getMessage()));
            }
        }
        tried = Map.copyOf(targets);
        if (files.lanes().isEmpty()) {
            throw from.empty(files.leftOut());
        }
        return new Made(files, targets);
    }

    Setup setup() {
        return made.setup();
    }

    Configuration configuration() {
        return configuration;
    }

    /** What happened when they were read first. */
    List<ConfigEvent> loaded() {
        return loaded(configuration.since());
    }

    private List<ConfigEvent> loaded(Instant at) {
        List<ConfigEvent> events = new ArrayList<>();
        Optional<Hash> hash = Optional.of(configuration.hash());
        events.add(new ConfigEvent(
                at,
                ConfigEvent.What.LOADED,
                hash,
                made.files().lanes().size() + " lanes, "
                        + made.files().leftOut().size() + " namespaces left out"));
        made.files()
                .leftOut()
                .forEach((name, reason) -> events.add(new ConfigEvent(at, ConfigEvent.What.LEFT_OUT, hash, reason)));
        return events;
    }

    /** Looks whether they have changed, if the last look was a second ago, or the clock was set back. */
    Look look(Instant now) {
        if (!now.isBefore(looked) && now.isBefore(looked.plus(PAUSE))) {
            return Look.NOTHING;
        }
        looked = now;
        Optional<Hash> hash = Optional.empty();
        try {
            ConfigFiles files = ConfigFiles.read(namespaces, anchors);
            hash = Optional.of(files.hash());
            return look(now, files, files.hash());
        } catch (ConfigException | UncheckedIOException e) {
            return refused(now, hash, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // of the host's environment; its message may have what is secret
            return refused(now, hash, "they can't be looked at: " + e.getClass().getName());
        }
    }

    private Look look(Instant now, ConfigFiles files, Hash hash) {
        boolean same = hash.equals(configuration.hash());
        // a namespace may be left out for what isn't in the files, such as the permissions of another one
        if (!same || !made.files().leftOut().isEmpty()) {
            Made next = make(files, made.targets());
            if (!same || !next.files().equals(made.files())) {
                made = next;
                configuration = new Configuration(
                        hash,
                        now,
                        made.files().leftOut(),
                        made.files().unused(),
                        Optional.empty(),
                        configuration.loads() + 1,
                        configuration.refusals());
                return new Look(Optional.of(made.setup()), loaded(now));
            }
        }
        boolean wasRefused = configuration.refusal().isPresent();
        configuration = configuration.restored();
        // what is in use is there again: who was told of a refusal is told of its end
        return wasRefused ? new Look(Optional.empty(), loaded(now)) : Look.NOTHING;
    }

    /** Tells it once, as long as the same files are refused for the same reason. */
    private Look refused(Instant now, Optional<Hash> hash, String reason) {
        boolean known = configuration
                .refusal()
                .filter(last -> last.hash().equals(hash) && last.reason().equals(reason))
                .isPresent();
        if (known) {
            return Look.NOTHING;
        }
        configuration = configuration.refused(new Configuration.Refusal(now, hash, reason));
        return new Look(Optional.empty(), List.of(new ConfigEvent(now, ConfigEvent.What.REFUSED, hash, reason)));
    }
}
