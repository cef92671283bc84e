package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.artifact.ArtifactGroup;
import io.vaultmesh.examples.cli.audit.AuditGroup;
import io.vaultmesh.examples.cli.completion.CompletionVerb;
import io.vaultmesh.examples.cli.federation.FederationGroup;
import io.vaultmesh.examples.cli.genesis.GenesisGroup;
import io.vaultmesh.examples.cli.key.KeyGroup;
import io.vaultmesh.examples.cli.log.LogGroup;
import io.vaultmesh.examples.cli.memory.MemoryGroup;
import io.vaultmesh.examples.cli.receipt.ReceiptGroup;
import io.vaultmesh.examples.cli.scheduler.SchedulerGroup;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Failures;
import io.vaultmesh.examples.cli.shared.Group;
import io.vaultmesh.examples.cli.shared.StandardOutput;
import io.vaultmesh.examples.cli.spawn.Ahead;
import io.vaultmesh.examples.cli.spawn.SpawnVerb;
import io.vaultmesh.examples.cli.trust.TrustGroup;
import io.vaultmesh.examples.cli.tsa.TsaGroup;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The {@code vaultmesh} command. Its output is UTF-8, whatever the locale. */
@Command(
        name = "vaultmesh",
        description = "Creates services, remembers what was decided and deployed, and proves it.",
        versionProvider = ManifestVersion.class,
        footer = {
            "",
            "Example:",
            "  vaultmesh spawn ledger --out services",
            "",
            "Exit status: 0 good, 1 refuted or failed check, 2 usage, 3 environment."
        })
public final class Vaultmesh implements Group {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    // not inherited: `memory record deploy` has a --version of its own
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = "--trace",
            scope = ScopeType.INHERIT,
            description = "Shows the stack trace of a failure, as VAULTMESH_TRACE=1 in the environment does.")
    private boolean trace;

    private Vaultmesh() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args the arguments
     */
    public static void main(String... args) {
        PrintWriter out = utf8(new StandardOutput());
        PrintWriter err = utf8(new FileOutputStream(FileDescriptor.err));
        if (args.length > 1 && args[0].equals("spawn") && !args[1].equals("drift")) {
            Ahead.start();
        }
        String variable = System.getenv("VAULTMESH_TRACE");
        int code = run(out, err, variable != null && !variable.isEmpty(), args);
        code = flush(out, err, code);
        err.flush();
        Runtime.getRuntime().halt(code); // all is closed by now, and nothing waits for the end of the process
    }

    private static int flush(PrintWriter out, PrintWriter err, int code) {
        try {
            out.flush();
            return code;
        } catch (StandardOutput.ClosedException e) {
            return code;
        } catch (UncheckedIOException e) {
            err.println("vaultmesh: " + e.getMessage());
            return code == ExitCode.GOOD ? ExitCode.ENVIRONMENT : code;
        }
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    static int run(PrintWriter out, PrintWriter err, boolean traced, String... args) {
        for (String arg : args) {
            // what is recorded can't be taken back, so it had better be what was typed
            if (arg.indexOf('\uFFFD') >= 0) {
                err.println("vaultmesh: \"" + arg + "\" has characters that Java can't read in this locale;"
                        + " set LC_ALL=C.UTF-8, or another locale with UTF-8");
                return ExitCode.USAGE;
            }
        }
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            out.println(ManifestVersion.text()); // needs no verbs
            return ExitCode.GOOD;
        }
        Vaultmesh root = new Vaultmesh();
        Failures failures = new Failures(() -> traced || root.trace);
        String[] words = withHelpLast(args);
        CommandLine command = VerbTree.of(root, words)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(Vaultmesh::execute)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        try {
            return command.execute(words);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failures.report(e, err);
        }
    }

    /** Wherever help is asked for, it is that of the last verb: {@code help VERB} and {@code --help VERB}, too. */
    private static String[] withHelpLast(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        int end = words.indexOf("--");
        List<String> options = end < 0 ? words : words.subList(0, end);
        if (!options.isEmpty() && options.get(0).equals("help")) {
            options.set(0, "--help");
        }
        if (options.removeAll(List.of("--help", "-h"))) {
            options.add("--help");
        }
        return words.toArray(new String[0]);
    }

    /** What fails while help is printed fails like a verb. */
    private static int execute(ParseResult parsed) {
        Failures.refuseUnknown(parsed);
        try {
            return new RunLast().execute(parsed);
        } catch (StandardOutput.ClosedException | UncheckedIOException e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), "the standard output fails", e);
        }
    }

    /** All verbs, as help shows them. */
    static CommandLine wholeTree() {
        return VerbTree.whole(new Vaultmesh());
    }

    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("spawn", SpawnVerb.class),
                new Verb("memory", MemoryGroup.class),
                new Verb("receipt", ReceiptGroup.class),
                new Verb("audit", AuditGroup.class),
                new Verb("log", LogGroup.class),
                new Verb("artifact", ArtifactGroup.class),
                new Verb("key", KeyGroup.class),
                new Verb("trust", TrustGroup.class),
                new Verb("genesis", GenesisGroup.class),
                new Verb("tsa", TsaGroup.class),
                new Verb("federation", FederationGroup.class),
                new Verb("scheduler", SchedulerGroup.class),
                new Verb(CompletionVerb.NAME, CompletionVerb.class));
    }
}
