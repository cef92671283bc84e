package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;

/**
 * A place between items: before all that have a later time, or the same time and an id that isn't less.
 *
 * @param timestamp unsigned; -1 is infinity
 * @param id what is known of the id, and zeros
 * @param length how many bytes of the id are known
 */
record Bound(long timestamp, Hash id, int length) implements Comparable<Bound> {

    /** The time of {@link #INFINITY}. */
    static final long NEVER = -1;

    private static final Hash ZERO = Hash.of(new byte[Hash.LENGTH]);

    /** Before everything. */
    static final Bound FIRST = new Bound(0, ZERO, 0);

    /** Behind everything. */
    static final Bound INFINITY = new Bound(NEVER, ZERO, 0);

    /** The bound with a prefix of an id. */
    static Bound of(long timestamp, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return new Bound(timestamp, ZERO, 0);
        }
        byte[] id = new byte[Hash.LENGTH];
        System.arraycopy(bytes, offset, id, 0, length);
        return new Bound(timestamp, Hash.of(id), length);
    }

    /** The bound right before an item. */
    static Bound before(Item item) {
        return new Bound(item.timestamp(), item.id(), Hash.LENGTH);
    }

    /** The shortest bound between an item and the next one. */
    static Bound between(Item last, Item next) {
        if (last.timestamp() != next.timestamp()) {
            return new Bound(next.timestamp(), ZERO, 0);
        }
        byte[] id = next.id().bytes();
        byte[] before = last.id().bytes();
        int common = 0;
        while (id[common] == before[common]) {
            common++;
        }
        return of(next.timestamp(), id, 0, common + 1);
    }

    @Override
    public int compareTo(Bound other) {
        int order = Long.compareUnsigned(timestamp, other.timestamp);
        if (order != 0 || timestamp == NEVER) { // an id at infinity, as some peers write it, means nothing
            return order;
        }
        return id.compareTo(other.id);
    }
}
