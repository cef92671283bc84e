package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code --json}: what a verb says, for people or for programs. For programs each result is a JSON object on a line of its own,
 * in canonical form; a verb that lists things prints one for each. What docs/COMMAND.md says of the members stays as it is.
 */
public final class Output {

    @Option(names = "--json", description = "Prints JSON objects, one on each line, instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Prints one result: the object, or the text as it is, with its line feeds. */
    public void print(JsonObject object, String text) {
        if (json) {
            out().print(new String(CanonicalJson.encode(object), StandardCharsets.UTF_8) + "\n");
        } else {
            out().print(text);
        }
    }

    /** Prints at once what happens to a server, which goes on if its reader left or the disk is full. */
    public void tell(JsonObject object, String text) {
        try {
            print(object, text);
            out().flush();
        } catch (StandardOutput.ClosedException e) {
            return; // nobody wants to know
        } catch (UncheckedIOException e) {
            err().println("vaultmesh: " + e.getMessage());
            err().flush();
        }
    }

    /** Whether programs read it. */
    public boolean isJson() {
        return json;
    }

    /** Whether programs read what a command that was parsed says. */
    static boolean isJson(CommandLine command) {
        return command.getParseResult().hasMatchedOption("--json");
    }

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where messages go. */
    public PrintWriter err() {
        return command.commandLine().getErr();
    }
}
