package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** A store's files for fsck: one that can't be read is noted, and the others are checked all the same. Thread-safe. */
final class FsckFiles {

    /** Over a network each may cost a deadline. */
    private static final int UNREADABLE_IN_A_ROW = 16;

    private final LogSource source;
    private final AtomicInteger unreadableInARow = new AtomicInteger();
    private final Map<String, Check> unreadable = new ConcurrentSkipListMap<>();

    FsckFiles(LogSource source) {
        this.source = source;
    }

    Optional<byte[]> read(String path) {
        return noting(path, () -> source.read(path), Optional.empty());
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

    /** The files in a directory; of a source that can't list them, none, and {@link PublishedFsck} says so. */
    List<String> list(String directory) {
        return noting(directory, () -> source instanceof LogStore store ? store.list(directory) : List.of(), List.of());
    }

    private <T> T noting(String path, Supplier<T> reading, T otherwise) {
        try {
            T read = reading.get();
            unreadableInARow.set(0);
            return read;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof InterruptedIOException
                    || (unreadableInARow.incrementAndGet() == UNREADABLE_IN_A_ROW && !(source instanceof LogStore))) {
                throw e;
            }
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

    /** Numbers from 0; in parallel unless they are read from a server, where an interrupt of the caller counts. */
    LongStream range(long count) {
        LongStream range = LongStream.range(0, count);
        return source instanceof LogStore ? range.parallel() : range;
    }

    /** The writer's own files beside the published ones, if the store has them. */
    Optional<Disk> local() {
        return source instanceof DirectoryStore directory ? Optional.of(directory.disk()) : Optional.empty();
    }
}
