package io.vaultmesh.core.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.vaultmesh.core.json.JsonException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers as RFC 8785 §3.2.2.3 writes them: ECMAScript's {@code Number::toString} of the nearest double. */
final class EcmaScriptNumber {

    /** Up to here a decimal of fewer than two digits can be the shortest text of a double. */
    private static final double FEW_DIGITS = 1e-322;

    private static final int EXACT_DIGITS = 15;

    private EcmaScriptNumber() {}

    /** The canonical text of a literal that follows RFC 8259's grammar. */
    static String canonical(String literal, boolean integer, NumberPolicy policy, long offset) {
        boolean negative = literal.charAt(0) == '-';
        if (integer && literal.length() - (negative ? 1 : 0) <= EXACT_DIGITS) {
            return literal.equals("-0") ? "0" : literal;
        }
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            throw new JsonException(
                    Reason.NUMBER_OUT_OF_RANGE,
                    offset,
                    "the number " + abbreviated(literal) + " is beyond the largest double, 1.7976931348623157e308");
        }
        String text = text(value);
        if (integer && policy == NumberPolicy.EXACT_INTEGERS && !text.equals(literal) && !isExactly(value, literal)) {
            throw new JsonException(
                    Reason.NUMBER_PRECISION_LOSS,
                    offset,
                    "the integer " + literal + " would become " + text + ", since JSON numbers are doubles here;"
                            + " carry it as a string");
        }
        return text;
    }

    private static boolean isExactly(double value, String literal) {
        return new BigDecimal(literal).compareTo(new BigDecimal(value)) == 0;
    }

    private static String abbreviated(String literal) {
        return literal.length() <= 40 ? literal : literal.substring(0, 40) + "…";
    }

    /** The ECMAScript text of a finite double. */
    static String text(double value) {
        if (value == 0) {
            return "0"; // also for -0
        }
        StringBuilder out = new StringBuilder(25);
        double magnitude = Math.abs(value);
        if (value < 0) {
            out.append('-');
        }
        if (magnitude == Math.rint(magnitude) && magnitude < 1e15) {
            return out.append((long) magnitude).toString();
        }
        return write(shortest(magnitude), out);
    }

    /** A decimal: 0.{@code digits} × 10^{@code point}, the digits without leading or trailing zeros. */
    private record Decimal(String digits, int point) {}

    /**
     * The shortest decimal that reads back as the value; of several, the closest. Jackson's Schubfach gives it, but, as
     * Java defines it, never with fewer than two digits: 4.9E-324 is 5e-324 in ECMAScript.
     */
    private static Decimal shortest(double magnitude) {
        Decimal decimal = decimal(NumberOutput.toString(magnitude, true));
        if (magnitude > FEW_DIGITS || decimal.digits.length() != 2) {
            return decimal;
        }
        int first = decimal.digits.charAt(0) - '0';
        int second = decimal.digits.charAt(1) - '0';
        int nearest = second < 5 ? first : first + 1;
        String candidate = nearest + "e" + (decimal.point - 1);
        if (Double.parseDouble(candidate) != magnitude) {
            return decimal;
        }
        return nearest == 10
                ? new Decimal("1", decimal.point + 1)
                : new Decimal(Integer.toString(nearest), decimal.point);
    }

    private static Decimal decimal(String javaText) {
        int e = javaText.indexOf('E');
        String mantissa = e < 0 ? javaText : javaText.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(javaText.substring(e + 1));
        int dot = mantissa.indexOf('.');
        String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int start = 0;
        while (digits.charAt(start) == '0') {
            start++;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return new Decimal(digits.substring(start, end), dot - start + exponent);
    }

    /** ECMA-262, Number::toString, steps 5 to 10; its k is the count of digits, its n is the point. */
    private static String write(Decimal decimal, StringBuilder out) {
        String digits = decimal.digits;
        int k = digits.length();
        int n = decimal.point;
        if (k <= n && n <= 21) {
            return out.append(digits).append("0".repeat(n - k)).toString();
        }
        if (0 < n && n <= 21) {
            return out.append(digits, 0, n).append('.').append(digits, n, k).toString();
        }
        if (-6 < n && n <= 0) {
            return out.append("0.").append("0".repeat(-n)).append(digits).toString();
        }
        out.append(digits.charAt(0));
        if (k > 1) {
            out.append('.').append(digits, 1, k);
        }
        return out.append('e')
                .append(n - 1 < 0 ? '-' : '+')
                .append(Math.abs(n - 1))
                .toString();
    }

    /** A literal's characters. */
    static String literal(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
