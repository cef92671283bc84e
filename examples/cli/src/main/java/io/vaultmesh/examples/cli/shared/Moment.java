package io.vaultmesh.examples.cli.shared;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as it is typed: a day, for its beginning in UTC, or a time with its offset (RFC 3339 §5.6). */
public final class Moment implements ITypeConverter<Instant> {

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile(DAY + "[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

    @Override
    public Instant convert(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            }
            throw refused(text, "");
        } catch (DateTimeException e) {
            throw refused(text, ", which doesn't exist");
        }
    }

    private static TypeConversionException refused(String text, String reason) {
        return new TypeConversionException(
                "expected a day as 2026-11-27 or a time as 2026-11-27T08:00:00Z, but was '" + text + "'" + reason);
    }
}
