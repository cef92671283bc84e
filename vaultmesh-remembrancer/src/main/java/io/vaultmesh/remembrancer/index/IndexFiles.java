package io.vaultmesh.remembrancer.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The files of an index: a database, what SQLite puts beside it, and the one that is to take its place. */
final class IndexFiles {

    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

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

    /** What tells the file that is there now from one that takes its place; the same for none at all. */
    static Object identity(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() == null ? found.creationTime() : found.fileKey();
        } catch (NoSuchFileException e) {
            return "none";
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    /** Whether another file is there than before, or soon will be. */
    static boolean isReplaced(Path file, Object before) {
        return Files.exists(successor(file)) || !identity(file).equals(before);
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
        try (FileChannel channel = FileChannel.open(successor(file), StandardOpenOption.WRITE)) {
            channel.force(true);
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
