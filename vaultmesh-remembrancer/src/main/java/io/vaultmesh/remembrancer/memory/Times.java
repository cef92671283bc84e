package io.vaultmesh.remembrancer.memory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as records carry them: UTC, milliseconds, a year of four digits. */
final class Times {

    // three digits always, where Instant.toString leaves out zeros
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Instant time) {
        return MILLIS.format(time);
    }

    static Instant parse(String what, String text) {
        try {
            Instant time = Instant.parse(text);
            if (text(time).equals(text)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(message(what, text), e);
        }
        throw new IllegalArgumentException(message(what, text));
    }

    private static String message(String what, String text) {
        return what + " is " + Texts.shown(text) + ", expected as 2026-01-02T03:04:05.678Z";
    }

    static Instant requireMillis(String what, Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS))
                || !time.toString().matches("[0-9]{4}-.*")) {
            throw new IllegalArgumentException(
                    what + " is " + time + ", expected milliseconds in a year of four digits");
        }
        return time;
    }
}
