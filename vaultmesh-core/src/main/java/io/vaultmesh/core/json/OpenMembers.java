package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import java.util.Arrays;

/**
 * The members of the objects that are open, those of the innermost last: where they stand in the text that is written.
 * Finds out, when an object ends, whether they came in order. Not thread-safe.
 */
final class OpenMembers {

    // what is kept of a member: where it starts (the quote before its name) and where its name ends (the quote behind)
    // in the text that is written, where it stands in the text that is read, the last rearrangement before it
    private static final int START = 0;
    private static final int NAME_END = 1;
    private static final int OFFSET = 2;
    private static final int BEFORE = 3;
    private static final int FIELDS = 4;

    /** Up to so many members are put in order by insertion. */
    private static final int FEW = 24;

    private long[] keys = new long[16];
    private int[] fields = new int[16 * FIELDS];
    private int count;
    // for each open object: twice the number of its first member, plus 1 if its members are not in order
    private int[] objects = new int[8];
    private int depth;
    private int[] order = new int[0];

    void beginObject() {
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, depth * 2);
        }
        objects[depth++] = count << 1;
    }

    /**
     * The innermost object has another member.
     *
     * @param text what is written so far
     * @param key its name's {@link NameOrder#key}
     */
    void add(byte[] text, int start, int nameEnd, long key, long offset, int lastRearrangement) {
        int member = count;
        if (member == keys.length) {
            keys = Arrays.copyOf(keys, member * 2);
            fields = Arrays.copyOf(fields, member * 2 * FIELDS);
        }
        keys[member] = key;
        int at = member * FIELDS;
        fields[at + START] = start;
        fields[at + NAME_END] = nameEnd;
        fields[at + OFFSET] = (int) offset;
        fields[at + BEFORE] = lastRearrangement;
        count = member + 1;
        if (member > objects[depth - 1] >> 1 && !isBefore(text, member - 1, member)) {
            objects[depth - 1] |= 1;
        }
    }

    /**
     * Ends the innermost object, whose text so far ends at {@code end}, with a comma if it has members.
     *
     * @return whether its members are not in order
     */
    boolean endObject(byte[] text, int end, Rearrangements rearrangements) {
        int object = objects[--depth];
        int first = object >> 1;
        boolean unordered = (object & 1) != 0;
        if (unordered) {
            sort(text, first, count - first);
            rearrange(first, end, rearrangements);
        }
        count = first;
        return unordered;
    }

    private void rearrange(int first, int end, Rearrangements rearrangements) {
        int last = count - 1;
        int lastInside = rearrangements.last();
        rearrangements.object(fields[first * FIELDS + START], end, fields[first * FIELDS + BEFORE], count - first);
        for (int i = 0; i <= last - first; i++) {
            int at = order[i] * FIELDS;
            int next = at + FIELDS;
            int withoutComma = i == last - first ? 1 : 0;
            if (order[i] == last) {
                rearrangements.member(fields[at + START], end - withoutComma, lastInside);
            } else {
                rearrangements.member(fields[at + START], fields[next + START] - withoutComma, fields[next + BEFORE]);
            }
        }
    }

    /** Puts the members from {@code first} on in order, in {@link #order}. */
    private void sort(byte[] text, int first, int size) {
        if (order.length < size) {
            order = new int[Math.max(size, 16)];
        }
        for (int i = 0; i < size; i++) {
            order[i] = first + i;
        }
        if (size <= FEW) {
            insertionSort(text, size);
        } else {
            mergeSort(text, Arrays.copyOf(order, size), order, 0, size);
        }
    }

    private void insertionSort(byte[] text, int size) {
        for (int i = 1; i < size; i++) {
            int member = order[i];
            int j = i;
            for (; j > 0 && !comesFirst(text, order[j - 1], member); j--) {
                order[j] = order[j - 1];
            }
            order[j] = member;
        }
    }

    /** Sorts {@code [from, to)} of {@code source}, whose elements {@code target} has too, into {@code target}. */
    private void mergeSort(byte[] text, int[] source, int[] target, int from, int to) {
        if (to - from <= 1) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(text, target, source, from, middle);
        mergeSort(text, target, source, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = left < middle && (right == to || comesFirst(text, source[left], source[right]));
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    /** Whether {@code a} comes first of two members; if they have one name, it is refused. */
    private boolean comesFirst(byte[] text, int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b];
        }
        int order = compareNames(text, a * FIELDS, b * FIELDS);
        if (order == 0) {
            throw duplicate(text, Math.max(a, b) * FIELDS);
        }
        return order < 0;
    }

    private boolean isBefore(byte[] text, int a, int b) {
        return keys[a] < keys[b] || (keys[a] == keys[b] && compareNames(text, a * FIELDS, b * FIELDS) < 0);
    }

    private int compareNames(byte[] text, int a, int b) {
        return NameOrder.compare(
                text, fields[a + START] + 1, fields[a + NAME_END], fields[b + START] + 1, fields[b + NAME_END]);
    }

    private JsonException duplicate(byte[] text, int at) {
        String name = StringText.decode(text, fields[at + START] + 1, fields[at + NAME_END]);
        return new JsonException(
                Reason.DUPLICATE_KEY, fields[at + OFFSET], "the member name \"" + name + "\" comes twice");
    }
}
