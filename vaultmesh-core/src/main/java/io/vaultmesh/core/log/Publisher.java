package io.vaultmesh.core.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a log to its store: full bundles and tiles first, then the partial ones of the size that is published, then the
 * checkpoint, so that a checkpoint never promises what is not there. Not thread-safe.
 */
final class Publisher {

    private final LogStore store;
    private final @Nullable Journal journal;
    private final Map<String, byte[]> filled = new LinkedHashMap<>(); // full files that are not in the store yet
    private @Nullable TrustedCheckpoint published;

    Publisher(LogStore store, @Nullable Journal journal, @Nullable TrustedCheckpoint published) {
        this.store = store;
        this.journal = journal;
        this.published = published;
    }

    /** Takes a full bundle or tile, to be stored when there is time. */
    void take(String path, byte[] content) {
        filled.put(path, content);
    }

    boolean hasFilled() {
        return !filled.isEmpty();
    }

    /** Reads a full file, stored or not. */
    Optional<byte[]> read(String path) {
        byte[] waiting = filled.get(path);
        return waiting != null ? Optional.of(waiting) : store.read(path);
    }

    void storeFilled() {
        filled.forEach(store::writeIfAbsent);
        filled.clear();
    }

    void publish(Tail tail, Supplier<TrustedCheckpoint> checkpoint) {
        storeFilled();
        if (published != null && published.size() == tail.size()) {
            return;
        }
        storePartials(tail);
        TrustedCheckpoint next = checkpoint.get();
        store.replaceCheckpoint(
                Optional.ofNullable(published).map(old -> old.note().bytes()),
                next.note().bytes());
        long before = published == null ? 0 : published.size();
        published = next;
        if (journal != null) {
            journal.reset();
        }
        deleteReplacedPartials(before, next.size());
    }

    private void storePartials(Tail tail) {
        int width = tail.entries().size();
        if (width > 0) {
            long number = tail.size() / TilePath.WIDTH;
            store.writeIfAbsent(TilePath.entries(number, width), EntryBundle.encode(tail.entries()));
        }
        for (int level = 0; level < tail.levels(); level++) {
            Tile tile = tail.tile(level);
            if (tile.width() > 0) {
                long number = TilePath.hashes(level, tail.size()) / TilePath.WIDTH;
                store.writeIfAbsent(TilePath.tile(level, number, tile.width()), tile.toBytes());
            }
        }
    }

    /** Deletes the partial forms of the files that the published log has in full by now. */
    private void deleteReplacedPartials(long before, long size) {
        for (int level = 0; TilePath.hashes(level, before) > 0; level++) {
            long number = TilePath.hashes(level, before) / TilePath.WIDTH;
            if (number < TilePath.hashes(level, size) / TilePath.WIDTH) {
                deletePartials(TilePath.tile(level, number, TilePath.WIDTH));
                if (level == 0) {
                    deletePartials(TilePath.entries(number, TilePath.WIDTH));
                }
            }
        }
    }

    private void deletePartials(String full) {
        String directory = TilePath.partials(full);
        store.list(directory).forEach(name -> store.delete(directory + "/" + name));
    }
}
