package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A set of records that only grows: of each its id and its time. Two peers find out by {@link Negentropy} what their sets
 * differ in, and know by {@link #root()} that they are equal.
 *
 * <p>The root is that of a binary radix tree over the ids' bits, the highest bit of the first byte first:
 *
 * <pre>
 * R({})  = SHA-256("")
 * R({x}) = SHA-256(0x00 || x)
 * R(S)   = SHA-256(0x01 || R(those of S with 0) || R(those with 1))    at the first bit in which ids of S differ
 * </pre>
 *
 * <p>Guaranteed: the root depends on the set of ids alone, not on the order in which they came or on how often; two sets
 * of ids with one root are a collision of SHA-256. Adding, and each range that a peer asks about, take a number of steps
 * that grows with the logarithm of the size, whatever ids and times an attacker chooses: the radix tree is never deeper
 * than 256. A record takes about 90 bytes of the heap, all together, and at most 160. Computing the root hashes only what
 * has changed since it was computed last.
 *
 * <p>Not guaranteed: anything about the records behind the ids (whether they exist, who wrote them, in which order), and
 * any privacy: whoever knows a set can compute its root. The root doesn't bind the times. Unlike the root hash of a log,
 * it has no consistency proof: it doesn't show that an older set is contained in a newer one. An id must have the same
 * time everywhere, as a pure function of the record: peers that disagree about it ask for the record in vain.
 *
 * <p>Not thread-safe: one thread at a time, whether it reads or adds. A set may grow between two messages of an exchange.
 */
public final class ItemSet {

    /** The latest time, in seconds: what a peer in JavaScript can still write down. */
    public static final long LAST_TIMESTAMP = (1L << 31) - 3;

    private final IdPool pool = new IdPool();
    private final RadixTree radix = new RadixTree(pool);
    private final OrderTree order = new OrderTree(pool);

    /** Creates an empty set. */
    public ItemSet() {}

    /**
     * Adds a record. An id that is there already keeps the time that it has.
     *
     * @param timestamp its time in seconds since 1970; what is less than 0 counts as 0, what is more than {@link
     *     #LAST_TIMESTAMP} as that
     * @param id its id
     * @return whether the set has grown: {@code false} if the id was there
     * @throws ArithmeticException if there are 2^31 - 1 ids already
     */
    @CanIgnoreReturnValue
    public boolean add(long timestamp, Hash id) {
        byte[] bytes = id.bytes();
        int ordinal = radix.add(bytes);
        if (ordinal == RadixTree.PRESENT) {
            return false;
        }
        order.insert((int) Math.max(0, Math.min(timestamp, LAST_TIMESTAMP)), ordinal, bytes);
        return true;
    }

    /**
     * Whether an id is in the set.
     *
     * @param id the id
     * @return {@code true} if it is
     */
    public boolean contains(Hash id) {
        return radix.contains(id.bytes());
    }

    /**
     * How many ids the set holds.
     *
     * @return their number
     */
    public int size() {
        return pool.size();
    }

    /**
     * The root of the set.
     *
     * @return the hash that the class documentation defines
     */
    public Hash root() {
        return radix.root();
    }

    /** How many items stand before a bound. */
    int rank(Bound bound) {
        return order.rank(bound.timestamp(), bound.id().bytes());
    }

    Item get(int rank) {
        return order.get(rank);
    }

    /** Gives the ordinals of a range of ranks in their order. */
    void forEach(int from, int to, IntConsumer ordinals) {
        order.forEach(from, to, ordinals);
    }

    Fingerprints fingerprints() {
        return new Fingerprints(order);
    }

    IdPool pool() {
        return pool;
    }

    List<Hash> ids(int... ordinals) {
        return pool.list(ordinals);
    }

    /** The number of ids and the root. */
    @Override
    public String toString() {
        return size() + " ids, root " + root();
    }
}
