package io.vaultmesh.federation.merge;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import org.jspecify.annotations.Nullable;

/** A node of the radix tree: immutable but for the hash that it remembers. */
abstract sealed class RadixNode {

    // racing threads compute the same immutable value, so no lock
    private @Nullable Hash hash;

    final Hash hash() {
        Hash known = hash;
        if (known == null) {
            known = Hashing.sha256(preimage());
            hash = known;
        }
        return known;
    }

    abstract byte[] preimage();

    /** The leaf that the bits lead to; if they are in the tree at all, it is theirs. */
    abstract Leaf nearest(byte[] bits);

    /** This tree with one more leaf, whose bits differ from those of the nearest leaf at {@code bit} first. */
    abstract RadixNode with(Leaf leaf, byte[] bits, int bit);

    final RadixNode join(Leaf leaf, byte[] bits, int bit) {
        return isSet(bits, bit) ? new Branch(bit, this, leaf) : new Branch(bit, leaf, this);
    }

    static boolean isSet(byte[] bits, int bit) {
        return (bits[bit >> 3] & (0x80 >> (bit & 7))) != 0;
    }

    static final class Leaf extends RadixNode {
        private final Hash id;

        Leaf(Hash id) {
            this.id = id;
        }

        Hash id() {
            return id;
        }

        @Override
        byte[] preimage() {
            byte[] bytes = new byte[1 + Hash.LENGTH];
            id.write(bytes, 1);
            return bytes;
        }

        @Override
        Leaf nearest(byte[] bits) {
            return this;
        }

        @Override
        RadixNode with(Leaf leaf, byte[] bits, int bit) {
            return join(leaf, bits, bit);
        }
    }

    static final class Branch extends RadixNode {
        private final int split;
        private final RadixNode zero;
        private final RadixNode one;

        Branch(int split, RadixNode zero, RadixNode one) {
            this.split = split;
            this.zero = zero;
            this.one = one;
        }

        @Override
        byte[] preimage() {
            byte[] bytes = new byte[1 + 2 * Hash.LENGTH];
            bytes[0] = 1;
            zero.hash().write(bytes, 1);
            one.hash().write(bytes, 1 + Hash.LENGTH);
            return bytes;
        }

        @Override
        Leaf nearest(byte[] bits) {
            return (isSet(bits, split) ? one : zero).nearest(bits);
        }

        @Override
        RadixNode with(Leaf leaf, byte[] bits, int bit) {
            if (bit < split) {
                return join(leaf, bits, bit);
            }
            return isSet(bits, split)
                    ? new Branch(split, zero, one.with(leaf, bits, bit))
                    : new Branch(split, zero.with(leaf, bits, bit), one);
        }
    }
}
