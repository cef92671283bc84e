package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.log.WriterLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory beside a target, in which what the target becomes is made: no two have the same one, and nobody else can look
 * into it. Closing deletes it. What a crash leaves is known by having no writer, and deleted by the next one.
 */
final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Remembrancer.class);

    private static final String PART = ".part-";

    private final Path directory;
    private final WriterLock lock;
    private final Path piece;

    private Workshop(Path directory, WriterLock lock, Path piece) {
        this.directory = directory;
        this.lock = lock;
        this.piece = piece;
    }

    /** One beside a target, which has a name. */
    static Workshop beside(Path target) throws IOException {
        Path parent = requireNonNull(target.getParent(), "parent of the target");
        String prefix = "." + target.getFileName() + PART;
        Files.createDirectories(parent);
        deleteLeftovers(parent, prefix);
        while (true) {
            Path directory = Files.createTempDirectory(parent, prefix);
            try {
                return in(directory);
            } catch (IllegalStateException | UncheckedIOException | IOException e) {
                // another one took it for a leftover before it was locked
                if (Files.exists(directory) && !(e instanceof IllegalStateException)) {
                    throw e;
                }
            }
        }
    }

    private static Workshop in(Path directory) throws IOException {
        WriterLock lock = WriterLock.take(directory);
        try {
            return new Workshop(directory, lock, Files.createDirectory(directory.resolve("copy")));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static void deleteLeftovers(Path parent, String prefix) throws IOException {
        List<Path> others;
        try (Stream<Path> entries = Files.list(parent)) {
            others = entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith(prefix))
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path other : others) {
            try (WriterLock taken = WriterLock.take(other)) {
                delete(other);
                LOG.debug("{} was left by a copy that was broken off, and is deleted under {}", other, taken);
            } catch (IllegalStateException | UncheckedIOException | IOException e) {
                LOG.info("{} is left alone: another copy is being made in it, or it can't be deleted", other, e);
            }
        }
    }

    /** What is made: an empty directory at first, to be moved to the target. */
    Path piece() {
        return piece;
    }

    /** Whether a directory is this one, by whatever way it was come to. */
    boolean is(Path other) throws IOException {
        return Files.isSameFile(other, directory);
    }

    @Override
    public void close() {
        try (lock) {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + directory + ": " + e, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
