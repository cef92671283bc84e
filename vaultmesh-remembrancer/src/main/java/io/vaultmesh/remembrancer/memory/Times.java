package io.vaultmesh.remembrancer.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as records carry them: UTC, milliseconds, a year of four digits. */
final class Times {

    // three digits always, where Instant.toString leaves out zeros
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String PATTERN = "0000-00-00T00:00:00.000Z"; // any digit for a zero
    private static final int NANOS_OF_A_MILLISECOND = 1_000_000;
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    static String text(Instant time) {
        return MILLIS.format(time);
    }

    static Instant parse(String what, String text) {
        if (text.length() != PATTERN.length()) {
            throw new IllegalArgumentException(message(what, text));
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                throw new IllegalArgumentException(message(what, text));
            }
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            number(text, 20, 23) * NANOS_OF_A_MILLISECOND)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(message(what, text), e);
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static String message(String what, String text) {
        return what + " is " + Texts.shown(text) + ", expected as 2026-01-02T03:04:05.678Z";
    }

    static Instant requireMillis(String what, Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS)) || time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    what + " is " + time + ", expected milliseconds in a year of four digits");
        }
        return time;
    }
}
