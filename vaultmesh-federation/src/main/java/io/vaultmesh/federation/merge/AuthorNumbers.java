package io.vaultmesh.federation.merge;

import io.vaultmesh.remembrancer.memory.Predicate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which record has a number of an author first: a hash table in arrays of numbers, since there is an item for each record
 * of a set. Not thread-safe.
 */
final class AuthorNumbers {

    private final Map<String, Integer> authors = new HashMap<>();
    private int[] authorOf = new int[64];
    private long[] seqOf = new long[64];
    private long[] indexOf = new long[64];
    private int size;
    private int[] slots = new int[128]; // 1 + item, or 0

    /** The leaf index of the record that has an author's number already; if none has, this one has it now. */
    OptionalLong claim(Predicate predicate, long leafIndex) {
        int author = authors.computeIfAbsent(predicate.author(), any -> authors.size());
        if (2 * size >= slots.length) {
            grow();
        }
        int slot = slotOf(author, predicate.seq());
        if (slots[slot] != 0) {
            return OptionalLong.of(indexOf[slots[slot] - 1]);
        }
        if (size == seqOf.length) {
            authorOf = Arrays.copyOf(authorOf, size + (size >> 1));
            seqOf = Arrays.copyOf(seqOf, size + (size >> 1));
            indexOf = Arrays.copyOf(indexOf, size + (size >> 1));
        }
        authorOf[size] = author;
        seqOf[size] = predicate.seq();
        indexOf[size] = leafIndex;
        slots[slot] = ++size;
        return OptionalLong.empty();
    }

    private int slotOf(int author, long seq) {
        long mixed = (seq + author * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        int mask = slots.length - 1;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0 && !(authorOf[slots[slot] - 1] == author && seqOf[slots[slot] - 1] == seq)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            slots[slotOf(authorOf[i], seqOf[i])] = i + 1;
        }
    }
}
