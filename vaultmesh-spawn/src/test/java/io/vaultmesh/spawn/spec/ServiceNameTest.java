package io.vaultmesh.spawn.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ledger", "ledger-2", "x1-y2-z3", "test-app", "main", "conf", "com10", "nulls"})
    void acceptsLowerCaseLettersDigitsAndSingleHyphens(String name) {
        assertEquals(name, ServiceName.of(name).toString());
    }

    @Test
    void acceptsSixtyThreeCharactersAndNoMore() {
        assertEquals("a".repeat(63), ServiceName.of("a".repeat(63)).value());
        assertProblem("a".repeat(64), "has 64 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~        | is empty",
                "../x      | contains \"..\"",
                "a..b      | contains \"..\"",
                "a/b       | contains the path separator /",
                "a\\b      | contains the path separator \\",
                "/etc      | contains the path separator /",
                "Ledger    | contains the upper-case letter L",
                "Bad_Name  | contains the upper-case letter B",
                "bad_name  | contains the character _",
                "café      | contains the non-ASCII character U+00E9",
                "ｌedger    | contains the non-ASCII character U+FF4C",
                "q\"x      | contains the quote \"",
                "q'x       | contains the quote '",
                "q`x       | contains the quote `",
                "a&b       | contains the character &",
                "a.b       | contains the character .",
                "~a b~     | contains a space",
                "-x        | starts with -",
                "1x        | starts with 1",
                "x-        | ends with a hyphen",
                "x--y      | contains two hyphens in a row",
            })
    void refusesAndSaysWhy(String name, String problem) {
        assertProblem(name, problem);
    }

    @Test
    void refusesControlCharactersWithoutPrintingThem() {
        SpecException e = assertThrows(SpecException.class, () -> ServiceName.of("a\u0000b\u202e"));

        assertTrue(e.getMessage().contains("the control character U+0000"), e.getMessage());
        assertTrue(e.getMessage().contains("\"a\\u0000b\\u202e\""), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "con, Windows has a device of that name",
        "nul, Windows has a device of that name",
        "com1, Windows has a device of that name",
        "lpt9, Windows has a device of that name",
        "class, it is a keyword",
        "import, it is a keyword",
        "null, it is a keyword",
        "src, a project has a directory of that name",
        "tests, a project has a directory of that name",
        "test, a project has a directory of that name",
        "json, it would hide a module of Python's standard library",
        "logging, it would hide a module of Python's standard library",
        "py-compile, it would hide a module of Python's standard library",
        "fastapi, it would hide a package that the service or its tools import",
        "pydantic-core, it would hide a package that the service or its tools import",
    })
    void refusesReservedNamesAndSaysWhatFor(String name, String reason) {
        assertProblem(name, "is reserved: " + reason);
    }

    @Test
    void saysWhatWasExpected() {
        SpecException e = assertThrows(SpecException.class, () -> ServiceName.of("Ledger"));

        assertEquals(
                "name \"Ledger\" contains the upper-case letter L; expected lower-case letters a-z, digits and single"
                        + " hyphens, first a letter, last not a hyphen, at most 63 characters",
                e.getMessage());
    }

    private static void assertProblem(String name, String expected) {
        SpecException e = assertThrows(SpecException.class, () -> ServiceName.of(name));
        assertEquals(1, e.problems().size());
        assertEquals("name", e.problems().get(0).field());
        assertEquals(name, e.problems().get(0).value());
        assertEquals(expected, e.problems().get(0).problem());
    }
}
