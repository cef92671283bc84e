package io.vaultmesh.federation.merge;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * One hash over a set of ids: two peers hold the same set exactly if their roots are equal.
 *
 * <p>The root is that of a binary radix tree over the ids' bits, the highest bit of the first byte first:
 *
 * <pre>
 * R({})  = SHA-256("")
 * R({x}) = SHA-256(0x00 || x)
 * R(S)   = SHA-256(0x01 || R(those of S with 0) || R(those with 1))    at the first bit in which ids of S differ
 * </pre>
 *
 * <p>Guaranteed: the root depends on the set alone, not on the order in which ids came or on how often; two sets with
 * one root are a collision of SHA-256. Not guaranteed: anything about the records behind the ids (whether they exist,
 * who wrote them, in which order), and any privacy: whoever knows a set can compute its root. Unlike the root hash of a
 * log, this root has no consistency proof: it doesn't show that an older set is contained in a newer one.
 *
 * <p>Adding an id takes a number of steps that grows with the logarithm of the size when ids are hashes, and is never
 * more than 256, whatever ids an attacker chooses; the steps share all other nodes with the set before. Hashes are
 * computed when {@link #root()} is first asked for, and kept.
 *
 * <p>Immutable and thread-safe.
 */
public final class SetRoot {

    private static final Hash EMPTY_ROOT = Hashing.sha256(new byte[0]);
    private static final SetRoot EMPTY = new SetRoot(null, 0);

    private final @Nullable RadixNode top;
    private final int size;

    private SetRoot(@Nullable RadixNode top, int size) {
        this.top = top;
        this.size = size;
    }

    /**
     * The empty set.
     *
     * @return the set without ids
     */
    public static SetRoot empty() {
        return EMPTY;
    }

    /**
     * The set of the given ids.
     *
     * @param ids the ids, in any order; one that occurs twice counts once
     * @return the set
     */
    public static SetRoot of(Iterable<Hash> ids) {
        SetRoot set = EMPTY;
        for (Hash id : ids) {
            set = set.with(id);
        }
        return set;
    }

    /**
     * This set and one more id.
     *
     * @param id the id
     * @return the set that also holds the id; this very object if it is in it already
     */
    public SetRoot with(Hash id) {
        if (top == null) {
            return new SetRoot(new RadixNode.Leaf(id), 1);
        }
        byte[] bits = id.bytes();
        int bit = firstDifference(bits, top.nearest(bits).id().bytes());
        return bit < 0 ? this : new SetRoot(top.with(new RadixNode.Leaf(id), bits, bit), Math.addExact(size, 1));
    }

    /**
     * Whether an id is in the set.
     *
     * @param id the id
     * @return {@code true} if it is
     */
    public boolean contains(Hash id) {
        return top != null && top.nearest(id.bytes()).id().equals(id);
    }

    /**
     * How many ids the set holds.
     *
     * @return their number
     */
    public int size() {
        return size;
    }

    /**
     * The root of the set.
     *
     * @return the hash that the class documentation defines
     */
    public Hash root() {
        return top == null ? EMPTY_ROOT : top.hash();
    }

    /** The first bit in which two ids differ, or -1 if they are equal. */
    private static int firstDifference(byte[] a, byte[] b) {
        for (int i = 0; i < a.length; i++) {
            int difference = (a[i] ^ b[i]) & 0xff;
            if (difference != 0) {
                return 8 * i + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
            }
        }
        return -1;
    }

    /** Whether the other object is a set with the same root. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SetRoot set && size == set.size && root().equals(set.root());
    }

    @Override
    public int hashCode() {
        return root().hashCode();
    }

    /** The number of ids and the root. */
    @Override
    public String toString() {
        return size + " ids, root " + root();
    }
}
