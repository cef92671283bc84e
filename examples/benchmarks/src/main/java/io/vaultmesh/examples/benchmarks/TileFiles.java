package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.hash.Hash;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the tiles of a C2SP tlog-tiles log on the path from a leaf to the root, and nothing more. Not thread-safe.
 */
final class TileFiles {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 8;

    private final Path root;
    private final long size;
    private final byte[] tile = new byte[WIDTH * Hash.LENGTH];

    TileFiles(Path root, long size) {
        this.root = root;
        this.size = size;
    }

    /** How many levels of tiles there are. */
    int levels() {
        int levels = 0;
        for (long hashes = size; hashes > 0; hashes >>= HEIGHT) {
            levels++;
        }
        return levels;
    }

    /** Reads the tile of a level that has a leaf below it, into an array that the next call overwrites. */
    byte[] read(int level, long leaf) throws IOException {
        long number = leaf >> (HEIGHT * (level + 1));
        long hashes = size >> (HEIGHT * level);
        int width = (int) Math.min(WIDTH, hashes - number * WIDTH);
        if (width <= 0) {
            return new byte[0]; // the leaf is at the right edge, where this level has no hash yet
        }
        String path = "tile/" + level + "/" + encode(number) + (width < WIDTH ? ".p/" + width : "");
        try (FileInputStream in = new FileInputStream(new File(root.toString(), path))) {
            int read = in.readNBytes(tile, 0, width * Hash.LENGTH);
            if (read != width * Hash.LENGTH) {
                throw new IOException(path + " has " + read + " bytes, expected " + width + " hashes");
            }
        }
        return tile;
    }

    private static String encode(long number) {
        StringBuilder path = new StringBuilder(threeDigits(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + threeDigits(rest % 1000) + "/");
        }
        return path.toString();
    }

    private static String threeDigits(long group) {
        return Long.toString(1000 + group).substring(1);
    }
}
