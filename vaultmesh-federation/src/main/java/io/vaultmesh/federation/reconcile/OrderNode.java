package io.vaultmesh.federation.reconcile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A node of the order tree: up to 32 items, or the first items of as many nodes below. */
abstract sealed class OrderNode {

    static final int CAPACITY = 32;

    final IdPool pool;
    final int[] timestamps = new int[CAPACITY];
    final int[] ordinals = new int[CAPACITY];
    int size;

    OrderNode(IdPool pool) {
        this.pool = pool;
    }

    /** How many of the items here stand before a place. */
    final int before(long timestamp, byte[] id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(timestamps[middle], timestamp);
            if (order == 0) {
                order = pool.compare(ordinals[middle], id);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    final void put(int index, int timestamp, int ordinal) {
        System.arraycopy(timestamps, index, timestamps, index + 1, size - index);
        System.arraycopy(ordinals, index, ordinals, index + 1, size - index);
        timestamps[index] = timestamp;
        ordinals[index] = ordinal;
        size++;
    }

    /** Moves what stands from an index on to a new node. */
    final void moveTo(OrderNode other, int from) {
        System.arraycopy(timestamps, from, other.timestamps, 0, size - from);
        System.arraycopy(ordinals, from, other.ordinals, 0, size - from);
        other.size = size - from;
        size = from;
    }

    /**
     * Where a full node is split to make room at an index: in the middle, but at the end of the whole tree behind
     * everything, so that what arrives in order fills its nodes.
     */
    static int splitAt(int index, boolean last) {
        return last && index == CAPACITY ? CAPACITY : CAPACITY / 2;
    }

    /**
     * Adds an item.
     *
     * @param last whether the node is the last one of its level
     * @return the node that now follows this one, if it had to be split
     */
    abstract @Nullable OrderNode insert(int timestamp, int ordinal, byte[] id, boolean last);

    abstract int count();

    abstract void addTo(long[] sums, int at);

    /** Items themselves. */
    static final class Leaf extends OrderNode {

        @Nullable
        Leaf next;

        Leaf(IdPool pool) {
            super(pool);
        }

        @Override
        @Nullable
        OrderNode insert(int timestamp, int ordinal, byte[] id, boolean last) {
            int index = before(timestamp, id);
            if (size < CAPACITY) {
                put(index, timestamp, ordinal);
                return null;
            }
            int half = splitAt(index, last);
            Leaf right = new Leaf(pool);
            moveTo(right, half);
            right.next = next;
            next = right;
            if (index < half) {
                put(index, timestamp, ordinal);
            } else {
                right.put(index - half, timestamp, ordinal);
            }
            return right;
        }

        @Override
        int count() {
            return size;
        }

        @Override
        void addTo(long[] sums, int at) {
            addTo(sums, at, 0, size);
        }

        void addTo(long[] sums, int at, int from, int to) {
            for (int i = from; i < to; i++) {
                pool.addTo(sums, at, ordinals[i]);
            }
        }
    }

    /** Nodes, with the number of items below each of them, and their sum. */
    static final class Inner extends OrderNode {

        final OrderNode[] children = new OrderNode[CAPACITY];
        final int[] counts = new int[CAPACITY];
        final long[] sums = new long[CAPACITY * Sum.WORDS];

        Inner(IdPool pool) {
            super(pool);
        }

        /** The child to which a place belongs. */
        int childOf(long timestamp, byte[] id) {
            return Math.max(0, before(timestamp, id) - 1);
        }

        void putChild(int index, OrderNode child) {
            System.arraycopy(children, index, children, index + 1, size - index);
            System.arraycopy(counts, index, counts, index + 1, size - index);
            int words = index * Sum.WORDS;
            System.arraycopy(sums, words, sums, words + Sum.WORDS, (size - index) * Sum.WORDS);
            children[index] = child;
            counts[index] = child.count();
            Arrays.fill(sums, words, words + Sum.WORDS, 0);
            child.addTo(sums, words);
            put(index, child.timestamps[0], child.ordinals[0]);
        }

        @Override
        @Nullable
        OrderNode insert(int timestamp, int ordinal, byte[] id, boolean last) {
            int index = childOf(timestamp, id);
            OrderNode child = children[index];
            OrderNode split = child.insert(timestamp, ordinal, id, last && index == size - 1);
            counts[index]++;
            pool.addTo(sums, index * Sum.WORDS, ordinal);
            timestamps[index] = child.timestamps[0];
            ordinals[index] = child.ordinals[0];
            if (split == null) {
                return null;
            }
            long[] moved = new long[Sum.WORDS];
            split.addTo(moved, 0);
            counts[index] -= split.count();
            Sum.subtract(sums, index * Sum.WORDS, moved, 0);
            return putOrSplit(index + 1, split, last);
        }

        private @Nullable OrderNode putOrSplit(int index, OrderNode child, boolean last) {
            if (size < CAPACITY) {
                putChild(index, child);
                return null;
            }
            int half = splitAt(index, last);
            Inner right = new Inner(pool);
            System.arraycopy(children, half, right.children, 0, size - half);
            System.arraycopy(counts, half, right.counts, 0, size - half);
            System.arraycopy(sums, half * Sum.WORDS, right.sums, 0, (size - half) * Sum.WORDS);
            Arrays.fill(children, half, size, null);
            moveTo(right, half);
            if (index < half) {
                putChild(index, child);
            } else {
                right.putChild(index - half, child);
            }
            return right;
        }

        @Override
        int count() {
            int count = 0;
            for (int i = 0; i < size; i++) {
                count += counts[i];
            }
            return count;
        }

        @Override
        void addTo(long[] target, int at) {
            for (int i = 0; i < size; i++) {
                Sum.add(target, at, sums, i * Sum.WORDS);
            }
        }
    }
}
