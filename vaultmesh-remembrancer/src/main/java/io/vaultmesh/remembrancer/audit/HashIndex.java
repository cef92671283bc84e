package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.hash.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes by their position, and positions by their hash: whole hashes, in some forty bytes each, so that a million fit
 * into what an audit may take. Not thread-safe.
 */
final class HashIndex {

    private static final int BITS = 13;
    private static final int PIECE = 1 << BITS;

    // secret, or else whoever writes records could choose them so that all of them meet in one slot
    private final long multiplier;
    private final List<byte[]> pieces = new ArrayList<>();
    private int[] slots = new int[1024]; // 1 + position, or 0
    private int size;
    private int used;

    HashIndex(long secret) {
        this.multiplier = secret | 1;
    }

    int size() {
        return size;
    }

    /** The position of a hash, or -1. */
    int find(Hash hash) {
        return slots[slotOf(hash.bytes())] - 1;
    }

    /** Adds a hash that {@link #find} doesn't find. */
    void add(Hash hash) {
        if (used > slots.length / 2) {
            grow();
        }
        byte[] bytes = hash.bytes();
        slots[slotOf(bytes)] = size + 1;
        used++;
        append(bytes);
    }

    /** Adds a hash that is found at its first position only. */
    void addAgain(Hash hash) {
        append(hash.bytes());
    }

    Hash get(int position) {
        return Hash.read(pieces.get(position >>> BITS), offset(position));
    }

    private static int offset(int position) {
        return (position & (PIECE - 1)) * Hash.LENGTH;
    }

    private void append(byte[] hash) {
        if (size >>> BITS == pieces.size()) {
            pieces.add(new byte[PIECE * Hash.LENGTH]);
        }
        System.arraycopy(hash, 0, pieces.get(size >>> BITS), offset(size), Hash.LENGTH);
        size++;
    }

    /** The slot that has the hash, or the empty one where it belongs. */
    private int slotOf(byte[] hash) {
        int slot = firstSlot(ByteBuffer.wrap(hash).getLong());
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, hash)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int firstSlot(long prefix) {
        return (int) ((prefix * multiplier) >>> Long.numberOfLeadingZeros(slots.length - 1L));
    }

    private boolean isAt(int position, byte[] hash) {
        int at = offset(position);
        return Arrays.equals(pieces.get(position >>> BITS), at, at + Hash.LENGTH, hash, 0, Hash.LENGTH);
    }

    private void grow() {
        int[] old = slots;
        slots = new int[2 * old.length];
        for (int entry : old) {
            if (entry != 0) {
                int position = entry - 1;
                // all that are in slots differ, so an empty one is all that is looked for
                int slot =
                        firstSlot(ByteBuffer.wrap(pieces.get(position >>> BITS)).getLong(offset(position)));
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }
}
