package io.vaultmesh.scheduler.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class YamlReaderTest {

    private static Yaml parse(String yaml) {
        return YamlReader.parse("x.yaml", yaml.getBytes(UTF_8));
    }

    private static String refused(byte[] yaml) {
        return String.valueOf(assertThrows(
                        ConfigException.class,
                        () -> YamlReader.parse("x.yaml", yaml).at())
                .getMessage());
    }

    private static String refused(String yaml) {
        return refused(yaml.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1~b: 2~a: 3 | 3:1: a is there twice, first in line 1",
                "a: {b: 1, \"b\": 2} | 1:11: a.b is there twice, first in line 1",
                "a: &x 1 | 1:4: a has an anchor, expected none",
                "a: &x {b: 1} | 1:4: a has an anchor, expected none",
                "a: &x [1] | 1:4: a has an anchor, expected none",
                "&x a: 1 | 1:1: the file has an anchor, expected none",
                "a: *x | 1:4: a has an alias, expected what it stands for",
                "*x : 1 | 1:1: the file has an alias, expected what it stands for",
                "a: !!int 1 | 1:4: a has a tag, expected none",
                "a: !x {b: 1} | 1:4: a has a tag, expected none",
                "a: !!set [1] | 1:4: a has a tag, expected none",
                "!!str a: 1 | 1:1: the file has a tag, expected none",
                "a: ! 1 | 1:4: a has a tag, expected none",
                "a:~  <<: {b: 1} | 2:3: a.\"<<\" is a merge key, expected what it stands for",
                "? [a]~: b | 1:3: the file has a key that is a list, expected a text",
                "%YAML 1.1~---~a: 1 | 1:1: the file has a directive, expected none",
                "%TAG !e! !x~---~a: 1 | 1:1: the file has a directive, expected none",
                "a: 1~---~b: 2 | 2:1: the file has a second document, expected one",
                "# nothing | 1:1: the file is empty, expected a mapping",
                "a: b: c | 1:5: the file is no YAML: mapping values are not allowed here",
                "a: [1 | 2:1: the file is no YAML: expected ',' or ']', but got <stream end>",
            })
    void refusesWhatSaysOneThingInTwoWays(String yaml, String message) {
        assertEquals("x.yaml:" + message, refused(yaml.replace('~', '\n') + "\n"));
    }

    @Test
    void refusesWhatIsEmptyOrNoText() {
        assertEquals("x.yaml:1:1: the file is empty, expected a mapping", refused(""));
        assertEquals("x.yaml:1:1: the file is not UTF-8", refused("a: é".getBytes(ISO_8859_1)));
        String control = refused("a: \u0007\n");
        assertTrue(control.startsWith("x.yaml:1:1: the file is no YAML: "), control);
        String tab = refused("a:\n\tb: 1\n");
        assertTrue(tab.startsWith("x.yaml:2:1: the file is no YAML: ") && tab.contains("TAB"), tab);
    }

    @Test
    void refusesBombs() {
        String most = "#".repeat(YamlReader.MOST_BYTES - 6) + "\na: 1\n";
        assertInstanceOf(Yaml.Members.class, parse(most));
        assertEquals("x.yaml:1:1: the file has more than 1048576 bytes", refused("#" + most));
        int lists = YamlReader.DEEPEST - 2;
        assertInstanceOf(Yaml.Members.class, parse("a: " + "[".repeat(lists) + "1" + "]".repeat(lists)));
        assertEquals(
                "x.yaml:1:11: a.0.0.0.0.0.0.0 lies deeper than 8 levels",
                refused("a: " + "[".repeat(lists + 1) + "1" + "]".repeat(lists + 1)));
        assertTrue(refused("[".repeat(500_000)).contains("deeper than 8"));
        assertTrue(refused("{? ".repeat(100_000)).contains("deeper than 8"));
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertEquals("x.yaml:1:5: a0 has an anchor, expected none", refused(laughs.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "~", "null", "010", "0x1F", "1:30", "2026-11-24", ".inf", "1e3"})
    void takesNoTextForAnythingElse(String text) {
        assertEquals(text, parse("a: " + text).members().require("a", "").text().value());
    }

    @Test
    void showsNoControlsAndNoEndlessTexts() {
        assertEquals("\"a\uFFFDb\"", Place.shown("a\nb"));
        assertEquals("\"" + "😀".repeat(80) + "…\"", Place.shown("😀".repeat(81)));
        assertTrue(refused("\"" + "k".repeat(500_000) + "\": *x\n").length() < 300);
    }
}
