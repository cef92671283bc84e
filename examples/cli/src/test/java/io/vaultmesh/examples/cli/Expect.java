package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/** What tests of verbs expect, in words of their own. */
final class Expect {

    private Expect() {}

    static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "expected \"" + part + "\" in: " + text);
        }
    }

    static void starts(String text, String start) {
        assertTrue(text.startsWith(start), () -> "expected \"" + start + "\" at the start of: " + text);
    }

    /** The one JSON object that a run printed, on one line. */
    static JsonObject json(Run run) {
        String out = run.good().out();
        assertEquals(1, out.lines().count(), out);
        return object(out.strip());
    }

    static JsonObject object(String line) {
        return (JsonObject) StrictJson.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The object has these members and no others. */
    static JsonObject members(JsonObject object, String... names) {
        assertEquals(
                new TreeSet<>(Arrays.asList(names)),
                new TreeSet<>(object.members().keySet()));
        return object;
    }
}
