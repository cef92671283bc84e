package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Ids, each under an ordinal: the number of those that came before it. */
final class IdPool {

    private final Records ids;

    IdPool() {
        this(new Records(Hash.LENGTH));
    }

    private IdPool(Records ids) {
        this.ids = ids;
    }

    int size() {
        return ids.size();
    }

    /** Adds an id, which must not be there, and gives its ordinal. */
    int add(byte[] id) {
        int ordinal = ids.append();
        System.arraycopy(id, 0, ids.chunk(ordinal), ids.offset(ordinal), Hash.LENGTH);
        return ordinal;
    }

    Hash get(int ordinal) {
        return Hash.read(ids.chunk(ordinal), ids.offset(ordinal));
    }

    /** Writes an id into an array. */
    void write(int ordinal, byte[] target, int offset) {
        System.arraycopy(ids.chunk(ordinal), ids.offset(ordinal), target, offset, Hash.LENGTH);
    }

    /** Compares an id with one outside the pool, byte by byte and unsigned. */
    int compare(int ordinal, byte[] id) {
        int at = ids.offset(ordinal);
        return Arrays.compareUnsigned(ids.chunk(ordinal), at, at + Hash.LENGTH, id, 0, Hash.LENGTH);
    }

    /** The first byte in which an id differs from another one, or -1 if they are equal. */
    int firstDifference(int ordinal, byte[] id) {
        int at = ids.offset(ordinal);
        return Arrays.mismatch(ids.chunk(ordinal), at, at + Hash.LENGTH, id, 0, Hash.LENGTH);
    }

    int byteAt(int ordinal, int index) {
        return ids.chunk(ordinal)[ids.offset(ordinal) + index] & 0xff;
    }

    /** Adds an id to a sum. */
    void addTo(long[] sums, int at, int ordinal) {
        Sum.addId(sums, at, ids.chunk(ordinal), ids.offset(ordinal));
    }

    /** The ids of some ordinals, which are not copied out before they are asked for: 4 bytes each. */
    List<Hash> list(int... ordinals) {
        return new View(new IdPool(ids.frozen()), ordinals);
    }

    private static final class View extends AbstractList<Hash> implements RandomAccess {

        private final IdPool pool;
        private final int[] ordinals;

        View(IdPool pool, int[] ordinals) {
            this.pool = pool;
            this.ordinals = ordinals;
        }

        @Override
        public Hash get(int index) {
            return pool.get(ordinals[index]);
        }

        @Override
        public int size() {
            return ordinals.length;
        }
    }
}
