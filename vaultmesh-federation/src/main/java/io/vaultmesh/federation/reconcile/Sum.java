package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Sums of ids as little-endian numbers modulo 2^256: four words of an array each, the lowest first. */
final class Sum {

    /** How many words a sum has. */
    static final int WORDS = Hash.LENGTH / Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Sum() {}

    static void add(long[] target, int at, long[] other, int from) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long x = target[at + i];
            long y = other[from + i];
            long sum = x + y + carry;
            carry = ((x & y) | ((x | y) & ~sum)) >>> (Long.SIZE - 1);
            target[at + i] = sum;
        }
    }

    static void subtract(long[] target, int at, long[] other, int from) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            long x = target[at + i];
            long y = other[from + i];
            long difference = x - y - borrow;
            borrow = ((~x & y) | ((~x | y) & difference)) >>> (Long.SIZE - 1);
            target[at + i] = difference;
        }
    }

    static void addId(long[] target, int at, byte[] bytes, int offset) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long x = target[at + i];
            long y = (long) LONGS.get(bytes, offset + i * Long.BYTES);
            long sum = x + y + carry;
            carry = ((x & y) | ((x | y) & ~sum)) >>> (Long.SIZE - 1);
            target[at + i] = sum;
        }
    }

    /** Writes a sum as 32 bytes. */
    static void write(long[] sum, byte[] target) {
        for (int i = 0; i < WORDS; i++) {
            LONGS.set(target, i * Long.BYTES, sum[i]);
        }
    }
}
