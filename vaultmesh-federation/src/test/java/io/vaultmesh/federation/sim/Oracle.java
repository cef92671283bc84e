package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The set root, straight from its definition. */
final class Oracle {

    private Oracle() {}

    static Hash root(Collection<Hash> ids) {
        return ids.isEmpty()
                ? Hashing.sha256(new byte[0])
                : root(ids.stream().distinct().map(Hash::bytes).toList(), 0);
    }

    private static Hash root(List<byte[]> ids, int bit) {
        if (ids.size() == 1) {
            return Hashing.sha256(
                    ByteBuffer.allocate(33).put((byte) 0).put(ids.get(0)).array());
        }
        List<byte[]> zeros = new ArrayList<>();
        List<byte[]> ones = new ArrayList<>();
        for (byte[] id : ids) {
            ((id[bit / 8] & (0x80 >> (bit % 8))) == 0 ? zeros : ones).add(id);
        }
        if (zeros.isEmpty() || ones.isEmpty()) {
            return root(ids, bit + 1);
        }
        return Hashing.sha256(ByteBuffer.allocate(65)
                .put((byte) 1)
                .put(root(zeros, bit + 1).bytes())
                .put(root(ones, bit + 1).bytes())
                .array());
    }
}
