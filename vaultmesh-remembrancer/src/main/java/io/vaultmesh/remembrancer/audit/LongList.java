package io.vaultmesh.remembrancer.audit;

import java.util.ArrayList;
import java.util.List;

/** Numbers in the order in which they were added, in pieces, so that growing copies nothing. Not thread-safe. */
final class LongList {

    private static final int BITS = 14;
    private static final int PIECE = 1 << BITS;

    private final List<long[]> pieces = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if (size >>> BITS == pieces.size()) {
            pieces.add(new long[PIECE]);
        }
        pieces.get(size >>> BITS)[size & (PIECE - 1)] = value;
        size++;
    }

    long get(int position) {
        return pieces.get(position >>> BITS)[position & (PIECE - 1)];
    }
}
