package io.vaultmesh.federation.reconcile;

import java.util.Arrays;

/**
 * Byte records of one length, which are appended and never removed. They lie in chunks, so that growing copies no
 * records, but for those of a small first chunk.
 */
final class Records {

    private static final int BITS = 12;
    private static final int CHUNK = 1 << BITS;
    private static final int FIRST = 16;

    private final int length;
    private byte[][] chunks;
    private int size;

    Records(int length) {
        this(length, new byte[][] {new byte[FIRST * length]}, 0);
    }

    private Records(int length, byte[][] chunks, int size) {
        this.length = length;
        this.chunks = chunks;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Adds a record of zeros and gives its index. */
    int append() {
        int index = size;
        int chunk = index >>> BITS;
        if (chunk == 0) {
            if (index * length == chunks[0].length) {
                // a new directory: frozen records keep the one that they have
                chunks = new byte[][] {Arrays.copyOf(chunks[0], 2 * chunks[0].length)};
            }
        } else if ((index & (CHUNK - 1)) == 0) {
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunk);
            }
            chunks[chunk] = new byte[CHUNK * length];
        }
        size = Math.addExact(size, 1);
        return index;
    }

    /** The array in which a record lies. */
    byte[] chunk(int index) {
        return chunks[index >>> BITS];
    }

    /** Where in its array a record begins. */
    int offset(int index) {
        return (index & (CHUNK - 1)) * length;
    }

    /** The records that there are now; what is appended later isn't seen. */
    Records frozen() {
        return new Records(length, chunks, size);
    }
}
