package io.vaultmesh.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and deletes directories with all that is in them. */
final class Directories {

    private static final String LOCK = "lock";

    private Directories() {}

    /** The files below a directory, by path. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * Makes a log's directory hold what a copy of it holds. It stays the directory that it was, and so does the lock: a log
     * knows both.
     */
    static void restore(Path copy, Path log) throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        try (Stream<Path> files = Files.walk(log)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(log) && !file.equals(log.resolve(LOCK))) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.toList()) {
                Path target = log.resolve(copy.relativize(file).toString());
                if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return; // killed before it made one
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
