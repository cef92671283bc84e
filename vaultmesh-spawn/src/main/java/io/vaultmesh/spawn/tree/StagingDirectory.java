package io.vaultmesh.spawn.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A temporary directory beside a target, with the parents that had to be made for it. */
final class StagingDirectory {

    private static final int ATTEMPTS = 1000;

    private final Path directory;
    private final Deque<Path> madeParents;

    private StagingDirectory(Path directory, Deque<Path> madeParents) {
        this.directory = directory;
        this.madeParents = madeParents;
    }

    static StagingDirectory beside(Path target) {
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null
                || name == null
                || name.toString().equals("..")
                || name.toString().equals(".")) {
            throw new IllegalArgumentException(
                    "target \"" + target + "\" has no name, expected a path that ends with one");
        }
        Deque<Path> madeParents = new ArrayDeque<>();
        try {
            makeParents(parent, madeParents);
            return new StagingDirectory(make(parent, name), madeParents);
        } catch (IOException e) {
            removeEmpty(madeParents);
            throw new UncheckedIOException(
                    "can't write to " + parent + ": " + e + "; expected a directory that this process may write to", e);
        }
    }

    private static void makeParents(Path parent, Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = parent; path != null && !Files.exists(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path);
                made.push(path);
            } catch (FileAlreadyExistsException e) {
                // made by somebody else just now, who will keep it; a dangling link or a file is no use to anyone
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    /** By a counter, not {@code createTempDirectory}: that one makes a directory which nobody else may read. */
    private static Path make(Path parent, Path name) throws IOException {
        for (int n = 0; ; n++) {
            try {
                return Files.createDirectory(parent.resolve("." + name + ".spawning-" + n));
            } catch (FileAlreadyExistsException e) {
                if (n == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** Removes everything that is left; best effort, since it runs while another failure is on its way up. */
    void remove() {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return;
        }
        removeEmpty(madeParents);
    }

    private static void removeEmpty(Deque<Path> directories) {
        for (Path path : directories) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                // in use by somebody else now
                return;
            }
        }
    }
}
