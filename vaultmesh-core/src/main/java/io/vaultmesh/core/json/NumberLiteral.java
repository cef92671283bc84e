package io.vaultmesh.core.json;

/**
 * A number literal of RFC 8259's grammar, taken apart. Where {@link #cut} is false, its magnitude is {@link
 * #significand} × 10 to the power {@link #exponent}. One object reads many literals. Not thread-safe.
 */
final class NumberLiteral {

    /** So many digits always fit into a {@code long}. */
    private static final int MAX_DIGITS = 18;

    /** Midpoints between doubles have at most 767 digits: so many and one that says whether more follow decide. */
    private static final int DECISIVE_DIGITS = 780;

    /** Beyond every exponent that matters, even behind as many zeros as an array holds, and far from overflow. */
    private static final long HUGE = 1_000_000_000_000L;

    // beyond, 0.ddd… × 10^point is nearer to 0 than to the least double, or beyond the largest
    private static final int MIN_POINT = -330;
    private static final int MAX_POINT = 310;

    private byte[] in = new byte[0];
    private int start;
    private int end;

    boolean negative;
    /** Its first digits, 18 at most, without leading zeros. */
    long significand;
    /** How many digits {@link #significand} has; 0 if the literal is zero. */
    int digits;
    /** The power of ten that {@link #significand} counts. */
    long exponent;
    /** Whether digits other than zeros were left out of {@link #significand}. */
    boolean cut;

    void read(byte[] bytes, int from, int to) {
        in = bytes;
        negative = bytes[from] == '-';
        start = negative ? from + 1 : from;
        end = to;
        long w = 0;
        int n = 0;
        long e = 0;
        boolean fraction = false;
        boolean nonzero = false;
        int i = start;
        for (; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                if (bytes[i] != '.') {
                    e += exponent(i + 1);
                    break;
                }
                fraction = true;
            } else if (n < MAX_DIGITS) {
                w = w * 10 + digit;
                n += w == 0 ? 0 : 1;
                e -= fraction ? 1 : 0;
            } else {
                nonzero |= digit != 0;
                e += fraction ? 0 : 1;
            }
        }
        significand = w;
        digits = n;
        exponent = e;
        cut = nonzero;
    }

    private long exponent(int from) {
        boolean below = in[from] == '-';
        long e = 0;
        for (int i = below || in[from] == '+' ? from + 1 : from; i < end; i++) {
            e = Math.min(e * 10 + in[i] - '0', HUGE);
        }
        return below ? -e : e;
    }

    /** The nearest double, of two the even one; infinite if it is too large. */
    double value() {
        double magnitude = magnitude();
        return negative ? -magnitude : magnitude;
    }

    private double magnitude() {
        long point = digits + exponent; // the magnitude is 0.ddd… × 10^point
        if (digits == 0 || point < MIN_POINT) {
            return 0;
        }
        if (point > MAX_POINT) {
            return Double.POSITIVE_INFINITY;
        }
        double nearest = NearestDouble.of(significand, (int) exponent);
        if (cut && nearest != NearestDouble.of(significand + 1, (int) exponent)) {
            nearest = NearestDouble.UNDECIDED; // what was left out decides
        }
        if (!Double.isNaN(nearest)) {
            return nearest;
        }
        return Double.parseDouble("0." + decisiveDigits() + "e" + point);
    }

    private String decisiveDigits() {
        StringBuilder kept = new StringBuilder();
        boolean more = false;
        for (int i = start; i < end && (in[i] | 0x20) != 'e'; i++) {
            if (in[i] != '.' && (in[i] != '0' || kept.length() > 0)) {
                if (kept.length() < DECISIVE_DIGITS) {
                    kept.append((char) in[i]);
                } else {
                    more |= in[i] != '0';
                }
            }
        }
        return kept.append(more ? "1" : "").toString();
    }
}
