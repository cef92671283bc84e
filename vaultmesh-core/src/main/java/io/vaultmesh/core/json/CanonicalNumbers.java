package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Number literals in the form of RFC 8785, under a policy. Not thread-safe. */
final class CanonicalNumbers {

    /**
     * Two decimals of so many digits are never nearest to one double, unless they are close to the ends of the range.
     * So such a decimal, without zeros at its end, is the shortest text of its double.
     */
    private static final int OWN_DIGITS = 15;

    /** How far from 1 that holds: the power of ten of the smallest double with all its bits is -307. */
    private static final int OWN_RANGE = 300;

    /** The most zeros right behind the point for which ECMAScript takes no exponent. */
    private static final int MAX_ZEROS = 5;

    private final NumberPolicy policy;
    private final NumberLiteral literal = new NumberLiteral();

    CanonicalNumbers(NumberPolicy policy) {
        this.policy = policy;
    }

    /** How much room {@link #write} needs for a literal of this length. */
    static int room(int length) {
        return Math.max(length, EcmaScriptNumber.MAX_LENGTH);
    }

    /**
     * Writes the canonical text of a literal that follows RFC 8259's grammar.
     *
     * @param integer whether it has neither a point nor an exponent
     * @param offset where it stands, for errors
     * @return the offset behind its text
     */
    int write(byte[] in, int start, int end, boolean integer, long offset, byte[] out, int at) {
        int first = in[start] == '-' ? start + 1 : start;
        if (integer ? isPlainInteger(in, first, end) : isPlainFraction(in, first, end)) {
            int to = at;
            for (int i = start; i < end; i++) {
                out[to++] = in[i];
            }
            return to;
        }
        literal.read(in, start, end);
        int from = at;
        if (literal.negative) {
            out[from++] = '-';
        }
        if (literal.digits == 0) {
            return EcmaScriptNumber.write(0, out, at);
        }
        if (literal.digits <= OWN_DIGITS && Math.abs(literal.digits + literal.exponent) <= OWN_RANGE) {
            return EcmaScriptNumber.write(literal.significand, (int) literal.exponent, out, from);
        }
        double value = literal.value();
        if (Double.isInfinite(value)) {
            throw outOfRange(in, start, end, offset);
        }
        int to = EcmaScriptNumber.write(value, out, at);
        if (integer
                && policy == NumberPolicy.EXACT_INTEGERS
                && !Arrays.equals(out, at, to, in, start, end)
                && !isExactly(value, in, start, end)) {
            throw new JsonException(
                    Reason.NUMBER_PRECISION_LOSS,
                    offset,
                    "the integer " + ascii(in, start, end) + " would become " + ascii(out, at, to)
                            + ", since JSON numbers are doubles here; carry it as a string");
        }
        return to;
    }

    private static boolean isPlainInteger(byte[] in, int first, int end) {
        return end - first <= OWN_DIGITS && in[first] != '0';
    }

    /** Whether a literal that is no integer is its own canonical text; {@code false} where that takes longer to tell. */
    private static boolean isPlainFraction(byte[] in, int first, int end) {
        if (end - first > OWN_DIGITS + 1 || in[end - 1] == '0') {
            return false;
        }
        for (int i = first; i < end; i++) {
            if ((in[i] | 0x20) == 'e') {
                return false;
            }
        }
        int zeros = 0;
        if (in[first] == '0') {
            while (in[first + 2 + zeros] == '0') {
                zeros++;
            }
        }
        return zeros <= MAX_ZEROS;
    }

    private static boolean isExactly(double value, byte[] in, int start, int end) {
        return new BigDecimal(ascii(in, start, end)).compareTo(new BigDecimal(value)) == 0;
    }

    static JsonException outOfRange(byte[] in, int start, int end, long offset) {
        String literal = ascii(in, start, Math.min(end, start + 40));
        return new JsonException(
                Reason.NUMBER_OUT_OF_RANGE,
                offset,
                "the number " + literal + (end - start > 40 ? "…" : "")
                        + " is beyond the largest double, 1.7976931348623157e308");
    }

    static String ascii(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }
}
