package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.util.Arrays;

/**
 * Up to 256 entries as C2SP tlog-tiles keeps them: each a length of 16 bits, big-endian, and the bytes. Grows at its
 * right. Not thread-safe.
 */
final class Bundle {

    private static final int PREFIX = 2;

    private final int[] ends = new int[TilePath.WIDTH];
    private byte[] bytes = new byte[1024];
    private int count;

    int count() {
        return count;
    }

    /** Where the last entry starts in {@link #array()}, behind its length. */
    private int start(int i) {
        return (i == 0 ? 0 : ends[i - 1]) + PREFIX;
    }

    /** Copies an entry to the end. Returns where its bytes start in {@link #array()}. */
    @CanIgnoreReturnValue
    int add(byte[] from, int start, int length) {
        int at = count == 0 ? 0 : ends[count - 1];
        int end = at + PREFIX + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        bytes[at] = (byte) (length >>> 8);
        bytes[at + 1] = (byte) length;
        System.arraycopy(from, start, bytes, at + PREFIX, length);
        ends[count++] = end;
        return at + PREFIX;
    }

    /** What the entries lie in; {@link #add} may replace it. */
    byte[] array() {
        return bytes;
    }

    byte[] entry(int i) {
        return Arrays.copyOfRange(bytes, start(i), ends[i]);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, count == 0 ? 0 : ends[count - 1]);
    }

    /** Empties the bundle and gives its bytes. */
    byte[] takeBytes() {
        byte[] taken = toBytes();
        count = 0;
        if (bytes.length > 2 * taken.length) {
            bytes = new byte[taken.length]; // larger entries than now are over
        }
        return taken;
    }
}
