package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 consecutive hashes of one level of tiles. Grows at its right; not thread-safe. */
final class Tile {

    private byte[] bytes;
    private int width;

    Tile() {
        this(new byte[0], 0);
    }

    private Tile(byte[] bytes, int width) {
        this.bytes = bytes;
        this.width = width;
    }

    /** The first {@code width} hashes of a file; {@code path} is for the error. */
    static Tile of(byte[] file, int width, String path) {
        if (file.length < width * Hash.LENGTH || file.length % Hash.LENGTH != 0) {
            throw new LogDamagedException(path + " has " + file.length + " bytes, expected " + width * Hash.LENGTH
                    + " for " + width + " hashes");
        }
        return new Tile(file, width);
    }

    int width() {
        return width;
    }

    boolean isFull() {
        return width == TilePath.WIDTH;
    }

    void add(Hash hash) {
        if ((width + 1) * Hash.LENGTH > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(TilePath.WIDTH, Math.max(8, width * 2)) * Hash.LENGTH);
        }
        hash.write(bytes, width++ * Hash.LENGTH);
    }

    Hash hash(int i) {
        return Hash.read(bytes, i * Hash.LENGTH);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, width * Hash.LENGTH);
    }

    /** The root of the complete subtree over the hashes from {@code start}, as many as a power of two. */
    Hash subtree(int start, int count) {
        List<Hash> level = new ArrayList<>(count);
        for (int i = start; i < start + count; i++) {
            level.add(hash(i));
        }
        while (level.size() > 1) {
            List<Hash> above = new ArrayList<>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(MerkleTree.nodeHash(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.get(0);
    }

    Hash root() {
        return subtree(0, width);
    }
}
