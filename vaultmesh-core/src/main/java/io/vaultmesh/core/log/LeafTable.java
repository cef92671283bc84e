package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest leaves of an index, in memory: whole hashes, so that a lookup and a duplicate need no disk. A hash that was
 * added before takes no place. Not thread-safe; once nothing is added any more, any number of threads may read.
 */
final class LeafTable implements IndexDirectory.Records {

    private static final int FIRST_CAPACITY = 256;

    private final long from;
    // secret, or else whoever writes entries could choose them so that all of them meet in one slot
    private final long multiplier;
    private long to;
    private int count;
    private byte[] hashes = new byte[FIRST_CAPACITY * Hash.LENGTH];
    private long[] indexes = new long[FIRST_CAPACITY];
    private int[] slots = new int[2 * FIRST_CAPACITY]; // 1 + where the hash is, or 0
    private @Nullable Hash last;

    LeafTable(long from, long secret) {
        this.from = from;
        this.to = from;
        this.multiplier = secret | 1;
    }

    @Override
    public long from() {
        return from;
    }

    /** The index after that of the newest leaf. */
    @Override
    public long to() {
        return to;
    }

    /** How many different hashes there are. */
    @Override
    public long count() {
        return count;
    }

    @Override
    public Hash lastHash() {
        return requireNonNull(last, "an empty table has no last leaf");
    }

    boolean isEmpty() {
        return to == from;
    }

    void add(Hash leafHash) {
        if (count == indexes.length) {
            grow();
        }
        byte[] hash = leafHash.bytes();
        int slot = slotOf(hash, 0);
        if (slots[slot] == 0) {
            System.arraycopy(hash, 0, hashes, count * Hash.LENGTH, Hash.LENGTH);
            indexes[count] = to;
            slots[slot] = ++count;
        }
        last = leafHash;
        to++;
    }

    /** The first index of a leaf, or -1. */
    long find(Hash leafHash) {
        int entry = slots[slotOf(leafHash.bytes(), 0)];
        return entry == 0 ? -1 : indexes[entry - 1];
    }

    /** The slot that has the hash, or the empty one where it belongs. */
    private int slotOf(byte[] bytes, int offset) {
        long prefix = ByteBuffer.wrap(bytes).getLong(offset);
        int slot = (int) ((prefix * multiplier) >>> Long.numberOfLeadingZeros(slots.length - 1L));
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, bytes, offset)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean isAt(int entry, byte[] bytes, int offset) {
        int at = entry * Hash.LENGTH;
        return Arrays.equals(hashes, at, at + Hash.LENGTH, bytes, offset, offset + Hash.LENGTH);
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        indexes = Arrays.copyOf(indexes, 2 * indexes.length);
        slots = new int[2 * slots.length];
        for (int entry = 0; entry < count; entry++) {
            slots[slotOf(hashes, entry * Hash.LENGTH)] = entry + 1;
        }
    }

    @Override
    public void writeTo(IndexRunWriter writer) throws IOException {
        ByteBuffer prefixes = ByteBuffer.wrap(hashes);
        for (int entry : sorted(prefixes)) {
            writer.add(prefixes.getLong(entry * Hash.LENGTH), indexes[entry]);
        }
    }

    /** The entries by prefix, then index: they lie in order of indexes, and a merge sort keeps that where it can. */
    private int[] sorted(ByteBuffer prefixes) {
        int[] sorted = new int[count];
        Arrays.setAll(sorted, entry -> entry);
        int[] next = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                int left = start;
                int middle = Math.min(start + width, count);
                int right = middle;
                int end = Math.min(middle + width, count);
                for (int at = start; at < end; at++) {
                    boolean takeLeft = left < middle
                            && (right == end
                                    || Long.compareUnsigned(
                                                    prefixes.getLong(sorted[left] * Hash.LENGTH),
                                                    prefixes.getLong(sorted[right] * Hash.LENGTH))
                                            <= 0);
                    next[at] = takeLeft ? sorted[left++] : sorted[right++];
                }
            }
            int[] swap = sorted;
            sorted = next;
            next = swap;
        }
        return sorted;
    }
}
