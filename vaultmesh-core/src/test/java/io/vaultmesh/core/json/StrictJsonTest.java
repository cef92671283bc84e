package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonException.Reason;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    private static Reason refused(String json) {
        return assertThrows(JsonException.class, () -> StrictJson.parse(json).type())
                .reason();
    }

    @Test
    void readsEveryKindOfValue() {
        JsonObject object = StrictJson.parseObject(
                "{\"s\":\"\\u00e9\\n\",\"n\":-12,\"d\":1.5,\"t\":true,\"z\":null,\"a\":[\"x\"],\"o\":{}}"
                        .getBytes(UTF_8),
                "example");
        assertEquals("é\n", object.string("s"));
        assertEquals(-12, object.integer("n"));
        assertEquals(new JsonNumber(1.5), object.get("d").orElseThrow());
        assertTrue(object.bool("t"));
        assertEquals(JsonNull.NULL, object.get("z").orElseThrow());
        assertEquals(List.of("x"), object.array("a").strings());
        assertEquals(JsonObject.builder().build(), object.object("o"));
        assertTrue(object.get("missing").isEmpty());
        assertEquals(
                List.of("s", "n", "d", "t", "z", "a", "o"),
                List.copyOf(object.members().keySet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'b':2,'a':3} | DUPLICATE_KEY",
                "['\\ud800']         | LONE_SURROGATE",
                "['\\udc00\\ud800']  | LONE_SURROGATE",
                "1e400               | NUMBER_OUT_OF_RANGE",
                "9007199254740992    | NUMBER_PRECISION_LOSS",
                "-9007199254740992   | NUMBER_PRECISION_LOSS",
                "[1] 2               | SYNTAX",
            })
    void refusesWhatReadersDisagreeAbout(String json, Reason reason) {
        assertEquals(reason, refused(json.replace('\'', '"')));
    }

    @Test
    void readsTheLargestSafeInteger() {
        assertEquals(new JsonNumber(9007199254740991.0), StrictJson.parse("9007199254740991"));
    }

    @Test
    void refusesDepthBeyondSixtyFourAndOneHundredThousand() {
        assertEquals("array", StrictJson.parse("[".repeat(64) + "]".repeat(64)).type());
        assertEquals(Reason.NESTING_TOO_DEEP, refused("[".repeat(65) + "]".repeat(65)));
        assertEquals(Reason.NESTING_TOO_DEEP, refused("{\"a\":".repeat(100_000)));
    }

    @Test
    void namesTheCharacterThatWasFoundAndWhatWasExpected() {
        JsonException refused = assertThrows(
                JsonException.class, () -> StrictJson.parse("{\"a\";1}").type());
        assertEquals("found ';', expected ':', at byte 4", refused.getMessage());
        assertEquals(4, refused.offset());
    }

    @Nested
    class Members {

        private final JsonObject object = (JsonObject) StrictJson.parse("{\"a\":1.5,\"b\":[1,{}]}");

        @Test
        void thatAreMissingOrOfAnotherTypeAreNamed() {
            assertEquals("member x is missing, expected a string", message(() -> object.string("x")));
            assertEquals("member a is a JSON number, expected a string", message(() -> object.optionalString("a")));
            assertEquals("member a is 1.5, expected an integer", message(() -> object.integer("a")));
            assertEquals(
                    "element 0 is a JSON number, expected an object",
                    message(() -> object.array("b").objects()));
            assertEquals("member b is unknown, expected only a", message(() -> object.only("a")));
            assertEquals(object, object.only("a", "b"));
        }

        @Test
        void arePutOnlyOnceAndOnlyIfExact() {
            JsonObject.Builder builder = JsonObject.builder().put("a", 1);
            assertTrue(message(() -> builder.put("a", true)).startsWith("member a is already"));
            assertTrue(message(() -> builder.put("big", 1L << 53)).contains("2^53 - 1"));
            assertThrows(IllegalArgumentException.class, () -> new JsonNumber(Double.NaN));
        }

        @Test
        void ofATextThatIsNoObjectAreRefused() {
            assertEquals(
                    "manifest is a JSON array, expected an object",
                    message(() -> StrictJson.parseObject("[]".getBytes(UTF_8), "manifest")));
        }

        private String message(org.junit.jupiter.api.function.Executable executable) {
            return assertThrows(IllegalArgumentException.class, executable).getMessage();
        }
    }
}
