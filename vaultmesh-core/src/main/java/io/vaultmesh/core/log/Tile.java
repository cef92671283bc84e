package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.Arrays;

/**
 * Up to 256 consecutive hashes of one level of tiles, and above them every node that they complete. Grows at its right,
 * so that each node is hashed once. Not thread-safe.
 */
final class Tile {

    // all heights in one array, the hashes themselves first: two children lie side by side
    private static final int LENGTH = (2 * TilePath.WIDTH - 1) * Hash.LENGTH;

    private byte[] nodes;
    private int width;

    Tile() {
        nodes = new byte[LENGTH];
    }

    /** The first {@code width} hashes of a file; {@code path} is for the error. */
    static Tile of(byte[] file, int width, String path, TreeHasher hasher) {
        if (file.length < width * Hash.LENGTH || file.length % Hash.LENGTH != 0) {
            throw new LogDamagedException(path + " has " + file.length + " bytes, expected " + width * Hash.LENGTH
                    + " for " + width + " hashes");
        }
        Tile tile = new Tile();
        System.arraycopy(file, 0, tile.nodes, 0, width * Hash.LENGTH);
        for (int i = 0; i < width; i++) {
            tile.complete(hasher);
        }
        return tile;
    }

    int width() {
        return width;
    }

    boolean isFull() {
        return width == TilePath.WIDTH;
    }

    /** Hashes a leaf to the end, and the nodes that it completes. Returns its hash. */
    Hash addLeaf(byte[] bytes, int from, int length, TreeHasher hasher) {
        int at = width * Hash.LENGTH;
        hasher.leaf(bytes, from, length, nodes, at);
        complete(hasher);
        return Hash.read(nodes, at);
    }

    void add(Hash hash, TreeHasher hasher) {
        hash.write(nodes, width * Hash.LENGTH);
        complete(hasher);
    }

    /** Takes the hash behind the last one as added, and hashes the nodes that it completes. */
    private void complete(TreeHasher hasher) {
        int index = width++;
        for (int height = 0; (index & 1) == 1; height++) {
            hasher.node(nodes, at(height, index - 1), nodes, at(height + 1, index >> 1));
            index >>= 1;
        }
    }

    private static int at(int height, int index) {
        return (2 * TilePath.WIDTH - ((2 * TilePath.WIDTH) >> height) + index) * Hash.LENGTH;
    }

    /** One of the hashes. */
    Hash hash(int i) {
        return node(0, i);
    }

    /** The node over as many hashes as 2 to the power of {@code height}, which are there. */
    Hash node(int height, int index) {
        return Hash.read(nodes, at(height, index));
    }

    /** The root of a full tile. */
    Hash root() {
        return node(TilePath.HEIGHT, 0);
    }

    /** Whether a file has these hashes and no others. */
    boolean has(byte[] file) {
        return Arrays.equals(nodes, 0, width * Hash.LENGTH, file, 0, file.length);
    }

    /**
     * Hashes the complete subtrees of the tile, the smallest first, each as the left sibling of what is in the right half of
     * {@code pair}, where the result goes. The very first one has no sibling. Returns whether there was none yet.
     */
    boolean foldInto(byte[] pair, boolean first, TreeHasher hasher) {
        boolean none = first;
        for (int height = 0; height < TilePath.HEIGHT; height++) {
            if ((width >>> height & 1) == 1) {
                int subtree = at(height, (width >>> height) - 1);
                System.arraycopy(nodes, subtree, pair, none ? Hash.LENGTH : 0, Hash.LENGTH);
                if (!none) {
                    hasher.node(pair, 0, pair, Hash.LENGTH);
                }
                none = false;
            }
        }
        return none;
    }

    byte[] toBytes() {
        return Arrays.copyOf(nodes, width * Hash.LENGTH);
    }

    /** Empties the tile, for the next one at its level. */
    void clear() {
        width = 0;
    }
}
