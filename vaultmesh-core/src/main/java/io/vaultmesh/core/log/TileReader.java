package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.HashReader;
import io.vaultmesh.core.merkle.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads nodes from full tiles, each checked against the tile above it, and from the tail. Keeps the last few tiles that
 * it read. Not thread-safe.
 */
final class TileReader implements HashReader {

    private static final int KEPT = 64;

    private final Function<String, Optional<byte[]>> files;
    private final Tail tail;
    private final Map<String, Tile> recent = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tile> eldest) {
            return size() > KEPT;
        }
    };

    TileReader(Function<String, Optional<byte[]>> files, Tail tail) {
        this.files = files;
        this.tail = tail;
    }

    @Override
    public List<Hash> read(List<NodeId> nodes) {
        return nodes.stream().map(this::node).toList();
    }

    private Hash node(NodeId node) {
        int level = node.level() / TilePath.HEIGHT;
        int height = node.level() % TilePath.HEIGHT;
        long first = node.index() << height;
        Tile tile = tile(level, first / TilePath.WIDTH);
        return tile.subtree((int) (first % TilePath.WIDTH), 1 << height);
    }

    private Tile tile(int level, long number) {
        if (number == TilePath.hashes(level, tail.size()) / TilePath.WIDTH) {
            return tail.tile(level);
        }
        String path = TilePath.tile(level, number, TilePath.WIDTH);
        Tile tile = recent.get(path);
        if (tile == null) {
            byte[] file = files.apply(path)
                    .orElseThrow(() -> new LogDamagedException(path + " is missing, expected a full tile"));
            tile = Tile.of(file, TilePath.WIDTH, path);
            requireUnchanged(
                    tile, path, tile(level + 1, number / TilePath.WIDTH).hash((int) (number % TilePath.WIDTH)));
            recent.put(path, tile);
        }
        return tile;
    }

    /** The tile above has the root of a full one; the topmost tiles are in the tail, which has the signed root. */
    private static void requireUnchanged(Tile tile, String path, Hash expected) {
        Hash root = tile.root();
        if (!root.equals(expected)) {
            throw new LogDamagedException(
                    path + " has root " + root + ", expected " + expected + " as in the tile above");
        }
    }

    /** The hash of a leaf. */
    Hash leaf(long index) {
        return node(new NodeId(0, index));
    }
}
