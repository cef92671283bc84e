package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A memory for one test, with a clock that stands still. */
abstract class MemoryFixture {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00.120Z");

    @TempDir
    Path directory;

    Path path() {
        return directory.resolve("memory");
    }

    Remembrancer open() {
        return Remembrancer.builder(path()).clock(() -> NOON).open();
    }

    static Deployment deployment() {
        return Deployment.of("ledger", "1.4.0")
                .artifact("ledger.jar", Hashing.sha256("jar".getBytes(UTF_8)))
                .environment("production");
    }

    static Discovery discovery(String title) {
        return Discovery.of(title, "What was found.\n");
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
