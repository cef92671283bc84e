package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** The set root, straight from its definition. */
final class Oracle {

    private Oracle() {}

    static Hash root(Collection<Hash> ids) {
        return ids.isEmpty()
                ? Hashing.sha256(new byte[0])
                : root(ids.stream().distinct().toList(), 0);
    }

    private static Hash root(List<Hash> ids, int bit) {
        if (ids.size() == 1) {
            return Hashing.sha256(ByteBuffer.allocate(33)
                    .put((byte) 0)
                    .put(ids.get(0).bytes())
                    .array());
        }
        List<Hash> zeros = ids.stream().filter(id -> !isSet(id, bit)).toList();
        List<Hash> ones = ids.stream().filter(id -> isSet(id, bit)).toList();
        if (zeros.isEmpty() || ones.isEmpty()) {
            return root(ids, bit + 1);
        }
        return Hashing.sha256(ByteBuffer.allocate(65)
                .put((byte) 1)
                .put(root(zeros, bit + 1).bytes())
                .put(root(ones, bit + 1).bytes())
                .array());
    }

    private static boolean isSet(Hash id, int bit) {
        return (id.bytes()[bit / 8] & (0x80 >> (bit % 8))) != 0;
    }
}
