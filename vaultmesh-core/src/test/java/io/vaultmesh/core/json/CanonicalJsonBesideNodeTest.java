package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.build.TestSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RFC 8785 takes its numbers and strings from ECMAScript, so an engine of that language is asked. {@code
 * -Dvaultmesh.json.texts=N} and {@code -Dvaultmesh.json.literals=N} try N instead of the few that are tried by default.
 */
class CanonicalJsonBesideNodeTest {

    private static final int TEXTS = Integer.getInteger("vaultmesh.json.texts", 20_000);
    private static final int LITERALS = Integer.getInteger("vaultmesh.json.literals", 100_000);
    private static final int AT_ONCE = 200_000;

    /** Canonicalizes the texts of a file, a line of Base64 for each. */
    private static final String SCRIPT = """
            const canonical = value =>
                Array.isArray(value) ? '[' + value.map(canonical) + ']'
                : value && typeof value === 'object'
                    ? '{' + Object.keys(value).sort().map(name => JSON.stringify(name) + ':' + canonical(value[name])) + '}'
                : JSON.stringify(value);
            const lines = require('fs').readFileSync(process.argv[1], 'latin1').trim().split('\\n');
            const texts = lines.map(line => Buffer.from(line, 'base64').toString('utf8'));
            process.stdout.write(texts.map(text => canonical(JSON.parse(text))).join('\\n'));
            """;

    private static final JsonOptions ECMASCRIPT = JsonOptions.CANONICAL.withNumbers(NumberPolicy.ECMASCRIPT);

    @TempDir
    private Path directory;

    @Test
    void numbersAreWhatNodeMakesOfThem() throws Exception {
        RandomJson random = new RandomJson(TestSeed.random());
        int compared = compare(LITERALS, () -> random.number().getBytes(UTF_8));
        assertTrue(compared > LITERALS * 0.9, compared + " of " + LITERALS + " literals were in range");
    }

    @Test
    void textsAreWhatNodeMakesOfThem() throws Exception {
        RandomJson random = new RandomJson(TestSeed.random());
        int compared = compare(TEXTS, random::text);
        assertTrue(compared > TEXTS / 3, compared + " of " + TEXTS + " texts were sound");
    }

    /** Returns how many texts were sound: Node lets more pass, such as duplicate names. */
    private int compare(int texts, Supplier<byte[]> next) throws Exception {
        OutsideProgram node = OutsideProgram.require("node");
        int compared = 0;
        for (int done = 0; done < texts; done += AT_ONCE) {
            List<String> given = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_ONCE, texts - done); i++) {
                byte[] text = next.get();
                try {
                    ours.add(new String(CanonicalJson.canonicalize(text, ECMASCRIPT), UTF_8));
                    given.add(Base64.getEncoder().encodeToString(text));
                } catch (JsonException refused) {
                    assertTrue(refused.offset() >= 0, refused.getMessage());
                }
            }
            Path file = Files.write(directory.resolve("texts"), given);
            List<String> theirs = node.run(directory, "-e", SCRIPT, file.toString())
                    .orFail()
                    .lines()
                    .toList();
            assertEquals(ours.size(), theirs.size());
            for (int i = 0; i < ours.size(); i++) {
                assertEquals(theirs.get(i), ours.get(i), "for the text, in Base64, " + given.get(i));
            }
            compared += ours.size();
        }
        return compared;
    }
}
