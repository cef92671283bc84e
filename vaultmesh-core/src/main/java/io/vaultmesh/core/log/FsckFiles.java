package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** A store's files for fsck: one that can't be read is noted, and the others are checked all the same. Thread-safe. */
final class FsckFiles {

    private final LogStore store;
    private final Map<String, Check> unreadable = new ConcurrentSkipListMap<>();

    FsckFiles(LogStore store) {
        this.store = store;
    }

    Optional<byte[]> read(String path) {
        return noting(path, () -> store.read(path), Optional.empty());
    }

    /** The first hashes of a tile: its own file, which has no more, or the beginning of the full one that replaced it. */
    Optional<byte[]> tile(int level, long number, int width) {
        int length = width * Hash.LENGTH;
        Optional<byte[]> exact = read(TilePath.tile(level, number, width));
        return exact.isPresent()
                ? exact.filter(file -> file.length == length)
                : read(TilePath.tile(level, number, TilePath.WIDTH))
                        .filter(file -> file.length == TilePath.WIDTH * Hash.LENGTH)
                        .map(file -> Arrays.copyOf(file, length));
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

    /** How far a writer's journal goes on behind a log, if it continues that; otherwise the log's own size. */
    long journaled(long size, Supplier<Hash> root) {
        return local().map(disk -> noting(Journal.DIRECTORY, () -> journaled(disk, size, root), size))
                .orElse(size);
    }

    private static long journaled(Disk disk, long size, Supplier<Hash> root) {
        long[] end = {size};
        try {
            JournalReader.End unused = new JournalReader(disk, new JournalReader.Continued() {
                        @Override
                        public long size() {
                            return end[0];
                        }

                        @Override
                        public Optional<Hash> root() {
                            return end[0] == size ? Optional.of(root.get()) : Optional.empty();
                        }

                        @Override
                        public void append(JournalGroup group) {
                            end[0] = group.endIndex();
                        }
                    })
                    .read();
            return end[0];
        } catch (LogDamagedException goesOnNowhere) {
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + disk.name(Journal.DIRECTORY) + ": " + e, e);
        }
    }

    /** The writer's own files beside the published ones, if the store has them. */
    Optional<Disk> local() {
        return store instanceof DirectoryStore directory ? Optional.of(directory.disk()) : Optional.empty();
    }
}
