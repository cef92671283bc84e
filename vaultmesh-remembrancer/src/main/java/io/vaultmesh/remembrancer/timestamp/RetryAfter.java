package io.vaultmesh.remembrancer.timestamp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After (RFC 9110 §10.2.3): seconds, or a date. */
final class RetryAfter {

    /** Who answers nonsense is not lost for ever. */
    static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    /** When to ask again, at most a day from now; empty if it is neither form. */
    static Optional<Instant> parse(String value, Instant now) {
        Instant most = now.plus(MOST);
        return instant(value.strip(), now).map(until -> until.isAfter(most) ? most : until);
    }

    private static Optional<Instant> instant(String value, Instant now) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(now.plusSeconds(Long.parseLong(value)));
        }
        if (value.matches("[0-9]+")) {
            return Optional.of(now.plus(MOST));
        }
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
