package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.HashReader;
import io.vaultmesh.core.merkle.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads nodes from the tail and from full tiles, each of these checked against the tile above it, up to the tail. Keeps
 * the tiles that it read last, at most {@value #KEPT} (4 MiB). Thread-safe.
 */
final class TileReader implements HashReader {

    private static final int KEPT = 256;

    private final Function<String, Optional<byte[]>> files;
    private final Tail tail;
    private final Recent<Long, Tile> recent = new Recent<>(KEPT);

    TileReader(Function<String, Optional<byte[]>> files, Tail tail) {
        this.files = files;
        this.tail = tail;
    }

    @Override
    public List<Hash> read(List<NodeId> nodes) {
        List<Hash> hashes = new ArrayList<>(nodes.size());
        long before = -1;
        Tile tile = null;
        for (NodeId node : nodes) { // mostly several of one tile in a row
            long key = key(TilePath.tileLevel(node), TilePath.tileNumber(node));
            if (tile == null || key != before) {
                Optional<Hash> atTheEdge = tail.find(node);
                if (atTheEdge.isPresent()) {
                    hashes.add(atTheEdge.get());
                    continue;
                }
                tile = tile(TilePath.tileLevel(node), TilePath.tileNumber(node));
                before = key;
            }
            hashes.add(tile.node(TilePath.height(node), TilePath.indexInTile(node)));
        }
        return hashes;
    }

    private Hash node(NodeId node) {
        return read(List.of(node)).get(0);
    }

    private static long key(int level, long number) {
        return (long) level << 56 | number; // a level has at most 2^55 full tiles
    }

    private Tile tile(int level, long number) {
        long key = key(level, number);
        return recent.get(key).orElseGet(() -> {
            Tile tile = checked(level, number);
            recent.put(key, tile);
            return tile;
        });
    }

    private Tile checked(int level, long number) {
        String path = TilePath.tile(level, number, TilePath.WIDTH);
        byte[] file = files.apply(path)
                .orElseThrow(() -> new LogDamagedException(path + " is missing, expected a full tile"));
        Tile tile = Tile.of(file, TilePath.WIDTH, path);
        // the tile above has its root; the topmost ones are in the tail, which has the signed root
        Hash expected = node(new NodeId((level + 1) * TilePath.HEIGHT, number));
        if (!tile.root().equals(expected)) {
            throw new LogDamagedException(
                    path + " has root " + tile.root() + ", expected " + expected + " as in the tile above");
        }
        return tile;
    }

    /** The hash of a leaf. */
    Hash leaf(long index) {
        return node(new NodeId(0, index));
    }
}
