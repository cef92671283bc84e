package io.vaultmesh.remembrancer.index;

import io.vaultmesh.remembrancer.disk.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** The files of an index: a database, what SQLite puts beside it, and the one that is to take its place. */
final class IndexFiles {

    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

    static final Object NONE = "no file";

    private static final ReadWriteLock REPLACING = new ReentrantReadWriteLock();

    private IndexFiles() {}

    static Path successor(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Deletes a database, and whatever of it a crash has left. */
    static void delete(Path file) {
        for (String suffix : SUFFIXES) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException("can't delete " + file + suffix, e);
            }
        }
    }

    /** What tells the file that is there now from one that takes its place; {@link #NONE} if there is none. */
    static Object identity(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key; // a file system without keys doesn't let an open file be replaced either
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    static boolean hasSuccessor(Path file) {
        return Files.exists(successor(file));
    }

    /**
     * Opens a database while nobody in this process replaces one. SQLite doesn't see locks of its own process: who opened
     * the write-ahead log of the one file for the other would reset it for those who have it open.
     */
    static <T> T beforeOrAfterAReplacement(Supplier<T> opening) {
        return locked(REPLACING.readLock(), opening);
    }

    /** Replaces a database, or begins one, while nobody in this process opens one. */
    static <T> T replacing(Supplier<T> replacement) {
        return locked(REPLACING.writeLock(), replacement);
    }

    private static <T> T locked(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    static void createDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't create " + directory, e);
        }
    }

    /** Makes the successor durable, which nobody has open. */
    static void forceSuccessor(Path file) {
        try {
            Durable.force(successor(file));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + successor(file), e);
        }
    }

    /** Puts the successor into the place of a database that nobody here has open. */
    static void replace(Path file) {
        delete(file);
        try {
            Files.move(successor(file), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't put " + successor(file) + " into the place of " + file, e);
        }
    }
}
