package io.vaultmesh.federation.config;

import static io.vaultmesh.federation.config.ConfigFixture.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static Node parse(String yaml) {
        return YamlReader.parse("x.yaml", yaml.getBytes(UTF_8));
    }

    private static String refused(String yaml) {
        return refusal(() -> parse(yaml).at());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: \"a\" is there twice, first in line 1"),
                Arguments.of("a: {b: 1, \"b\": 2}\n", "x.yaml:1:11: \"b\" is there twice, first in line 1"),
                Arguments.of("a: &x 1\n", "x.yaml:1:4: there is an anchor, expected none"),
                Arguments.of("a: &x {b: 1}\n", "x.yaml:1:4: there is an anchor, expected none"),
                Arguments.of("a: &x [1]\n", "x.yaml:1:4: there is an anchor, expected none"),
                Arguments.of("&x a: 1\n", "x.yaml:1:1: there is an anchor, expected none"),
                Arguments.of("a: *x\n", "x.yaml:1:4: there is an alias, expected what it stands for"),
                Arguments.of("*x : 1\n", "x.yaml:1:1: there is an alias, expected what it stands for"),
                Arguments.of("a: !!int 1\n", "x.yaml:1:4: there is a tag, expected none"),
                Arguments.of("a: !x {b: 1}\n", "x.yaml:1:4: there is a tag, expected none"),
                Arguments.of("a: !!set [1]\n", "x.yaml:1:4: there is a tag, expected none"),
                Arguments.of("!!str a: 1\n", "x.yaml:1:1: there is a tag, expected none"),
                Arguments.of("a: ! 1\n", "x.yaml:1:4: there is a tag, expected none"),
                Arguments.of("a:\n  <<: {b: 1}\n", "x.yaml:2:3: there is a merge key, expected what it stands for"),
                Arguments.of("? [a]\n: b\n", "x.yaml:1:3: the key is a list, expected a text"),
                Arguments.of("%YAML 1.1\n---\na: 1\n", "x.yaml:1:1: there is a directive, expected none"),
                Arguments.of("%TAG !e! !x\n---\na: 1\n", "x.yaml:1:1: there is a directive, expected none"),
                Arguments.of("a: 1\n---\nb: 2\n", "x.yaml:2:1: another document begins, expected one"),
                Arguments.of("a: 1\n---\n", "x.yaml:2:1: another document begins, expected one"),
                Arguments.of("", "x.yaml:1:1: the file is empty, expected a mapping"),
                Arguments.of("# nothing\n", "x.yaml:1:1: the file is empty, expected a mapping"),
                Arguments.of("a: b: c\n", "x.yaml:1:5: mapping values are not allowed here"),
                Arguments.of("a: [1\n", "x.yaml:2:1: expected ',' or ']', but got <stream end>"),
                Arguments.of(
                        "a: 1\nb: \u0007\n", "x.yaml:2:4: there is the character U+0007, which YAML doesn't have"));
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @MethodSource("io.vaultmesh.federation.config.YamlReaderTest#bad")
        void whatSaysOneThingInTwoWays(String yaml, String message) {
            String refused = refused(yaml);
            assertTrue(refused.startsWith(message), refused);
        }

        @Test
        void aTabAsIndentation() {
            String refused = refused("a:\n\tb: 1\n");
            assertTrue(refused.startsWith("x.yaml:2:1: ") && refused.contains("TAB"), refused);
        }

        @Test
        void whatIsNotUtf8() {
            assertEquals(
                    "x.yaml:1:1: the file is not UTF-8",
                    refusal(() -> YamlReader.parse("x.yaml", "a: é".getBytes(ISO_8859_1))
                            .at()));
        }

        @Test
        void whatIsTooLong() {
            String most = "#".repeat(YamlReader.MOST_BYTES - 6) + "\na: 1\n";
            assertInstanceOf(Node.Members.class, parse(most));
            assertEquals("x.yaml:1:1: the file has more than 1048576 bytes", refused("#" + most));
        }

        @Test
        void whatIsTooDeep() {
            int lists = YamlReader.DEEPEST - 2;
            assertInstanceOf(Node.Members.class, parse("a: " + "[".repeat(lists) + "1" + "]".repeat(lists)));
            assertEquals(
                    "x.yaml:1:19: it lies deeper than 16 levels",
                    refused("a: " + "[".repeat(lists + 1) + "1" + "]".repeat(lists + 1)));
            assertTrue(refused("[".repeat(500_000)).contains("deeper than 16"));
            assertTrue(refused("{? ".repeat(100_000)).contains("deeper than 16"));
        }
    }

    @Nested
    class Texts {
        @ParameterizedTest
        @ValueSource(
                strings = {"no", "on", "yes", "~", "null", "010", "0x1F", "1:30", "1_000", "2026-11-24", ".inf", "1e3"})
        void areWhatTheFileHas(String text) {
            Node.Members root = assertInstanceOf(Node.Members.class, parse("a: " + text + "\nb: '" + text + "'\n"));
            assertEquals(
                    List.of(text, text),
                    root.values().values().stream()
                            .map(member -> assertInstanceOf(Node.Text.class, member.value())
                                    .value())
                            .toList());
        }

        @Test
        void mayStandBetweenTheMarksOfADocument() {
            Node.Members root = assertInstanceOf(Node.Members.class, parse("--- # here\na: 1\n...\n"));
            assertEquals(List.of("a"), List.copyOf(root.values().keySet()));
        }

        @Test
        void areCountedFromOne() {
            Node.Members root = assertInstanceOf(Node.Members.class, parse("a:\n  b: 😀\n"));
            Node.Members below =
                    assertInstanceOf(Node.Members.class, root.values().get("a").value());
            assertEquals(new Place("x.yaml", 2, 3), below.values().get("b").key());
            assertEquals(
                    new Place("x.yaml", 2, 6), below.values().get("b").value().at());
        }

        @Test
        void areShownWithoutControlsAndCut() {
            assertEquals("\"a�b\"", Place.shown("a\nb"));
            assertEquals("\"" + "😀".repeat(80) + "…\"", Place.shown("😀".repeat(81)));
        }
    }
}
