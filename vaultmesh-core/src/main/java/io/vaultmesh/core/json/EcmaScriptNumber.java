package io.vaultmesh.core.json;

/** The text of a number as ECMA-262 and so RFC 8785 §3.2.2.3 have it, in ASCII. */
final class EcmaScriptNumber {

    /** No text is longer: {@code -1.7976931348623157e+308} has 24, {@code -0.0000012345678901234567} 25. */
    static final int MAX_LENGTH = 32;

    /** Below it every integer is a double, and its digits are the shortest text. */
    private static final double EXACT = 1L << 53;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private EcmaScriptNumber() {}

    /**
     * Writes a finite double.
     *
     * @return the offset behind its text
     */
    static int write(double value, byte[] out, int at) {
        if (value == 0) {
            out[at] = '0'; // also for -0
            return at + 1;
        }
        int start = at;
        if (value < 0) {
            out[start++] = '-';
        }
        double magnitude = Math.abs(value);
        if (magnitude < EXACT && magnitude == (long) magnitude) {
            return write((long) magnitude, 0, out, start);
        }
        return write(ShortestDecimal.digits(magnitude), ShortestDecimal.exponent(magnitude), out, start);
    }

    /**
     * Writes significand × 10 to the power exponent, the significand positive: ECMA-262, Number::toString, steps 5 to
     * 10, whose k is the count of digits and whose n is the place of the point.
     *
     * @return the offset behind its text
     */
    static int write(long significand, int exponent, byte[] out, int at) {
        long digits = significand;
        int zeros = 0;
        while (digits % 10 == 0) {
            if (digits % 100_000_000 == 0) {
                digits /= 100_000_000;
                zeros += 8;
            } else {
                digits /= 10;
                zeros++;
            }
        }
        int k = count(digits);
        int n = k + zeros + exponent;
        if (k <= n && n <= 21) {
            return zeros(n - k, out, digits(digits, k, out, at));
        }
        if (0 < n && n <= 21) {
            int end = digits(digits, k, out, at + 1);
            System.arraycopy(out, at + 1, out, at, n);
            out[at + n] = '.';
            return end;
        }
        if (-6 < n && n <= 0) {
            out[at] = '0';
            out[at + 1] = '.';
            return digits(digits, k, out, zeros(-n, out, at + 2));
        }
        int end = digits(digits, k, out, at + 1);
        out[at] = out[at + 1];
        if (k == 1) {
            end--;
        } else {
            out[at + 1] = '.';
        }
        return exponent(n - 1, out, end);
    }

    private static int exponent(int e, byte[] out, int at) {
        out[at] = 'e';
        out[at + 1] = (byte) (e < 0 ? '-' : '+');
        int magnitude = Math.abs(e);
        return digits(magnitude, count(magnitude), out, at + 2);
    }

    private static int zeros(int count, byte[] out, int at) {
        for (int i = at; i < at + count; i++) {
            out[i] = '0';
        }
        return at + count;
    }

    private static int count(long digits) {
        int estimate = ((Long.SIZE - Long.numberOfLeadingZeros(digits)) * 1233) >> 12;
        return digits < POWERS[estimate] ? estimate : estimate + 1;
    }

    private static int digits(long value, int count, byte[] out, int at) {
        long rest = value;
        int i = at + count;
        while (i > at + 1) {
            long hundreds = rest / 100;
            int pair = (int) (rest - hundreds * 100);
            out[--i] = (byte) ('0' + pair % 10);
            out[--i] = (byte) ('0' + pair / 10);
            rest = hundreds;
        }
        if (i > at) {
            out[at] = (byte) ('0' + rest);
        }
        return at + count;
    }
}
