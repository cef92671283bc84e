package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads entries from full bundles and from the tail, each against its leaf hash, so that what was changed on disk is
 * never given out as what was logged. Keeps the last two bundles that it read. Thread-safe.
 */
final class EntryReader {

    private static final int KEPT = 2;

    private final Function<String, Optional<byte[]>> files;
    private final Tail tail;
    private final TileReader tiles;
    private final Recent<String, EntryBundle> recent = new Recent<>(KEPT);

    EntryReader(Function<String, Optional<byte[]>> files, Tail tail, TileReader tiles) {
        this.files = files;
        this.tail = tail;
        this.tiles = tiles;
    }

    /** Reads an entry that is in the log. */
    LogEntry read(long index) {
        return tail.find(index)
                .map(bytes -> new LogEntry(index, bytes)) // the tail was checked when it was read
                .orElseGet(() -> readFromFile(index));
    }

    private LogEntry readFromFile(long index) {
        String path = TilePath.entries(index / TilePath.WIDTH, TilePath.WIDTH);
        EntryBundle bundle = recent.get(path).orElseGet(() -> bundle(path));
        LogEntry entry = new LogEntry(index, bundle.entry((int) (index % TilePath.WIDTH)));
        Hash expected = tiles.leaf(index);
        if (!entry.leafHash().equals(expected)) {
            throw new LogDamagedException(path + ": " + entry + ", expected leaf hash " + expected);
        }
        return entry;
    }

    private EntryBundle bundle(String path) {
        byte[] bytes = files.apply(path)
                .orElseThrow(() -> new LogDamagedException(path + " is missing, expected a full bundle"));
        EntryBundle bundle = EntryBundle.of(bytes, TilePath.WIDTH, path);
        recent.put(path, bundle);
        return bundle;
    }
}
