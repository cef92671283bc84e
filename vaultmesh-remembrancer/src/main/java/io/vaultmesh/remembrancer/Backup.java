package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a memory in the making, beside its target, which it becomes at once when it is whole. If it isn't finished,
 * closing deletes it.
 */
final class Backup implements AutoCloseable {

    /** What isn't copied: it belongs to one directory, or is made anew. */
    private static final Set<String> LEFT_OUT = Set.of("lock", "instance", "journal", "index");

    private final Path target;
    private final Path staging;

    /**
     * Begins a copy.
     *
     * @param target where it is to be: absent, or an empty directory
     * @throws IllegalArgumentException if there is something
     */
    private Backup(Path target) {
        this.target = target.toAbsolutePath().normalize();
        Path parent = requireNonNull(this.target.getParent(), "parent of the target");
        this.staging = parent.resolve("." + this.target.getFileName() + ".part");
        try {
            requireEmpty();
            Files.createDirectories(parent);
            delete(staging); // of a copy that was broken off
            Files.createDirectory(staging);
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy to " + target + ": " + e, e);
        }
    }

    private void requireEmpty() throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> entries = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(target + " is not empty, expected where a copy can be written");
                }
            }
        }
    }

    /** Copies a file or directory of a memory, and forces what is copied; files that are there already are kept. */
    private void copy(Path from, String to) {
        try {
            if (Files.exists(from)) {
                Files.walkFileTree(from, new Copier(from, staging.resolve(to)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy " + from + " to " + target + ": " + e, e);
        }
    }

    /** Copies a namespace while it is written: its bodies twice, since one may be erased, and others added, meanwhile. */
    private void copy(Namespace namespace, Path from) {
        String to = MemoryPaths.NAMESPACES + "/" + namespace.name().pathName();
        copy(from.resolve("bodies"), to + "/bodies");
        namespace.copyLogTo(staging.resolve(to).resolve("log"));
        copy(from.resolve("bodies"), to + "/bodies");
    }

    /** Puts the copy into its place. */
    private void finish() {
        try {
            Files.deleteIfExists(target);
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
            force(requireNonNull(target.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't move " + staging + " to " + target + ": " + e, e);
        }
    }

    /** Copies a memory while it is written. */
    static void write(Path memory, Namespaces namespaces, Path target) {
        try (Backup backup = new Backup(target)) {
            for (String name : List.of(MemoryPaths.KEYS, NamespaceRegistry.DIRECTORY, MemoryFile.FILE)) {
                backup.copy(memory.resolve(name), name);
            }
            for (String pathName : namespaces.pathNames()) {
                NamespaceName name = NamespaceName.ofPathName(pathName);
                backup.copy(namespaces.registered(name), MemoryPaths.namespace(memory, name));
            }
            backup.finish();
        }
    }

    /** Copies a whole memory that nobody writes, and audits the copy. */
    static Report restore(Path backup, Path target) {
        try (Backup copy = new Backup(target)) {
            copy.copy(backup, "");
            Report report;
            try (Remembrancer restored =
                    Remembrancer.builder(copy.staging).mustExist().open()) {
                report = restored.verifyAudit();
            }
            if (report.failed()) {
                report.orThrow();
            }
            copy.finish();
            return report;
        }
    }

    @Override
    public void close() {
        try {
            delete(staging);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + staging + ": " + e, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(tree)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Copies a tree, with permissions and without links. */
    private static final class Copier extends SimpleFileVisitor<Path> {

        private final Path from;
        private final Path to;

        Copier(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        private Path target(Path path) {
            return to.resolve(from.relativize(path).toString());
        }

        private boolean isLeftOut(Path path) {
            String name = String.valueOf(path.getFileName());
            return LEFT_OUT.contains(name) || name.startsWith("index.db") || name.endsWith(".part");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (!directory.equals(from) && isLeftOut(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Path copy = target(directory);
            if (!Files.isDirectory(copy)) {
                Files.createDirectories(requireNonNull(copy.getParent()));
                Files.copy(directory, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path copy = target(file);
            if (attributes.isRegularFile() && !isLeftOut(file) && !Files.exists(copy)) {
                try {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    force(copy);
                } catch (NoSuchFileException erased) {
                    return FileVisitResult.CONTINUE; // between the listing of its directory and now
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            force(target(directory));
            return FileVisitResult.CONTINUE;
        }
    }
}
