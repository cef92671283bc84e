package io.vaultmesh.federation.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What single values mean, each in one way only: no octal, no hexadecimal, no sign, no exponent. */
final class Scalars {

    private static final String WHOLE = "(?:0|[1-9][0-9]{0,14})";
    private static final Pattern SIZE = Pattern.compile("(" + WHOLE + ")(KiB|MiB|GiB)?");
    private static final Pattern DECIMAL = Pattern.compile(WHOLE + "(?:[.][0-9]{1,6})?");
    private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h)");

    private Scalars() {}

    static int count(String text) {
        if (!text.matches(WHOLE) || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected a whole number such as 200, up to " + Integer.MAX_VALUE);
        }
        return Integer.parseInt(text);
    }

    static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a number of bytes such as 60000, or 256KiB, 32MiB, 1GiB");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), bytes(matcher.group(2)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expected fewer bytes", e);
        }
    }

    private static long bytes(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    static int smallSize(String text) {
        long size = size(text);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected at most " + Integer.MAX_VALUE + " bytes");
        }
        return (int) size;
    }

    static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number such as 100 or 0.5");
        }
        return new BigDecimal(text).doubleValue();
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a time such as 200ms, 30s, 5m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** The constant of an enum, written in lower case and with hyphens. */
    static <E extends Enum<E>> E label(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> label(each).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Scalars::label)
                                        .toList())));
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format that this version reads. */
    static int format(String text) {
        if (!text.equals("1")) {
            throw new IllegalArgumentException("expected 1, which this version knows");
        }
        return 1;
    }
}
