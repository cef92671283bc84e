package io.vaultmesh.federation.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedPatternTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^v?[0-9]+\\.[0-9]+$ v1.20 true",
                "^v?[0-9]+\\.[0-9]+$ 1.2.3 false",
                "^[0-9a-f]{64}$ 12 false",
                "^[0-9a-f]{2}$ 0f true",
                "^[0-9a-f]{2}$ 0f0 false",
                "^[0-9]{2}[0-9]* 1 false",
                "^[0-9]{2}[0-9]* 123 true",
                "^a{2,3}b aaab true",
                "^a{2,3}b aaaab false",
                "^a{2,}$ aaaa true",
                "^a{0}b$ b true",
                "^[^/]+/ a😀/b true",
                "^[^/]+/ /b false",
                "^[a\\-z]$ - true",
                "^[a\\-z]$ b false",
                "^😀 x error",
                "^ anything true"
            })
    void matchesAsARegularExpressionDoes(String pattern, String text, String expected) {
        if (expected.equals("error")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> BoundedPattern.parse(pattern).matches(text));
        } else {
            assertEquals(
                    Boolean.parseBoolean(expected),
                    BoundedPattern.parse(pattern).matches(text));
        }
    }

    @Test
    void doesNotStopBeforeALineFeed() {
        assertEquals(false, BoundedPattern.parse("^a$").matches("a\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a ^",
                "^(a) allowed",
                "^a|b allowed",
                "^. allowed",
                "^\\d allowed",
                "^\\1 allowed",
                "^a$b allowed",
                "^^a allowed",
                "^a** allowed",
                "^a+? allowed",
                "^*a allowed",
                "^a{1 count",
                "^a{2,1} count",
                "^a{} number",
                "^a{1001} often",
                "^a{99999999999} often",
                "^[] allowed",
                "^[a allowed",
                "^[z-a] range",
                "^[[:alpha:]] allowed",
                "^a\\ allowed",
                "^a*a characters",
                "^[a-z]+[0-9]*x characters",
                "^a?b?a characters",
                "^a{1,2}[a-c]$ characters"
            })
    void refusesWhatIsNotBounded(String pattern, String why) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> BoundedPattern.parse(pattern).matches(""))
                .getMessage();
        assertTrue(message.startsWith("pattern \"" + pattern + "\"") && message.contains(why), message);
    }

    @Test
    void refusesALongOne() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> BoundedPattern.parse("^" + "a".repeat(256)).matches(""))
                .getMessage();
        assertTrue(message.endsWith("has 257 characters, expected at most 256"), message);
    }

    /** ECMAScript's own engine, whose expressions those of JSON Schema are. */
    @Test
    void matchesAsEcmaScriptDoes() throws IOException {
        OutsideProgram node = OutsideProgram.require("node");
        Random random = new Random(20261127);
        List<String> atoms = List.of("a", "b", "c", "[ab]", "[^a]", "[b-d]", "\\.", "-", "[\\-\\]]", "x", "/", "\\/");
        List<String> counts = List.of("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}");
        List<String> letters = List.of("a", "b", "c", "d", ".", "-", "]", "x", "/", "😀", "\n");
        List<List<String>> cases = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        while (cases.size() < 2400) {
            StringBuilder pattern = new StringBuilder("^");
            for (int i = random.nextInt(3); i >= 0; i--) {
                pattern.append(atoms.get(random.nextInt(atoms.size())))
                        .append(counts.get(random.nextInt(counts.size())));
            }
            pattern.append(random.nextBoolean() ? "$" : "");
            BoundedPattern parsed;
            try {
                parsed = BoundedPattern.parse(pattern.toString());
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("same characters"), e.getMessage());
                continue;
            }
            for (int n = 0; n < 6; n++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(6); i > 0; i--) {
                    text.append(letters.get(random.nextInt(letters.size())));
                }
                cases.add(List.of(pattern.toString(), text.toString()));
                ours.add(Boolean.toString(parsed.matches(text.toString())));
            }
        }
        Files.write(directory.resolve("cases.json"), CanonicalJson.encode(cases));
        Path program = Files.writeString(
                directory.resolve("match.js"),
                "for (const [p, t] of JSON.parse(require('fs').readFileSync('cases.json')))"
                        + " console.log(new RegExp(p, 'u').test(t));");
        List<String> theirs =
                node.run(directory, program.toString()).orFail().lines().toList();
        for (int i = 0; i < cases.size(); i++) {
            assertEquals(theirs.get(i), ours.get(i), cases.get(i).toString());
        }
        assertTrue(ours.stream().filter("true"::equals).count() > 200, "hardly any matches");
    }
}
