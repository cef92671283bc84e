package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.merkle.HashReader;
import io.vaultmesh.core.merkle.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The right edge of a log, kept in memory: the bundle and, at each level, the tile that are not full yet. Everything
 * left of it is in full files, which never change. Not thread-safe.
 */
final class Tail {

    private final List<Tile> tiles = new ArrayList<>(); // by level
    private List<byte[]> entries = new ArrayList<>();
    private CompactRange range = new CompactRange();

    /** Reads the right edge of a log at a checkpoint, and checks it against the checkpoint's root. */
    static Tail load(Function<String, Optional<byte[]>> files, Checkpoint checkpoint) {
        Tail tail = new Tail();
        long size = checkpoint.size();
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            long hashes = TilePath.hashes(level, size);
            int width = (int) (hashes % TilePath.WIDTH);
            tail.tiles.add(width == 0 ? new Tile() : tail.readTile(files, level, hashes / TilePath.WIDTH, width));
        }
        tail.range = CompactRange.of(size, tail.reader());
        if (!tail.range.root().equals(checkpoint.root())) {
            throw new LogDamagedException("the checkpoint of " + checkpoint.origin() + " at size " + size + " has root "
                    + checkpoint.root() + ", but the tiles lead to " + tail.range.root());
        }
        int width = (int) (size % TilePath.WIDTH);
        if (width > 0) {
            tail.readEntries(files, size / TilePath.WIDTH, width);
        }
        return tail;
    }

    private Tile readTile(Function<String, Optional<byte[]>> files, int level, long number, int width) {
        String path = TilePath.tile(level, number, width);
        byte[] file = readPartial(files, path, TilePath.tile(level, number, TilePath.WIDTH));
        return Tile.of(file, width, path);
    }

    private void readEntries(Function<String, Optional<byte[]>> files, long number, int width) {
        String path = TilePath.entries(number, width);
        byte[] file = readPartial(files, path, TilePath.entries(number, TilePath.WIDTH));
        entries = new ArrayList<>(EntryBundle.decode(file, width, path));
        for (int i = 0; i < width; i++) {
            LogEntry entry = new LogEntry(number * TilePath.WIDTH + i, entries.get(i));
            if (!entry.leafHash().equals(tiles.get(0).hash(i))) {
                throw new LogDamagedException(path + ": " + entry + ", expected leaf hash "
                        + tiles.get(0).hash(i));
            }
        }
    }

    private static byte[] readPartial(Function<String, Optional<byte[]>> files, String partial, String full) {
        return files.apply(partial)
                .or(() -> files.apply(full))
                .orElseThrow(
                        () -> new LogDamagedException(partial + " is missing, but the checkpoint's size promises it"));
    }

    long size() {
        return range.size();
    }

    CompactRange range() {
        return range;
    }

    /** The tile at the right edge of a level, which may be empty. */
    Tile tile(int level) {
        return level < tiles.size() ? tiles.get(level) : new Tile();
    }

    int levels() {
        return tiles.size();
    }

    /** The entries of the bundle at the right edge. */
    List<byte[]> entries() {
        return entries;
    }

    /** Appends entries, and gives away each file that they fill: the bundle, then the tiles from below. */
    void append(Batch batch, BiConsumer<String, byte[]> filled) {
        long size = range.size();
        for (int i = 0; i < batch.entries().size(); i++) {
            append(batch.entries().get(i), batch.leafHashes().get(i), ++size, filled);
        }
        range = batch.after();
    }

    private void append(byte[] entry, Hash leafHash, long size, BiConsumer<String, byte[]> filled) {
        entries.add(entry);
        if (entries.size() == TilePath.WIDTH) {
            filled.accept(TilePath.entries(size / TilePath.WIDTH - 1, TilePath.WIDTH), EntryBundle.encode(entries));
            entries = new ArrayList<>();
        }
        Hash hash = leafHash;
        for (int level = 0; ; level++) {
            if (level == tiles.size()) {
                tiles.add(new Tile());
            }
            Tile tile = tiles.get(level);
            tile.add(hash);
            if (!tile.isFull()) {
                return;
            }
            long number = TilePath.hashes(level, size) / TilePath.WIDTH - 1;
            filled.accept(TilePath.tile(level, number, TilePath.WIDTH), tile.toBytes());
            hash = tile.root();
            tiles.set(level, new Tile());
        }
    }

    /** Reads nodes that lie in the tiles at the right edge, as the roots of the complete subtrees do. */
    private HashReader reader() {
        return nodes -> nodes.stream().map(this::node).toList();
    }

    private Hash node(NodeId node) {
        int height = node.level() % TilePath.HEIGHT;
        long first = node.index() << height;
        return tile(node.level() / TilePath.HEIGHT).subtree((int) (first % TilePath.WIDTH), 1 << height);
    }
}
