package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The fingerprints of ranges while a set doesn't change. Ranges that follow each other are cheapest, since the sum of all
 * that stands before a range is kept.
 */
final class Fingerprints {

    /** Ranges up to this size are added up item by item: that is less than twice a way down the tree. */
    private static final int FEW = OrderNode.CAPACITY;

    private final OrderTree order;
    private final MessageDigest sha256 = Hashing.newSha256();
    private final long[] before = new long[Sum.WORDS];
    private final byte[] bytes = new byte[Hash.LENGTH];
    private int rank;

    Fingerprints(OrderTree order) {
        this.order = order;
    }

    Fingerprint of(int from, int to) {
        long[] sum = new long[Sum.WORDS];
        if (to - from <= FEW) {
            order.addEach(from, to, sum);
            if (rank == from) {
                Sum.add(before, 0, sum, 0);
                rank = to;
            }
        } else {
            moveTo(from);
            long[] start = before.clone();
            moveTo(to);
            Sum.add(sum, 0, before, 0);
            Sum.subtract(sum, 0, start, 0);
        }
        return hash(sum, to - from);
    }

    private void moveTo(int target) {
        if (rank != target) {
            Arrays.fill(before, 0);
            order.addFirst(target, before);
            rank = target;
        }
    }

    private Fingerprint hash(long[] sum, int count) {
        Sum.write(sum, bytes);
        sha256.update(bytes);
        MessageWriter number = new MessageWriter();
        number.varint(count);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(number.bytes()));
        return new Fingerprint(hash.getLong(), hash.getLong());
    }
}
