package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a memory in the making, in a workshop beside its target, which it becomes at once when it is whole. If it isn't finished, closing deletes it. Of two to one target, the first that is whole is the copy.
 */
final class Backup implements AutoCloseable {

    /**
     * What isn't copied, by its path in the memory: it belongs to one directory, or is made anew. Told by the whole path,
     * since a namespace may be called anything, "index" too.
     */
    private static final Pattern LEFT_OUT =
            Pattern.compile("lock|namespaces/[^/]+/(index[.]db.*|log/(lock|instance|index))");

    /** How a file is called that isn't written to its end yet. */
    private static final String UNFINISHED = ".part";

    private final Path memory;
    private final Path target;
    private final Workshop workshop;
    private final Path staging;

    /**
     * Begins a copy.
     *
     * @param memory the directory that is copied
     * @param target where it is to be: absent, or an empty directory
     * @throws IllegalArgumentException if there is something, or it is in what is copied, or no copy can be there
     */
    private Backup(Path memory, Path target) {
        this.memory = memory;
        this.target = requireNonNull(target, "target").toAbsolutePath().normalize();
        if (this.target.getFileName() == null) {
            throw new IllegalArgumentException("target is " + target + ", expected a directory that can be made anew");
        }
        try {
            requireOutside();
            requireEmpty();
            this.workshop = Workshop.beside(this.target);
            this.staging = workshop.piece();
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy to " + target + ": " + e, e);
        }
    }

    /** A copy in what is copied would be taken for a part of it. */
    private void requireOutside() throws IOException {
        if (Files.exists(memory)) {
            Path existing = target;
            while (!Files.exists(existing)) {
                existing = requireNonNull(existing.getParent(), "the root of the file system");
            }
            if (existing.toRealPath().startsWith(memory.toRealPath())) {
                throw new IllegalArgumentException(
                        target + " is in " + memory + ", which is copied; expected a place outside of it");
            }
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

    /** Copies a file or directory of the memory, and forces what is copied; files that are there already are kept. */
    private void copy(Path from) {
        try {
            if (Files.exists(from)) {
                Files.walkFileTree(from, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Copier());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy " + from + " to " + target + ": " + e, e);
        }
    }

    /** Copies a namespace while it is written: its bodies twice, since one may be erased, and others added, meanwhile. */
    private void copy(Namespace namespace) {
        Path bodies = MemoryPaths.bodies(memory, namespace.name());
        copy(bodies);
        namespace.copyLogTo(MemoryPaths.log(staging, namespace.name()));
        copy(MemoryPaths.authors(memory, namespace.name())); // after the log: it names at least the log's authors
        copy(bodies);
    }

    /** Puts the copy into its place, unless something came to be there meanwhile. */
    private void finish() {
        try {
            try {
                requireEmpty();
                Files.deleteIfExists(target);
                Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                requireEmpty(); // in the meantime it may no longer be
                throw e;
            }
            Durable.force(requireNonNull(target.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't move " + staging + " to " + target + ": " + e, e);
        }
    }

    /** Copies a memory while it is written. */
    static void write(Path memory, Namespaces namespaces, Path target) {
        try (Backup backup = new Backup(memory, target)) {
            for (String name : List.of(MemoryPaths.KEYS, NamespaceRegistry.DIRECTORY, Trust.FILE, MemoryFile.FILE)) {
                backup.copy(memory.resolve(name));
            }
            // those whose registration was copied, and none that was made since
            for (NamespaceName name : new NamespaceRegistry(backup.staging).names()) {
                backup.copy(namespaces.registered(name));
            }
            backup.finish();
        }
    }

    /** Copies a whole memory that nobody writes, and audits the copy. */
    static Report restore(Path backup, Path target) {
        if (MemoryFile.read(backup).isEmpty()) {
            throw new IllegalArgumentException(
                    backup + " has no " + MemoryFile.FILE + ", expected the directory of a backup");
        }
        try (Backup copy = new Backup(backup, target)) {
            copy.copyAll();
            Report report = copy.audit();
            copy.finish();
            return report;
        }
    }

    private void copyAll() {
        try {
            copy(memory);
        } catch (MemoryDamagedException e) {
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
    }

    /** Audits the copy; what is said of it is said of what was copied, since the copy goes if it is damaged. */
    private Report audit() {
        Report report;
        try (Remembrancer restored = Remembrancer.builder(staging).mustExist().open()) {
            report = restored.verifyAudit();
        } catch (MemoryDamagedException | LogDamagedException e) {
            throw new RefutedException(ofTheOriginal(String.valueOf(e.getMessage())));
        }
        if (report.failed()) {
            throw new RefutedException(ofTheOriginal(report.toText()));
        }
        return report;
    }

    private String ofTheOriginal(String message) {
        return message.replace(staging.toString(), memory.toString());
    }

    @Override
    public void close() {
        workshop.close();
    }

    /** Copies a tree, with permissions. Where a link leads to a file or directory, the copy has that. */
    private final class Copier extends SimpleFileVisitor<Path> {

        private Path target(Path path) {
            return staging.resolve(memory.relativize(path).toString());
        }

        private boolean isLeftOut(Path path) {
            String name = memory.relativize(path).toString().replace(File.separatorChar, '/');
            return LEFT_OUT.matcher(name).matches();
        }

        private static boolean isUnfinished(Path file) {
            return String.valueOf(file.getFileName()).endsWith(UNFINISHED);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (isLeftOut(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (workshop.is(directory)) { // a copy of the copy of the copy
                throw new IllegalArgumentException(target + " is in what a link in " + memory
                        + " leads to, which is copied; expected a place outside of it");
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
            if (!isLeftOut(file) && !isUnfinished(file)) {
                requireRegular(file, attributes);
                Path copy = target(file);
                if (!Files.exists(copy)) {
                    copy(file, copy);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private static void requireRegular(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
                throw new MemoryDamagedException(
                        file + " is neither a file nor a directory, expected one of the two, or a"
                                + " link that leads to one; nothing is copied");
            }
        }

        private static void copy(Path file, Path copy) throws IOException {
            try {
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                Durable.force(copy);
            } catch (NoSuchFileException e) {
                if (Files.exists(file)) {
                    throw e;
                } // else it was erased between the listing of its directory and now
            }
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
            Durable.force(target(directory));
            return FileVisitResult.CONTINUE;
        }
    }
}
