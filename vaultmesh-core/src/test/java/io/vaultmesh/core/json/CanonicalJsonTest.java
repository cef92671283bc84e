package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.json.JsonException.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static JsonException refused(byte[] json) {
        return assertThrows(
                JsonException.class, () -> CanonicalJson.canonicalize(json).clone());
    }

    private static String numberText(double value) {
        return new String(CanonicalJson.encode(value), UTF_8);
    }

    private static JsonException refused(String json) {
        return refused(json.getBytes(UTF_8));
    }

    @Nested
    class PublishedVectors {

        @ParameterizedTest
        @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
        void ofTheReferenceImplementationAreMet(String name) {
            byte[] canonical = CanonicalJson.canonicalize(Vectors.bytes("jcs/input/" + name + ".json"));
            assertArrayEquals(Vectors.bytes("jcs/output/" + name + ".json"), canonical);
            String hex = Vectors.text("jcs/outhex/" + name + ".txt").replaceAll("\\s", "");
            assertEquals(hex, HexFormat.of().formatHex(canonical));
            assertTrue(CanonicalJson.isCanonical(canonical));
        }

        @ParameterizedTest
        @ValueSource(strings = {"rfc_example", "rfc_sorting"})
        void ofTheRfcAreMet(String name) {
            assertEquals(
                    Vectors.text("jcs/rfc-samples/" + name + ".expected.json"),
                    CanonicalJson.canonicalize(Vectors.text("jcs/rfc-samples/" + name + ".input.json")));
        }

        @Test
        void ofTenThousandNumbersAreMet() {
            int seen = 0;
            for (String line : Vectors.lines("jcs/es6-numbers-10k.txt")) {
                String[] parts = line.split(",");
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
                assertEquals(parts[1], numberText(value), line);
                // the same through the parser: with a text that is not yet canonical
                assertEquals(
                        "[" + parts[1] + "]",
                        CanonicalJson.canonicalize("[ " + new BigDecimal(value).toPlainString() + " ]"));
                seen++;
            }
            assertEquals(10_000, seen);
        }

        static List<Map<String, String>> edgeCases() {
            List<Map<String, String>> cases = new ArrayList<>();
            for (String line : Vectors.lines("jcs/edge-cases.jsonl")) {
                Map<String, String> members = new LinkedHashMap<>();
                ((JsonObject) StrictJson.parse(line))
                        .members()
                        .forEach((name, value) -> members.put(name, ((JsonString) value).value()));
                cases.add(members);
            }
            assertEquals(70, cases.size());
            return cases;
        }

        @ParameterizedTest
        @MethodSource("edgeCases")
        void ofEdgeCasesAreMet(Map<String, String> edge) {
            byte[] input = Base64.getDecoder().decode(edge.get("input"));
            if (edge.containsKey("canonical")) {
                assertArrayEquals(
                        Base64.getDecoder().decode(edge.get("canonical")),
                        CanonicalJson.canonicalize(input),
                        edge.get("name"));
            } else if (edge.containsKey("error")) {
                assertEquals(Reason.valueOf(edge.get("error")), refused(input).reason(), edge.get("name"));
            } else {
                assertEquals(
                        Reason.valueOf(edge.get("errorIfExactIntegers")),
                        refused(input).reason());
                JsonOptions ecmascript = JsonOptions.CANONICAL.withNumbers(NumberPolicy.ECMASCRIPT);
                assertArrayEquals(
                        Base64.getDecoder().decode(edge.get("canonicalIfEcmascriptNumbers")),
                        CanonicalJson.canonicalize(input, ecmascript));
            }
        }
    }

    @Nested
    class Numbers {

        @Test
        void nearTheSmallestDoubleHaveOneDigitWhereOneIsEnough() {
            assertEquals("5e-324", numberText(Double.MIN_VALUE));
            assertEquals("1e-323", numberText(2 * Double.MIN_VALUE));
            assertEquals("1.5e-323", numberText(3 * Double.MIN_VALUE));
            assertEquals("2e-323", numberText(4 * Double.MIN_VALUE));
            assertEquals("1e-322", numberText(20 * Double.MIN_VALUE));
        }

        @Test
        void beyondTheLargestDoubleAreRefusedWhereTheyStand() {
            JsonException refused = refused("{\"a\": 1e400}");
            assertEquals(Reason.NUMBER_OUT_OF_RANGE, refused.reason());
            assertEquals(6, refused.offset());
            assertTrue(refused.getMessage().contains("1e400"), refused.getMessage());
            assertEquals(Reason.NUMBER_OUT_OF_RANGE, refused("1e999999999").reason());
            assertEquals(
                    Reason.NUMBER_OUT_OF_RANGE, refused("9".repeat(1_000_000)).reason());
        }
    }

    @Nested
    class Objects {

        @Test
        void areSortedByUtf16CodeUnitsNotByCodePoints() {
            assertEquals(
                    "{\"\uD800\uDC00\":2,\"\uE000\":1,\"\uFFEE\":3}",
                    CanonicalJson.canonicalize("{\"\uE000\":1,\"\uD800\uDC00\":2,\"\uFFEE\":3}"));
        }

        @Test
        void areSortedByTheNamesAndNotByTheirEscapes() {
            // escaped, both begin with a backslash (5C); decoded, LF (0A) comes before the quote (22) and before '!'
            assertEquals(
                    "{\"\\n\":1,\"!\":4,\"\\\"\":2,\"a\":3}",
                    CanonicalJson.canonicalize("{\"a\":3,\"\\\"\":2,\"!\":4,\"\\n\":1}"));
        }

        @Test
        void insideOneAnotherKeepTheirMembersApart() {
            assertEquals(
                    "{\"a\":[{\"x\":{},\"y\":1}],\"b\":{\"c\":2,\"d\":{\"e\":3,\"f\":4}},\"z\":[]}",
                    CanonicalJson.canonicalize(
                            "{\"z\":[],\"b\":{\"d\":{\"f\":4,\"e\":3},\"c\":2},\"a\":[{\"y\":1,\"x\":{}}]}"));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3, 24, 25, 26, 1000})
        void withANameTwiceAmongManyAreRefusedAtTheSecond(int members) {
            StringBuilder json = new StringBuilder("{");
            for (int i = members - 1; i >= 0; i--) {
                json.append(String.format("\"name with much in common %05d\":0,", i));
            }
            String again = String.format("\"name with much in common %05d\":1", members / 2);
            JsonException refused = refused(json + again + "}");
            assertEquals(Reason.DUPLICATE_KEY, refused.reason());
            assertEquals(json.length(), refused.offset());
        }

        @Test
        void areSortedWhateverTheirNamesHaveInCommon() {
            // the first eight bytes alike, an escape at the ninth, ends inside them, and NUL against nothing
            List<String> ascending = List.of(
                    "",
                    "\0",
                    "\0\0",
                    "\n",
                    " ",
                    "a",
                    "a\0",
                    "aaaaaaa",
                    "aaaaaaa\0",
                    "aaaaaaaa",
                    "aaaaaaaa\0",
                    "aaaaaaaa\u0001",
                    "aaaaaaaa\n",
                    "aaaaaaaa\u001F",
                    "aaaaaaaa!",
                    "aaaaaaaa\"",
                    "aaaaaaaa#",
                    "aaaaaaaa[",
                    "aaaaaaaa\\",
                    "aaaaaaaa\\\\",
                    "aaaaaaaa]",
                    "aaaaaaaa\u007F",
                    "aaaaaaaaé",
                    "aaaaaaaa\uD7FF",
                    "aaaaaaaa\uD800\uDC00",
                    "aaaaaaaa\uDBFF\uDFFF",
                    "aaaaaaaa\uE000",
                    "aaaaaaaa\uFFFF",
                    "é",
                    "\uD7FF",
                    "\uD800\uDC00",
                    "\uDBFF\uDFFF",
                    "\uE000",
                    "\uFFFF");
            List<String> shuffled = new ArrayList<>(ascending);
            for (int round = 0; round < 100; round++) {
                Collections.shuffle(shuffled, new Random(round));
                int count = round % ascending.size() + 1;
                Map<String, Object> members = new LinkedHashMap<>();
                shuffled.subList(0, count).forEach(name -> members.put(name, 0));
                List<String> expected =
                        ascending.stream().filter(members::containsKey).toList();
                JsonObject sorted = (JsonObject) StrictJson.parse(CanonicalJson.encode(members));
                assertEquals(expected, List.copyOf(sorted.members().keySet()));
            }
        }

        @Test
        void withANameTwiceAreRefusedAtTheSecond() {
            JsonException refused = refused("{\"b\":1,\"a\":2,\"\\u0062\":3}");
            assertEquals(Reason.DUPLICATE_KEY, refused.reason());
            assertEquals(13, refused.offset());
            assertTrue(refused.getMessage().contains("\"b\""), refused.getMessage());
        }
    }

    @Nested
    class Limits {

        @Test
        void ofDepthCostNoStack() throws InterruptedException {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Runnable deep = () -> {
                assertEquals(
                        Reason.NESTING_TOO_DEEP, refused("[".repeat(100_000)).reason());
                String legal = "[".repeat(10_000) + "]".repeat(10_000);
                JsonOptions options = JsonOptions.CANONICAL.withMaxDepth(10_000);
                assertEquals(legal, new String(CanonicalJson.canonicalize(legal.getBytes(UTF_8), options), UTF_8));
                List<Object> itself = new ArrayList<>();
                itself.add(itself);
                JsonException cyclic = assertThrows(
                        JsonException.class, () -> CanonicalJson.encode(itself).clone());
                assertEquals(Reason.NESTING_TOO_DEEP, cyclic.reason());
                Object wrapped = 1;
                for (int i = 0; i < 200_000; i++) {
                    wrapped = Optional.of(wrapped);
                }
                assertEquals("1", new String(CanonicalJson.encode(wrapped), UTF_8));
            };
            Thread small = new Thread(null, deep, "small stack", 256 * 1024);
            small.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
            small.start();
            small.join();
            assertEquals(null, thrown.get());
        }

        @Test
        void ofSizeNameBothSizes() {
            JsonException refused = assertThrows(
                    JsonException.class,
                    () -> CanonicalJson.canonicalize("[1, 2]".getBytes(UTF_8), JsonOptions.STRICT.withMaxBytes(5))
                            .clone());
            assertEquals(Reason.INPUT_TOO_LARGE, refused.reason());
            assertTrue(refused.getMessage().contains("6 bytes"), refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> JsonOptions.STRICT.withMaxDepth(0));
            assertThrows(IllegalArgumentException.class, () -> JsonOptions.STRICT.withMaxBytes(100_000_001));
        }
    }

    @Nested
    class Encode {

        record Point(int x, Optional<String> label) {}

        enum Colour {
            RED
        }

        @Test
        void takesJavaValuesOfEveryKind() {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("text", "a\"\u0001é\uD83D\uDE00");
            value.put("numbers", List.of(1, 2L, (short) 3, (byte) 4, 1.5, 0.1f, BigInteger.TEN, new BigDecimal("1e2")));
            value.put("array", new Object[] {true, false, null});
            value.put("record", new Point(7, Optional.of("p")));
            value.put("empty", Optional.empty());
            value.put("enum", Colour.RED);
            value.put("json", StrictJson.parse("{\"b\":[null,true,1.5,\"s\"],\"a\":{}}"));
            assertEquals(
                    "{\"array\":[true,false,null],\"empty\":null,\"enum\":\"RED\","
                            + "\"json\":{\"a\":{},\"b\":[null,true,1.5,\"s\"]},"
                            + "\"numbers\":[1,2,3,4,1.5,0.10000000149011612,10,100],"
                            + "\"record\":{\"label\":\"p\",\"x\":7},\"text\":\"a\\\"\\u0001é\uD83D\uDE00\"}",
                    new String(CanonicalJson.encode(value), UTF_8));
        }

        @Test
        void ofAJacksonTreeEqualsTheCanonicalFormOfItsText() throws Exception {
            String text = Vectors.text("jcs/input/values.json");
            assertEquals(
                    Vectors.text("jcs/output/values.json"),
                    new String(CanonicalJson.encode(new ObjectMapper().readTree(text)), UTF_8));
        }

        @Test
        void refusesWhatJsonCannotSay() {
            assertEquals(Reason.UNSUPPORTED_TYPE, encodingRefused(new Object()).reason());
            assertEquals(Reason.UNSUPPORTED_TYPE, encodingRefused(Map.of(1, 2)).reason());
            assertEquals(Reason.NUMBER_OUT_OF_RANGE, encodingRefused(Double.NaN).reason());
            assertEquals(
                    Reason.NUMBER_PRECISION_LOSS,
                    encodingRefused(Long.MAX_VALUE).reason());
            assertEquals(Reason.LONE_SURROGATE, encodingRefused("x\uD800").reason());
            assertEquals(-1, encodingRefused("x\uD800").offset());
        }

        @Test
        void ofMoreThanACanonicalTextMayHaveIsRefusedAndOfAsMuchIsNot() {
            int most = JsonOptions.CANONICAL.maxBytes();
            byte[] largest = CanonicalJson.encode("x".repeat(most - 2));
            assertEquals(most, largest.length);
            assertTrue(CanonicalJson.isCanonical(largest));
            assertEquals(
                    Reason.INPUT_TOO_LARGE,
                    encodingRefused("x".repeat(most - 1)).reason());
            Iterable<String> endless =
                    () -> Stream.generate(() -> "x".repeat(1000)).iterator();
            assertEquals(Reason.INPUT_TOO_LARGE, encodingRefused(endless).reason());
        }

        @Test
        void ofIntegersFarBeyondDoublesIsRefusedBeforeTheirDigitsAreFound() {
            BigInteger large = BigInteger.ONE.shiftLeft(1 << 26);
            assertEquals(Reason.NUMBER_OUT_OF_RANGE, encodingRefused(large).reason());
            assertEquals(
                    Reason.NUMBER_OUT_OF_RANGE, encodingRefused(large.negate()).reason());
            BigInteger greatest = new BigDecimal(Double.MAX_VALUE).toBigInteger();
            assertEquals("1.7976931348623157e+308", new String(CanonicalJson.encode(greatest), UTF_8));
        }

        private JsonException encodingRefused(Object value) {
            return assertThrows(
                    JsonException.class, () -> CanonicalJson.encode(value).clone());
        }
    }

    @Test
    void aTextWithALoneSurrogateIsRefusedWhereItStandsInUtf8() {
        JsonException refused = assertThrows(
                JsonException.class,
                () -> CanonicalJson.canonicalize("[\"é\uDC00\"]").isEmpty());
        assertEquals(Reason.LONE_SURROGATE, refused.reason());
        assertEquals(4, refused.offset());
    }

    @Test
    void anythingButTheCanonicalBytesIsNotCanonical() {
        assertTrue(CanonicalJson.isCanonical("{\"a\":1}".getBytes(UTF_8)));
        assertFalse(CanonicalJson.isCanonical("{\"a\": 1}".getBytes(UTF_8)));
        assertFalse(CanonicalJson.isCanonical("{\"a\":1".getBytes(UTF_8)));
    }

    @Test
    void everyPrefixOfATextIsRefusedWithAnOffsetInside() {
        byte[] whole = Vectors.bytes("jcs/input/weird.json");
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            String trailing = new String(prefix, UTF_8).stripTrailing();
            if (trailing.endsWith("}") && length > whole.length - 3) {
                continue; // only white space is missing
            }
            JsonException refused = refused(prefix);
            assertTrue(refused.offset() >= 0 && refused.offset() <= length, refused.getMessage());
        }
    }
}
