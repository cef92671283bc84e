package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the verbs that are used most, so that their classes are in the archive that the build makes: no verb itself. */
final class Training {

    private static final Pattern ID = Pattern.compile("(?m)^id +(\\S+)$");
    private static final Pattern VKEY = Pattern.compile("(?m)^vkey +(\\S+)$");

    private Training() {}

    /**
     * Runs them.
     *
     * @param args an empty directory
     */
    public static void main(String... args) {
        Path work = Path.of(args[0]);
        String memory = work.resolve("memory").toString();
        String service = work.resolve("ledger").toString();
        String file = work.resolve("ledger/README.md").toString();
        String receipt = work.resolve("receipt.json").toString();

        run("--version");
        run("--help");
        run("spawn", "ledger", "--out", work.toString());
        run("spawn", "drift", service);
        String vkey = part(VKEY, run("memory", "init", "--memory", memory));
        String id = part(
                ID,
                run(
                        "memory",
                        "record",
                        "deploy",
                        "--memory",
                        memory,
                        "--component",
                        "ledger",
                        "--version",
                        "1",
                        "--artifact",
                        file));
        run("memory", "record", "discovery", "--memory", memory, "--title", "Found", "--body", file);
        run("memory", "query", "ledger", "--memory", memory);
        run("memory", "list", "deployment", "--memory", memory, "--json");
        run("memory", "timeline", "--memory", memory);
        run("memory", "show", id, "--memory", memory);
        run("memory", "receipt", id, "--memory", memory, "--out", receipt);
        run("receipt", "verify", receipt, "--vkey", vkey);
        run("audit", "verify", "--memory", memory);
        run("audit", "root", "--memory", memory);
    }

    private static String run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Vaultmesh.run(new PrintWriter(out), new PrintWriter(err), false, args);
        if (code != ExitCode.GOOD) {
            throw new IllegalStateException(String.join(" ", args) + " ends with " + code + ": " + err);
        }
        return out.toString();
    }

    private static String part(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
