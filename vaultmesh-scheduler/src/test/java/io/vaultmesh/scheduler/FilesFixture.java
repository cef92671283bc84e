package io.vaultmesh.scheduler;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A scheduler of two files, with targets that a test tells what to do. */
final class FilesFixture implements AutoCloseable {

    /** Every strict prefix of it is no YAML. */
    static final String ANCHORS = "{test: {default: {}}}";

    final SchedulerFixture fixture = new SchedulerFixture();
    final Path directory;
    final Path namespaces;
    final Path anchors;
    final Remembrancer memory;
    final Namespace main;
    final List<ConfigEvent> events = new CopyOnWriteArrayList<>();
    final List<ScriptedAnchor> made = new ArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    Function<String, Optional<String>> variables = name -> Optional.ofNullable(environment.get(name));

    FilesFixture(Path directory) {
        this.directory = directory;
        namespaces = directory.resolve("namespaces.yaml");
        anchors = directory.resolve("anchors.yaml");
        memory = fixture.memory(directory.resolve("memory"));
        main = memory.namespace("main");
        write(anchors, ANCHORS);
    }

    @CanIgnoreReturnValue
    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lanes as {@code main/fast/test:one 1h}, each of a namespace of its own or of main. */
    void lanes(String... lanes) {
        write(namespaces, yaml(lanes));
    }

    static String yaml(String... lanes) {
        Map<String, List<String>> cadences = new HashMap<>();
        for (String lane : lanes) {
            String[] parts = lane.split("[/ ]", -1);
            cadences.computeIfAbsent(parts[0], name -> new ArrayList<>())
                    .add(parts[1] + ": {every: " + parts[3] + ", target: \"" + parts[2] + "\"}");
        }
        List<String> all = new ArrayList<>();
        cadences.forEach((name, each) -> all.add(name + ": {cadence: {" + String.join(", ", each) + "}}"));
        return "{namespaces: {" + String.join(", ", all) + "}}";
    }

    SchedulerBuilder builder() {
        return fixture.scheduler(memory)
                .files(namespaces, anchors)
                .environment(name -> variables.apply(name))
                .targetType("test", Set.of("key_file", "url"), settings -> {
                    settings.text("url").ifPresent(url -> {
                        if (url.equals("bad")) {
                            throw new IllegalStateException("no such place");
                        }
                    });
                    if (settings.text("key_file").isPresent()) {
                        Path unused = settings.file("key_file");
                    }
                    made.add(new ScriptedAnchor(settings.name()));
                    return made.get(made.size() - 1);
                })
                .configListener(events::add);
    }

    /** A tick, a second after the last one. */
    @CanIgnoreReturnValue
    List<LaneEvent.What> next(Scheduler scheduler) {
        fixture.now = fixture.now.plus(Duration.ofSeconds(1));
        return scheduler.tick().stream().map(LaneEvent::what).toList();
    }

    static Set<String> lanes(Scheduler scheduler) {
        Set<String> names = new TreeSet<>();
        scheduler.lanes().keySet().forEach(lane -> names.add(lane.toString()));
        return names;
    }

    List<ConfigEvent.What> happened() {
        return events.stream().map(ConfigEvent::what).toList();
    }

    ConfigEvent last() {
        return events.get(events.size() - 1);
    }

    @Override
    public void close() {
        memory.close();
    }
}
