package io.vaultmesh.spawn.update;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A service that some templates made, and what its users and updates do to it. */
record Service(Path directory) {

    static final ServiceSpec SPEC = ServiceSpec.named("ledger").build();

    /** Makes one without a repository. */
    static Service of(Path directory, MapTemplates templates) {
        templates.spawner().build().plan(SPEC).writeTo(directory);
        return new Service(directory);
    }

    Path path(String path) {
        return directory.resolve(path);
    }

    String read(String path) throws IOException {
        return Files.readString(path(path));
    }

    @CanIgnoreReturnValue
    Service write(String path, String text) throws IOException {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @CanIgnoreReturnValue
    Service write(String path, byte... bytes) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path(path).getParent()));
        Files.write(path(path), bytes);
        return this;
    }

    @CanIgnoreReturnValue
    Service delete(String path) throws IOException {
        Files.delete(path(path));
        return this;
    }

    @CanIgnoreReturnValue
    Service move(String from, String to) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path(to).getParent()));
        Files.move(path(from), path(to));
        return this;
    }

    UpdateReport update(MapTemplates today) {
        return today.spawner().build().update(directory);
    }

    UpdateReport preview(MapTemplates today) {
        return today.spawner().build().update(directory, UpdateOptions.dryRun());
    }

    UpdateReport update(MapTemplates today, Step step) {
        Spawner spawner = today.spawner().build();
        return Update.of(
                directory,
                UpdateOptions.write(),
                List.of(),
                spec -> spawner.plan(spec).files(),
                step);
    }

    /** Every file with its mode and hash, but for git's and those of the update itself. */
    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = directory.relativize(file).toString().replace('\\', '/');
                if (Files.isRegularFile(file) && !path.startsWith(".git/") && !path.startsWith(".vaultmesh/update/")) {
                    contents.put(path, (Modes.isExecutable(file, false) ? "x " : "- ") + Hashing.sha256(file));
                }
            }
        }
        return contents;
    }

    /** Fails unless an exception says something. */
    static void assertContains(String expected, Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains(expected), message);
    }

    /** The outcomes that a report has. */
    static Map<String, Outcome> outcomes(UpdateReport report) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        report.files().forEach(file -> outcomes.put(file.at().value(), file.outcome()));
        return outcomes;
    }
}
