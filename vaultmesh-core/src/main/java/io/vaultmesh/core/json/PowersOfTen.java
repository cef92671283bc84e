package io.vaultmesh.core.json;

import java.math.BigInteger;

/**
 * The powers of ten that lead to and from doubles, to 128 bits: 10<sup>k</sup> is (high:low) × 2<sup>log2(k) -
 * 127</sup>, cut off, with the highest bit set. Computed once, since as constants they would be larger than this class.
 */
final class PowersOfTen {

    /** From here to {@link #MAX}; beyond, no digits of a normal double are found or read. */
    static final int MIN = -330;

    static final int MAX = 330;

    private static final int BITS = 128;
    private static final long[] HIGH = new long[MAX - MIN + 1];
    private static final long[] LOW = new long[MAX - MIN + 1];

    static {
        BigInteger power = BigInteger.ONE;
        for (int k = 0; k <= MAX; k++) {
            int length = power.bitLength();
            put(k, power.shiftLeft(BITS).shiftRight(length));
            if (k > 0) {
                put(-k, BigInteger.ONE.shiftLeft(length - 1 + BITS).divide(power));
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {}

    private static void put(int k, BigInteger mantissa) {
        HIGH[k - MIN] = mantissa.shiftRight(Long.SIZE).longValue();
        LOW[k - MIN] = mantissa.longValue();
    }

    static long high(int k) {
        return HIGH[k - MIN];
    }

    static long low(int k) {
        return LOW[k - MIN];
    }

    /** The largest e with 2<sup>e</sup> ≤ 10<sup>k</sup>; right for every k of this table, by a test. */
    static int log2(int k) {
        return (k * 1_741_647) >> 19;
    }

    /** The upper half of the product of two unsigned numbers. */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
