package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.merkle.CompactRange;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A log's files for fsck: one that can't be read is noted, and the others are checked all the same. */
final class FsckFiles {

    /** Over a network each may cost a deadline. */
    private static final int UNREADABLE_IN_A_ROW = 16;

    private final LogSource source;
    private int unreadableInARow;
    private final Map<String, Check> unreadable = new LinkedHashMap<>();

    FsckFiles(LogSource source) {
        this.source = source;
    }

    Optional<byte[]> read(String path) {
        return noting(path, () -> source.read(path), Optional.empty());
    }

    /** The files in a directory; of a source that can't list them, none, and {@link PublishedFsck} says so. */
    List<String> list(String directory) {
        return noting(directory, () -> source instanceof LogStore store ? store.list(directory) : List.of(), List.of());
    }

    private <T> T noting(String path, Supplier<T> reading, T otherwise) {
        try {
            T read = reading.get();
            unreadableInARow = 0;
            return read;
        } catch (UncheckedIOException e) {
            unreadableInARow++;
            if (e.getCause() instanceof InterruptedIOException
                    || (unreadableInARow == UNREADABLE_IN_A_ROW && !(source instanceof LogStore))) {
                throw e;
            }
            unreadable.put(path, Check.fail(path, String.valueOf(e.getMessage())));
            return otherwise;
        }
    }

    List<Check> unreadable() {
        return List.copyOf(unreadable.values());
    }

    /** How far a writer's journal goes on behind what is published. */
    long journaled(CompactRange published) {
        return noting(
                Journal.FILE,
                () -> source instanceof DirectoryStore directory ? directory.journaled(published) : published.size(),
                published.size());
    }
}
