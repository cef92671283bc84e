package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One run of the command in this process. */
record Run(int code, String out, String err) {

    static Run of(Object... args) {
        return of(false, args);
    }

    static Run of(boolean traced, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int code = Vaultmesh.run(new PrintWriter(out), new PrintWriter(err), traced, texts);
        return new Run(code, out.toString(), err.toString());
    }

    /** Records a deployment of one file, and gives its id. */
    static String deploy(Path memory, Path artifact) {
        return of(
                        "memory",
                        "record",
                        "deploy",
                        "--memory",
                        memory,
                        "--component",
                        "ledger",
                        "--version",
                        "1.0.0",
                        "--artifact",
                        artifact)
                .good()
                .value("id");
    }

    Run good() {
        assertEquals(ExitCode.GOOD, code, err);
        assertEquals("", err);
        return this;
    }

    /** Ended with this status, and nothing but a message on standard error. */
    Run failed(int expected) {
        assertEquals(expected, code, out + err);
        assertEquals("", out);
        if (!err.startsWith("vaultmesh: ") || err.contains("\tat ")) {
            throw new AssertionError("expected a message and no stack trace, but was: " + err);
        }
        return this;
    }

    /** The objects that were printed, each on a line of its own and in canonical form. */
    List<JsonObject> json() {
        return out.lines()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .peek(line -> assertTrue(CanonicalJson.isCanonical(line), out))
                .map(line -> StrictJson.parseObject(line, "line"))
                .toList();
    }

    /** The one object that was printed. */
    JsonObject object() {
        List<JsonObject> all = json();
        assertEquals(1, all.size(), out);
        return all.get(0);
    }

    /** The value that stands behind a label on a line of its own. */
    String value(String label) {
        return out.lines()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in: " + out));
    }
}
