package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.merkle.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree above the full tiles of level 0, as it grows by their roots: its right edge, and, for whoever wants them, the
 * tiles that it makes. Not thread-safe.
 */
final class TileTree {

    /** Is shown the tiles of level 1 and above. */
    interface Above {
        void tile(int level, long number, Tile tile);
    }

    private final Above above;
    private final List<Tile> tiles = new ArrayList<>(); // of level 1 and above; a full one stays until the next hash
    private long count;

    TileTree(Above above) {
        this.above = above;
    }

    /** Adds the root of the next full tile of level 0. */
    void add(Hash root) {
        count++;
        add(1, root);
    }

    private void add(int level, Hash hash) {
        if (tiles.size() < level) {
            tiles.add(new Tile());
        }
        Tile tile = tiles.get(level - 1);
        if (tile.isFull()) {
            tile.clear();
        }
        tile.add(hash);
        if (tile.isFull()) {
            above.tile(level, (hashes(level) - 1) / TilePath.WIDTH, tile);
            add(level + 1, tile.root());
        }
    }

    private long hashes(int level) {
        return count >>> (TilePath.HEIGHT * (level - 1));
    }

    /** Shows the tiles that are not full. */
    void end() {
        for (int level = 1; level <= tiles.size(); level++) {
            Tile tile = tiles.get(level - 1);
            if (!tile.isFull()) {
                above.tile(level, hashes(level) / TilePath.WIDTH, tile);
            }
        }
    }

    /** The root at a size that ends in the tile of level 0 behind those that were added, or with the last of these. */
    Hash root(long size, Tile lowest) {
        return MerkleTree.root(
                size, nodes -> nodes.stream().map(node -> node(node, lowest)).toList());
    }

    private Hash node(NodeId node, Tile lowest) {
        int level = TilePath.tileLevel(node);
        return (level == 0 ? lowest : tiles.get(level - 1)).node(TilePath.height(node), TilePath.indexInTile(node));
    }
}
