package io.vaultmesh.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories to work in, below the property {@code vaultmesh.benchmarks.dir}, by default the working directory. */
final class Scratch {

    private Scratch() {}

    static Path base() {
        return Path.of(System.getProperty("vaultmesh.benchmarks.dir", "")).toAbsolutePath();
    }

    // unchecked: JMH derives classes from states, whose constructors can't declare exceptions
    static Path create() {
        try {
            return Files.createTempDirectory(base(), ".benchmark-");
        } catch (IOException e) {
            throw new UncheckedIOException("can't work in " + base() + ": " + e.getMessage(), e);
        }
    }

    static FileChannel newFile(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't create " + file + ": " + e.getMessage(), e);
        }
    }

    static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
