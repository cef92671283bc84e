package io.vaultmesh.core.json;

/**
 * The double nearest to a decimal of few digits, without the search that {@link Double#parseDouble} makes.
 *
 * <p>Two ways, both exact where they answer: a product or quotient of two numbers that doubles hold exactly (William
 * D. Clinger, "How to read floating point numbers accurately", 1990); and a product with 128 bits of the power of ten,
 * whose error is known, so that it decides unless a midpoint between two doubles lies within that error (Michael Eisel's
 * and Daniel Lemire's idea: Lemire, "Number parsing at a gigabyte per second", 2021).
 */
final class NearestDouble {

    /** What {@link #of} returns where it can't tell. */
    static final double UNDECIDED = Double.NaN;

    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT_INTEGERS = 1L << 53;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    private NearestDouble() {}

    /**
     * The double nearest to significand × 10 to the power exponent.
     *
     * @param significand not 0, unsigned
     * @return the double; {@link #UNDECIDED} for subnormal ones, for what is too large, and close to midpoints
     */
    static double of(long significand, int exponent) {
        if (significand > 0 && significand <= EXACT_INTEGERS && Math.abs(exponent) < EXACT.length) {
            return exponent < 0 ? significand / EXACT[-exponent] : significand * EXACT[exponent];
        }
        if (exponent < PowersOfTen.MIN || exponent > PowersOfTen.MAX) {
            return UNDECIDED;
        }
        int zeros = Long.numberOfLeadingZeros(significand);
        long factor = significand << zeros;
        long power = PowersOfTen.high(exponent);
        // high:low is the product's upper 128 bits of 192; the true value is at most 2 more, in units of low's last bit
        long middle = power * factor;
        long low = middle + PowersOfTen.multiplyHigh(PowersOfTen.low(exponent), factor);
        long high = PowersOfTen.multiplyHigh(power, factor) + (Long.compareUnsigned(low, middle) < 0 ? 1 : 0);
        int top = (int) (high >>> 63);
        int below = 10 + top; // how many bits of high stand below the mantissa
        long rest = high & ((1L << below) - 1);
        long half = 1L << (below - 1);
        boolean up = rest >= half;
        if ((rest == half && low == 0) || (rest == half - 1 && low < 0 && low >= -2)) {
            return UNDECIDED;
        }
        long mantissa = (high >>> below) + (up ? 1 : 0);
        int binary = PowersOfTen.log2(exponent) - zeros + top + 63;
        if (mantissa == EXACT_INTEGERS) {
            mantissa >>= 1;
            binary++;
        }
        if (binary <= -BIAS || binary > BIAS) {
            return UNDECIDED;
        }
        return Double.longBitsToDouble(
                ((long) (binary + BIAS) << MANTISSA_BITS) | (mantissa & ((1L << MANTISSA_BITS) - 1)));
    }
}
