package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.merkle.NodeId;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The right edge of a log, kept in memory: the bundle and, at each level, the tile that are not full yet. Everything
 * left of it is in full files, which never change. Thread-safe; who holds its monitor sees one size.
 */
final class Tail {

    private final TreeHasher hasher = new TreeHasher();
    private final List<Tile> tiles = new ArrayList<>(); // by level
    private final Bundle bundle = new Bundle();
    private final byte[] pair = new byte[2 * Hash.LENGTH]; // a left and a right child
    private long size;

    /** Reads the right edge of a log at a checkpoint, and checks it against the checkpoint's root. */
    static Tail load(Function<String, Optional<byte[]>> files, Checkpoint checkpoint) {
        Tail tail = new Tail();
        tail.read(files, checkpoint);
        return tail;
    }

    private synchronized void read(Function<String, Optional<byte[]>> files, Checkpoint checkpoint) {
        size = checkpoint.size();
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            long hashes = TilePath.hashes(level, size);
            int width = (int) (hashes % TilePath.WIDTH);
            tiles.add(width == 0 ? new Tile() : readTile(files, level, hashes / TilePath.WIDTH, width));
        }
        Hash root = root();
        if (!root.equals(checkpoint.root())) {
            throw new LogDamagedException("the checkpoint of " + checkpoint.origin() + " at size " + size + " has root "
                    + checkpoint.root() + ", but the tiles lead to " + root);
        }
        int width = (int) (size % TilePath.WIDTH);
        if (width > 0) {
            readEntries(files, size / TilePath.WIDTH, width);
        }
    }

    private Tile readTile(Function<String, Optional<byte[]>> files, int level, long number, int width) {
        String path = TilePath.tile(level, number, width);
        byte[] file = readPartial(files, path, TilePath.tile(level, number, TilePath.WIDTH));
        return Tile.of(file, width, path);
    }

    private void readEntries(Function<String, Optional<byte[]>> files, long number, int width) {
        String path = TilePath.entries(number, width);
        byte[] file = readPartial(files, path, TilePath.entries(number, TilePath.WIDTH));
        EntryBundle entries = EntryBundle.of(file, width, path);
        for (int i = 0; i < width; i++) {
            LogEntry entry = new LogEntry(number * TilePath.WIDTH + i, entries.entry(i));
            if (!entry.leafHash().equals(tiles.get(0).hash(i))) {
                throw new LogDamagedException(path + ": " + entry + ", expected leaf hash "
                        + tiles.get(0).hash(i));
            }
            bundle.add(file, entries.start(i), entries.length(i));
        }
    }

    private static byte[] readPartial(Function<String, Optional<byte[]>> files, String partial, String full) {
        return files.apply(partial)
                .or(() -> files.apply(full))
                .orElseThrow(
                        () -> new LogDamagedException(partial + " is missing, but the checkpoint's size promises it"));
    }

    synchronized long size() {
        return size;
    }

    /** The root of the tree of all entries: the complete subtrees in it, from the right, are all in the tiles here. */
    synchronized Hash root() {
        if (size == 0) {
            return MerkleTree.emptyRoot();
        }
        boolean first = true;
        for (int level = 0; level < tiles.size(); level++) {
            first = tiles.get(level).foldInto(pair, first, hasher);
        }
        return Hash.read(pair, Hash.LENGTH);
    }

    private Hash node(NodeId node, int level) {
        return tiles.get(level).node(TilePath.height(node), TilePath.indexInTile(node));
    }

    /** A node that lies in a tile at the right edge; empty if its tile is full, and in a file. */
    synchronized Optional<Hash> find(NodeId node) {
        int level = TilePath.tileLevel(node);
        boolean here = TilePath.tileNumber(node) == TilePath.hashes(level, size) / TilePath.WIDTH;
        return here ? Optional.of(node(node, level)) : Optional.empty();
    }

    /** An entry of the bundle at the right edge; empty if its bundle is full, and in a file. */
    synchronized Optional<byte[]> find(long index) {
        boolean here = index / TilePath.WIDTH == size / TilePath.WIDTH;
        return here ? Optional.of(bundle.entry((int) (index % TilePath.WIDTH))) : Optional.empty();
    }

    /** Appends an entry, and gives away each file that it fills: the bundle, then the tiles from below. */
    @CanIgnoreReturnValue
    synchronized Appended append(byte[] bytes, int from, int length, BiConsumer<String, byte[]> filled) {
        int at = bundle.add(bytes, from, length);
        Appended appended = new Appended(size, tile(0).addLeaf(bundle.array(), at, length, hasher));
        size++;
        if (bundle.count() == TilePath.WIDTH) {
            fill(filled);
        }
        return appended;
    }

    /** Appends an entry whose leaf hash is known. */
    synchronized void append(byte[] bytes, int from, int length, Hash leafHash, BiConsumer<String, byte[]> filled) {
        bundle.add(bytes, from, length);
        tile(0).add(leafHash);
        size++;
        if (bundle.count() == TilePath.WIDTH) {
            fill(filled);
        }
    }

    private void fill(BiConsumer<String, byte[]> filled) {
        filled.accept(TilePath.entries(size / TilePath.WIDTH - 1, TilePath.WIDTH), bundle.takeBytes());
        for (int level = 0; tile(level).isFull(); level++) {
            Tile tile = tile(level);
            long number = TilePath.hashes(level, size) / TilePath.WIDTH - 1;
            filled.accept(TilePath.tile(level, number, TilePath.WIDTH), tile.toBytes());
            tile(level + 1).add(tile.root());
            tile.clear();
        }
    }

    private Tile tile(int level) {
        if (level == tiles.size()) {
            tiles.add(new Tile());
        }
        return tiles.get(level);
    }

    /** The bundle and the tiles at the right edge as files, by their paths; those that have something. */
    synchronized Map<String, byte[]> partials() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (bundle.count() > 0) {
            files.put(TilePath.entries(size / TilePath.WIDTH, bundle.count()), bundle.toBytes());
        }
        for (int level = 0; level < tiles.size(); level++) {
            Tile tile = tiles.get(level);
            if (tile.width() > 0) {
                long number = TilePath.hashes(level, size) / TilePath.WIDTH;
                files.put(TilePath.tile(level, number, tile.width()), tile.toBytes());
            }
        }
        return files;
    }
}
