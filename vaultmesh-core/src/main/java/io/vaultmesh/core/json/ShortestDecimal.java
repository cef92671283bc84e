package io.vaultmesh.core.json;

/**
 * The shortest decimal that reads back as a double; of several, the closest to it; of two, the even one. That is what
 * ECMA-262 asks of {@code Number::toString}, its note 2 included.
 *
 * <p>The method is Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles", 2020. All decimals between the
 * midpoints to the neighbouring doubles read back. With k the largest integer such that 10<sup>k</sup> is at most the
 * distance of these midpoints, a multiple of 10<sup>k</sup> lies between them, and at most one of 10<sup>k+1</sup>,
 * which is the shorter one if it is there. The midpoints and the value are compared with multiples of 10<sup>k</sup> in
 * units of a quarter of it, cut off, with a last bit that says whether something was cut off.
 *
 * <p>Java's own text has two digits at least; ECMAScript's has not, so here the shorter decimal is tried for two digits
 * too: 2E-323 and not 2.0E-323.
 */
final class ShortestDecimal {

    private static final int MANTISSA_BITS = 52;
    private static final long HIDDEN_BIT = 1L << MANTISSA_BITS;
    private static final int MIN_EXPONENT = -1074;

    private ShortestDecimal() {}

    /** The decimal's digits, as a multiple of 10 to the power {@link #exponent}. May end in zeros. */
    static long digits(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        long c = mantissa(bits);
        int q = binaryExponent(bits);
        boolean closeBelow = isCloseBelow(c, q);
        int k = exponent(q, closeBelow);
        int shift = q + PowersOfTen.log2(-k) + 1;
        // the estimate that the proof wants is the cut-off one plus one, for exact powers too
        long low = PowersOfTen.low(-k) + 1;
        long high = PowersOfTen.high(-k) + (low == 0 ? 1 : 0);
        long value = quarters(high, low, c << (2 + shift));
        long below = quarters(high, low, ((c << 2) - (closeBelow ? 1 : 2)) << shift);
        long above = quarters(high, low, ((c << 2) + 2) << shift);
        // the midpoints themselves read back as the double whose mantissa is even
        long open = c & 1;
        long floor = value >> 2;
        if (floor >= 10) {
            long shorter = floor / 10 * 10;
            boolean lower = below + open <= shorter << 2;
            boolean upper = ((shorter + 10) << 2) + open <= above;
            if (lower != upper) {
                return lower ? shorter : shorter + 10;
            }
        }
        boolean lower = below + open <= floor << 2;
        boolean upper = ((floor + 1) << 2) + open <= above;
        if (lower != upper) {
            return lower ? floor : floor + 1;
        }
        long distance = value - ((floor << 2) + 2);
        return distance < 0 || (distance == 0 && (floor & 1) == 0) ? floor : floor + 1;
    }

    /** The power of ten that {@link #digits} counts. */
    static int exponent(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        int q = binaryExponent(bits);
        return exponent(q, isCloseBelow(mantissa(bits), q));
    }

    private static long mantissa(long bits) {
        long fraction = bits & (HIDDEN_BIT - 1);
        return bits >>> MANTISSA_BITS == 0 ? fraction : fraction | HIDDEN_BIT;
    }

    /** The value is {@link #mantissa} × 2 to this power. */
    private static int binaryExponent(long bits) {
        return MIN_EXPONENT - 1 + Math.max((int) (bits >>> MANTISSA_BITS), 1);
    }

    /** Whether the next smaller double is half as far away as the next larger one. */
    private static boolean isCloseBelow(long c, int q) {
        return c == HIDDEN_BIT && q > MIN_EXPONENT;
    }

    /** The floor of log10 of 2<sup>q</sup>, or of ¾ of it; right for every q of a double, by a test. */
    private static int exponent(int q, boolean closeBelow) {
        return (int) ((q * 661_971_961_083L - (closeBelow ? 274_743_187_321L : 0)) >> 41);
    }

    /** The upper 64 bits of a product of 192, its last bit set if anything below them is. */
    private static long quarters(long high, long low, long factor) {
        long middle = high * factor;
        long sum = middle + PowersOfTen.multiplyHigh(low, factor);
        long carry = Long.compareUnsigned(sum, middle) < 0 ? 1 : 0;
        long cutOff = Long.compareUnsigned(sum, 1) > 0 ? 1 : 0;
        return (PowersOfTen.multiplyHigh(high, factor) + carry) | cutOff;
    }
}
