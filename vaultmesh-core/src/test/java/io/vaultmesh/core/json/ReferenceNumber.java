package io.vaultmesh.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.stream.Stream;

/** ECMA-262's Number::toString to the letter, by exact arithmetic and trial. */
final class ReferenceNumber {

    private static final BigDecimal BEYOND = new BigDecimal(Double.MAX_VALUE)
            .add(new BigDecimal(Math.ulp(Double.MAX_VALUE)).divide(BigDecimal.valueOf(2)));

    private ReferenceNumber() {}

    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        return value < 0 ? "-" + text(-value) : positive(value);
    }

    private static String positive(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int k = 1; ; k++) {
            BigDecimal below = exact.round(new MathContext(k, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(k, RoundingMode.UP));
            var closest = Stream.of(below, above)
                    .filter(candidate -> candidate.compareTo(BEYOND) < 0 && candidate.doubleValue() == value)
                    .min(Comparator.comparing((BigDecimal candidate) ->
                                    candidate.subtract(exact).abs())
                            .thenComparing(
                                    candidate -> candidate.unscaledValue().testBit(0)));
            if (closest.isPresent()) {
                return write(closest.get().stripTrailingZeros());
            }
        }
    }

    private static String write(BigDecimal decimal) {
        String digits = decimal.unscaledValue().toString();
        int k = digits.length();
        int n = k - decimal.scale();
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String exponent = "e" + (n > 0 ? "+" : "-") + Math.abs(n - 1);
        return k == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }
}
