package io.vaultmesh.remembrancer.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Our reading of times, beside that of java.time: a time is what it reads and would write in the same way. */
class TimesProperties {

    private static final DateTimeFormatter FORMATTER = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static Optional<Instant> byJava(String text) {
        try {
            Instant time = Instant.parse(text);
            return FORMATTER.format(time).equals(text) ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> byUs(String text) {
        try {
            return Optional.of(Times.parse("at", text));
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("at is "), e.getMessage());
            return Optional.empty();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTimeIsReadAsJavaReadsIt(@ForAll("times") String text) {
        assertEquals(byJava(text), byUs(text), text);
    }

    /** Digits near the edges of months, days and hours, and now and then something else in the place of one character. */
    @Provide
    Arbitrary<String> times() {
        Arbitrary<String> digits = Combinators.combine(
                        Arbitraries.of(0, 1, 4, 100, 1900, 2000, 2023, 2024, 2026, 9999),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32),
                        Arbitraries.integers().between(0, 25),
                        Arbitraries.integers().between(0, 61),
                        Arbitraries.integers().between(0, 61),
                        Arbitraries.integers().between(0, 999))
                .as((year, month, day, hour, minute, second, millis) -> String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                        year,
                        month,
                        day,
                        hour,
                        minute,
                        second,
                        millis));
        Arbitrary<String> damaged = Combinators.combine(
                        digits,
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.of("", "00", "t", "z", ":", "-", "+", " ", "\u0663", "9"))
                .as((text, at, other) -> text.substring(0, at) + other + text.substring(at + 1));
        return Arbitraries.oneOf(digits, digits, damaged);
    }

    @Example
    void onlyMillisecondsOfAYearOfFourDigitsAreATime() {
        for (String legal :
                new String[] {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-02T03:04:05.678Z"}) {
            assertEquals(Instant.parse(legal), Times.requireMillis("at", Instant.parse(legal)));
        }
        for (Instant other : new Instant[] {
            Instant.parse("0000-01-01T00:00:00Z").minusMillis(1),
            Instant.parse("9999-12-31T23:59:59.999Z").plusMillis(1),
            Instant.parse("2026-01-02T03:04:05.678000001Z"),
            Instant.MIN,
            Instant.MAX
        }) {
            assertThrows(IllegalArgumentException.class, () -> Times.requireMillis("at", other), other.toString());
        }
    }
}
