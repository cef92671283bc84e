package io.vaultmesh.examples.cli.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {

    /** The times are those of RFC 3339 §5.8. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27, 2026-11-27T00:00:00Z",
        "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.520Z",
        "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
        "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.870Z",
        "1985-04-12t23:20:50z, 1985-04-12T23:20:50Z",
        "1985-04-12 23:20:50Z, 1985-04-12T23:20:50Z",
        "1985-04-12T23:20:50-00:00, 1985-04-12T23:20:50Z"
    })
    void isADayOrATimeWithItsOffset(String text, Instant expected) {
        assertEquals(expected, new Moment().convert(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "27.11.2026",
                "2026-11",
                "2026-02-30",
                "2026-13-01",
                "2026-11-27T08:00:00",
                "2026-11-27T08:00Z",
                "2026-11-27T24:00:00Z",
                "2026-11-27T08:00:00+19:00",
                "2026-11-27T08:00:00 Z",
                "+12026-11-27",
                "1795766400"
            })
    void refusesAnythingElseAndSaysWhatItExpects(String text) {
        String message = assertThrows(TypeConversionException.class, () -> new Moment().convert(text))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "expected a day as 2026-11-27 or a time as 2026-11-27T08:00:00Z, but was '" + text + "'"),
                message);
    }
}
