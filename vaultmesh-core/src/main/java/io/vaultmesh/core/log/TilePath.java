package io.vaultmesh.core.log;

import io.vaultmesh.core.merkle.NodeId;

/** The paths of C2SP tlog-tiles. */
final class TilePath {

    /** Hashes in a full tile, and entries in a full bundle. */
    static final int WIDTH = 256;

    /** Levels of the tree that one level of tiles spans. */
    static final int HEIGHT = 8;

    /** What the path of every bundle begins with. */
    static final String ENTRIES = "tile/entries/";

    private TilePath() {}

    /** A tile: its level, its number, and how many hashes it has. */
    static String tile(int level, long number, int width) {
        return "tile/" + level + "/" + encode(number, width);
    }

    /** A bundle: its number, and how many entries it has. */
    static String entries(long number, int width) {
        return ENTRIES + encode(number, width);
    }

    private static String encode(long number, int width) {
        if (width < 1 || width > WIDTH) {
            throw new IllegalArgumentException("a tile's width is " + width + ", expected 1 to " + WIDTH);
        }
        StringBuilder path = new StringBuilder(threeDigits(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + threeDigits(rest % 1000) + "/");
        }
        return width == WIDTH ? path.toString() : path + ".p/" + width;
    }

    private static String threeDigits(long group) {
        return Long.toString(1000 + group).substring(1);
    }

    /** The directory that holds the partial forms of a full tile or bundle. */
    static String partials(String full) {
        return full + ".p";
    }

    /** How many hashes of a level belong to a tree of a size. */
    static long hashes(int level, long size) {
        return level * HEIGHT >= Long.SIZE ? 0 : size >>> (level * HEIGHT);
    }

    /** The level of the tile that a node lies in. */
    static int tileLevel(NodeId node) {
        return node.level() / HEIGHT;
    }

    /** The node's height above the hashes of its tile. */
    static int height(NodeId node) {
        return node.level() % HEIGHT;
    }

    /** The number of the node's tile at its level. */
    static long tileNumber(NodeId node) {
        return (node.index() << height(node)) / WIDTH;
    }

    /** Which of the tile's nodes of its height the node is. */
    static int indexInTile(NodeId node) {
        return (int) (node.index() % (WIDTH >> height(node)));
    }
}
