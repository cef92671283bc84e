package io.vaultmesh.federation.reconcile;

import io.vaultmesh.federation.reconcile.OrderNode.Inner;
import io.vaultmesh.federation.reconcile.OrderNode.Leaf;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Items in their order, as a B+-tree that knows how many items, and which sum of ids, lie below each node: a rank, an
 * item by its rank, and the sum of a range take a number of steps that grows with the logarithm of the size.
 */
final class OrderTree {

    private final IdPool pool;
    private OrderNode top;

    OrderTree(IdPool pool) {
        this.pool = pool;
        this.top = new Leaf(pool);
    }

    void insert(int timestamp, int ordinal, byte[] id) {
        OrderNode split = top.insert(timestamp, ordinal, id, true);
        if (split != null) {
            Inner inner = new Inner(pool);
            inner.putChild(0, top);
            inner.putChild(1, split);
            top = inner;
        }
    }

    /** How many items stand before a place. */
    int rank(long timestamp, byte[] id) {
        int rank = 0;
        OrderNode node = top;
        while (node instanceof Inner inner) {
            int index = inner.childOf(timestamp, id);
            for (int i = 0; i < index; i++) {
                rank += inner.counts[i];
            }
            node = inner.children[index];
        }
        return rank + node.before(timestamp, id);
    }

    Item get(int rank) {
        Place place = place(rank, null);
        return new Item(place.leaf.timestamps[place.index], pool.get(place.leaf.ordinals[place.index]));
    }

    /** Adds the ids of the first so many items to a sum. */
    void addFirst(int count, long[] sum) {
        Place place = place(count, sum);
        place.leaf.addTo(sum, 0, 0, place.index);
    }

    /** Adds the ids of a range of ranks to a sum, one by one. */
    void addEach(int from, int to, long[] sum) {
        forEach(from, to, ordinal -> pool.addTo(sum, 0, ordinal));
    }

    /** Gives the ordinals of a range of ranks in their order. */
    void forEach(int from, int to, IntConsumer ordinals) {
        Place place = place(from, null);
        @Nullable Leaf leaf = place.leaf;
        int index = place.index;
        int left = to - from;
        while (left > 0 && leaf != null) {
            for (; left > 0 && index < leaf.size; left--) {
                ordinals.accept(leaf.ordinals[index++]);
            }
            leaf = leaf.next;
            index = 0;
        }
    }

    /** The place of a rank. Adds what lies in the nodes before it to a sum, if one is given. */
    private Place place(int rank, long @Nullable [] sum) {
        int left = rank;
        OrderNode node = top;
        while (node instanceof Inner inner) {
            int index = 0;
            while (index < inner.size - 1 && left >= inner.counts[index]) {
                left -= inner.counts[index];
                if (sum != null) {
                    Sum.add(sum, 0, inner.sums, index * Sum.WORDS);
                }
                index++;
            }
            node = inner.children[index];
        }
        return new Place((Leaf) node, left);
    }

    /**
     * Where an item is.
     *
     * @param leaf in which leaf
     * @param index at which index
     */
    private record Place(Leaf leaf, int index) {}
}
