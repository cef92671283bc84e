package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.json.JsonException.Reason;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is large, deep or made to be slow ends with a result or a {@link JsonException}, soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTest {

    private static final int LARGE = 5_000_000;
    private static final JsonOptions WIDE =
            JsonOptions.CANONICAL.withMaxDepth(10_000).withMaxBytes(100_000_000);

    private static String canonical(String text) {
        return new String(CanonicalJson.canonicalize(text.getBytes(UTF_8), WIDE), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 9, '', NUMBER_OUT_OF_RANGE",
        "-1, 0, '', NUMBER_OUT_OF_RANGE",
        "1e, 9, '', NUMBER_OUT_OF_RANGE",
        "'', [, '', NESTING_TOO_DEEP",
        "[0, ',1e99999', ], NUMBER_OUT_OF_RANGE",
        "'{\"\":0', ',\"\":0', '}', DUPLICATE_KEY",
    })
    void ofMillionsOfBytesIsRefused(String start, String repeated, String end, Reason reason) {
        String text = start + repeated.repeat(LARGE / repeated.length()) + end;
        JsonException refused =
                assertThrows(JsonException.class, () -> canonical(text).isEmpty());
        assertEquals(reason, refused.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "0., 0, 1, 0",
        "0., 0, 1e5000001, 1",
        "0., 3, '', 0.3333333333333333",
        "1e, 0, 1, 10",
        "1e-, 9, '', 0",
        "' ', ' ', 7, 7",
    })
    void ofOneNumberOrOfBlanksBecomesThatNumber(String start, String repeated, String end, String expected) {
        assertEquals(expected, canonical(start + repeated.repeat(LARGE) + end));
    }

    @Test
    void ofTheGreatestSizeThatIsReadIsRead() {
        byte[] text = new byte[100_000_000];
        Arrays.fill(text, (byte) 'x');
        text[0] = '"';
        text[text.length - 1] = '"';
        assertArrayEquals(text, CanonicalJson.canonicalize(text, WIDE));
    }

    @Test
    void thatGrowsGetsTheRoomItNeeds() {
        assertEquals(
                "[" + "100000000000000000000,".repeat(100_000) + "1]", canonical("[" + "1e20,".repeat(100_000) + "1]"));
    }

    /** If every level moved what is inside it, this would take a hundred seconds. */
    @Test
    void withEachLevelOutOfOrderIsCopiedOnce() {
        int depth = 9_990;
        String inside = "\"" + "x".repeat(LARGE * 3) + "\"";
        assertEquals(
                "{\"a\":".repeat(depth) + inside + ",\"b\":0}".repeat(depth),
                canonical("{\"b\":0,\"a\":".repeat(depth) + inside + "}".repeat(depth)));
    }

    @Test
    void withManyMembersOutOfOrderIsSortedInOrder() {
        assertEquals(
                object(100_000, i -> String.format("%06x", i)),
                canonical(object(100_000, i -> String.format("%06x", i * 7_919 % 100_000))));
    }

    @Test
    void withNamesThatDifferAtTheirEndsOnlyIsSortedByThose() {
        String same = "\\n" + "y".repeat(20_000);
        assertEquals(
                object(200, i -> same + (char) ('一' + i)), canonical(object(200, i -> same + (char) ('一' + 199 - i))));
    }

    private static String object(int members, IntFunction<String> name) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"" + name.apply(i) + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
