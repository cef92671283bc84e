package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads entries from full bundles and from the tail, each against its leaf hash, so that what was changed on disk is
 * never given out as what was logged. Keeps the last bundle that it read. Not thread-safe.
 */
final class EntryReader {

    private final Function<String, Optional<byte[]>> files;
    private final Tail tail;
    private final TileReader tiles;
    private long recentNumber = -1;
    private List<byte[]> recent = List.of();

    EntryReader(Function<String, Optional<byte[]>> files, Tail tail, TileReader tiles) {
        this.files = files;
        this.tail = tail;
        this.tiles = tiles;
    }

    LogEntry read(long index) {
        long number = index / TilePath.WIDTH;
        int at = (int) (index % TilePath.WIDTH);
        if (number == tail.size() / TilePath.WIDTH) {
            return new LogEntry(index, tail.entries().get(at));
        }
        String path = TilePath.entries(number, TilePath.WIDTH);
        if (number != recentNumber) {
            byte[] bundle = files.apply(path)
                    .orElseThrow(() -> new LogDamagedException(path + " is missing, expected a full bundle"));
            recent = EntryBundle.decode(bundle, TilePath.WIDTH, path);
            recentNumber = number;
        }
        LogEntry entry = new LogEntry(index, recent.get(at));
        Hash expected = tiles.leaf(index);
        if (!entry.leafHash().equals(expected)) {
            throw new LogDamagedException(path + ": " + entry + ", expected leaf hash " + expected);
        }
        return entry;
    }
}
