package io.vaultmesh.scheduler.cadence;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something is due: an {@link Interval}, or a {@link Multiple} of one of the two named cadences of its
 * namespace.
 *
 * <p>Written as a whole number followed by {@code s} (seconds), {@code m} (minutes, never months), {@code h} (hours of
 * 60 minutes), {@code d} (days of 24 hours), {@code *fast} or {@code *strong}, in upper or lower case: {@code 89s},
 * {@code 34*fast}. The number has ASCII digits only, without sign, blank, separator or leading zero. From one second to
 * 366 days, and so at most 31,622,400 times anything.
 *
 * <p>Guaranteed: {@code parse(cadence.toString())} equals the cadence, in every locale. Not guaranteed: that the text
 * is the one that was parsed; {@code 60S} prints as {@code 1m}, which is equal.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Cadence permits Interval, Multiple {

    /** The shortest cadence. */
    Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest cadence. */
    Duration LONGEST = Duration.ofDays(366);

    /**
     * Reads a cadence.
     *
     * @param text the text, in the grammar of the class documentation
     * @return the cadence
     * @throws IllegalArgumentException if the text doesn't follow the grammar or is out of range
     */
    static Cadence parse(String text) {
        // case-insensitive patterns fold ASCII letters only: neither the locale nor a long s changes what is read
        Matcher matcher = Pattern.compile("([1-9][0-9]*)(?:([smhd])|\\*(fast|strong))", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a cadence is a whole number from 1 followed by s, m, h, d, *fast or"
                    + " *strong, such as 89s or 34*fast; this is: " + quoted(text));
        }
        String digits = matcher.group(1);
        if (digits.length() > 9) {
            throw new IllegalArgumentException(
                    "a cadence is at most " + Interval.of(LONGEST) + ", this number is too large: " + quoted(text));
        }
        int number = Integer.parseInt(digits);
        String unit = matcher.group(2);
        return unit != null
                ? new Interval(Duration.ofSeconds(number).multipliedBy(Interval.seconds(unit.charAt(0))))
                : new Multiple(number, Base.parse(matcher.group(3)));
    }

    private static String quoted(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
    }
}
