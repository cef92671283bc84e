package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.Arrays;

/**
 * Up to 256 consecutive hashes of one level of tiles, and above them every node that they complete. Grows at its right,
 * so that each node is hashed once: when it is asked for, many in a row rather than one by one. Not thread-safe until all
 * nodes are there, see {@link #hashNodes}.
 */
final class Tile {

    // all heights in one array, the hashes themselves first; two children lie side by side behind the prefix of a node
    private static final int PAIR = 1 + 2 * Hash.LENGTH;
    private static final int LENGTH = (TilePath.WIDTH - 1) * PAIR + 1 + Hash.LENGTH;

    private final byte[] nodes = new byte[LENGTH];
    private int width;
    private int hashed; // the width whose nodes are there

    Tile() {
        for (int at = 0; at < LENGTH; at += PAIR) {
            nodes[at] = TreeHasher.NODE;
        }
    }

    /** The first {@code width} hashes of a file, with all nodes; {@code path} is for the error. */
    static Tile of(byte[] file, int width, String path) {
        if (file.length < width * Hash.LENGTH || file.length % Hash.LENGTH != 0) {
            throw new LogDamagedException(path + " has " + file.length + " bytes, expected " + width * Hash.LENGTH
                    + " for " + width + " hashes");
        }
        Tile tile = new Tile();
        for (int i = 0; i < width; i += 2) {
            int length = Math.min(2, width - i) * Hash.LENGTH;
            System.arraycopy(file, i * Hash.LENGTH, tile.nodes, at(0, i), length);
        }
        tile.width = width;
        tile.hashNodes();
        return tile;
    }

    int width() {
        return width;
    }

    boolean isFull() {
        return width == TilePath.WIDTH;
    }

    /** Hashes an entry to the end; see {@link TreeHasher#leafInPlace}. Returns the hash. */
    Hash addLeaf(byte[] bytes, int from, int length, TreeHasher hasher) {
        int at = at(0, width++);
        hasher.leafInPlace(bytes, from, length, nodes, at);
        return Hash.read(nodes, at);
    }

    void add(Hash hash) {
        hash.write(nodes, at(0, width++));
    }

    /** Hashes the nodes that were completed since the last time. Until the next hash is added, any thread may read them. */
    void hashNodes() {
        TreeHasher hasher = TreeHasher.ofThread();
        int from = hashed;
        int to = width;
        for (int height = 0; to > 1; height++) {
            from >>= 1;
            to >>= 1;
            for (int i = from; i < to; i++) {
                hasher.nodeInPlace(nodes, at(height, 2 * i), nodes, at(height + 1, i));
            }
        }
        hashed = width;
    }

    private static int at(int height, int index) {
        int pair = TilePath.WIDTH - (TilePath.WIDTH >> height) + (index >> 1);
        return pair * PAIR + 1 + (index & 1) * Hash.LENGTH;
    }

    /** One of the hashes. */
    Hash hash(int i) {
        return Hash.read(nodes, at(0, i));
    }

    /** The node over as many hashes as 2 to the power of {@code height}, which are there. */
    Hash node(int height, int index) {
        if (hashed < width) {
            hashNodes();
        }
        return Hash.read(nodes, at(height, index));
    }

    /** The root of a full tile. */
    Hash root() {
        return node(TilePath.HEIGHT, 0);
    }

    /** Whether a file has these hashes and no others. */
    boolean has(byte[] file) {
        return Arrays.equals(toBytes(), file);
    }

    /**
     * Hashes the complete subtrees of the tile, the smallest first, each as the left sibling of what is in the right half of
     * {@code pair}, where the result goes. The very first one has no sibling. Returns whether there was none yet.
     */
    boolean foldInto(byte[] pair, boolean first, TreeHasher hasher) {
        hashNodes();
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
        byte[] file = new byte[width * Hash.LENGTH];
        for (int i = 0; i < width; i += 2) {
            System.arraycopy(nodes, at(0, i), file, i * Hash.LENGTH, Math.min(2, width - i) * Hash.LENGTH);
        }
        return file;
    }

    /** Empties the tile, for the next one at its level. */
    void clear() {
        width = 0;
        hashed = 0;
    }
}
