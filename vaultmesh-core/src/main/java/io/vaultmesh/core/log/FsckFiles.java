package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.merkle.CompactRange;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A store's files for fsck: one that can't be read is noted, and the others are checked all the same. */
final class FsckFiles {

    private final LogStore store;
    private final Map<String, Check> unreadable = new LinkedHashMap<>();

    FsckFiles(LogStore store) {
        this.store = store;
    }

    Optional<byte[]> read(String path) {
        return noting(path, () -> store.read(path), Optional.empty());
    }

    List<String> list(String directory) {
        return noting(directory, () -> store.list(directory), List.of());
    }

    private <T> T noting(String path, Supplier<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (UncheckedIOException e) {
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
                () -> store instanceof DirectoryStore directory ? directory.journaled(published) : published.size(),
                published.size());
    }
}
