package io.vaultmesh.core.json;

import java.util.Arrays;

/**
 * Which objects of a text have to be written with their members in another order, and how. The text itself is copied
 * once, at the end: what is nested deeply isn't moved at each level. Not thread-safe.
 *
 * <p>In the text, each member of such an object has a comma behind it, the last one too.
 */
final class Rearrangements {

    private static final int NONE = -1;

    // what is kept of an object: where its members start and end, which object ended before it, how many members it has
    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int BEFORE = 2;
    private static final int COUNT = 3;
    private static final int HEAD = 4;

    // and for each member, in the new order: where it starts and ends, the last object inside it or NONE
    private static final int MEMBER_FROM = 0;
    private static final int MEMBER_TO = 1;
    private static final int MEMBER_LAST = 2;
    private static final int MEMBER = 3;

    private int[] kept = new int[0];
    private int length;
    private int objects;
    private int last = NONE;

    /** The object that ended last; negative if none has. */
    int last() {
        return last;
    }

    /**
     * An object has ended, whose members are told next, in their new order.
     *
     * @param from where its first member starts
     * @param to the end of its last member, comma included
     * @param before what {@link #last} was when it began
     */
    void object(int from, int to, int before, int members) {
        int needed = length + HEAD + members * MEMBER;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(needed, Math.max(64, kept.length * 2)));
        }
        last = length;
        objects++;
        kept[length + FROM] = from;
        kept[length + TO] = to;
        kept[length + BEFORE] = before;
        kept[length + COUNT] = members;
        length += HEAD;
    }

    /**
     * A member of the object that has ended.
     *
     * @param to its end, with its comma unless it is now the last
     * @param lastBefore what {@link #last} was when it ended
     */
    void member(int from, int to, int lastBefore) {
        kept[length + MEMBER_FROM] = from;
        kept[length + MEMBER_TO] = to;
        kept[length + MEMBER_LAST] = isBehind(from, lastBefore) ? lastBefore : NONE;
        length += MEMBER;
    }

    private boolean isBehind(int from, int object) {
        return object != NONE && kept[object + FROM] >= from;
    }

    /** The first {@code size} bytes of a text, rearranged. */
    byte[] apply(byte[] text, int size) {
        return last == NONE ? Arrays.copyOf(text, size) : new Copy(text, size).result(size);
    }

    /** Copies from the end to the start, since what is known of an object is the one that ended before it. */
    private final class Copy {

        private final byte[] text;
        private final byte[] result;
        private int free;
        // for each object around the span that is copied: itself, how many of its members are left, where its own span
        // starts
        private int[] around = new int[12];
        private int depth;

        private Copy(byte[] text, int size) {
            this.text = text;
            this.result = new byte[size - objects];
            this.free = result.length;
        }

        private byte[] result(int size) {
            int from = 0;
            int to = size;
            int object = last; // the last one before the end of the span
            while (true) {
                int left;
                if (isBehind(from, object)) {
                    copy(kept[object + TO], to);
                    left = kept[object + COUNT];
                } else {
                    copy(from, to);
                    if (depth == 0) {
                        return result;
                    }
                    from = around[--depth];
                    left = around[--depth];
                    object = around[--depth];
                }
                left = copyMembers(object, left);
                if (left == 0) {
                    to = kept[object + FROM];
                    object = kept[object + BEFORE];
                } else {
                    push(object, left - 1, from);
                    int member = object + HEAD + (left - 1) * MEMBER;
                    from = kept[member + MEMBER_FROM];
                    to = kept[member + MEMBER_TO];
                    object = kept[member + MEMBER_LAST];
                }
            }
        }

        /** Copies an object's members from the last one on, up to one that has an object inside; returns what is left. */
        private int copyMembers(int object, int members) {
            int left = members;
            for (; left > 0; left--) {
                int member = object + HEAD + (left - 1) * MEMBER;
                if (kept[member + MEMBER_LAST] != NONE) {
                    break;
                }
                copy(kept[member + MEMBER_FROM], kept[member + MEMBER_TO]);
            }
            return left;
        }

        private void push(int object, int left, int from) {
            if (depth + 3 > around.length) {
                around = Arrays.copyOf(around, around.length * 2);
            }
            around[depth++] = object;
            around[depth++] = left;
            around[depth++] = from;
        }

        private void copy(int from, int to) {
            free -= to - from;
            System.arraycopy(text, from, result, free, to - from);
        }
    }
}
