package io.vaultmesh.examples.cli;

import io.vaultmesh.examples.cli.artifact.ArtifactGroup;
import io.vaultmesh.examples.cli.audit.AuditGroup;
import io.vaultmesh.examples.cli.federation.FederationGroup;
import io.vaultmesh.examples.cli.genesis.GenesisGroup;
import io.vaultmesh.examples.cli.key.KeyGroup;
import io.vaultmesh.examples.cli.log.LogGroup;
import io.vaultmesh.examples.cli.memory.MemoryGroup;
import io.vaultmesh.examples.cli.receipt.ReceiptGroup;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Failures;
import io.vaultmesh.examples.cli.shared.Serving;
import io.vaultmesh.examples.cli.spawn.SpawnVerb;
import io.vaultmesh.examples.cli.trust.TrustGroup;
import io.vaultmesh.examples.cli.tsa.TsaGroup;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code vaultmesh} command. Its output is UTF-8, whatever the locale. */
@Command(
        name = "vaultmesh",
        description = "Creates services, remembers what was decided and deployed, and proves it.",
        subcommands = {
            SpawnVerb.class,
            MemoryGroup.class,
            ReceiptGroup.class,
            AuditGroup.class,
            LogGroup.class,
            FederationGroup.class,
            TsaGroup.class,
            TrustGroup.class,
            KeyGroup.class,
            GenesisGroup.class,
            ArtifactGroup.class
        },
        versionProvider = ManifestVersion.class,
        footer = "%nExit status: 0 good, 1 refuted or failed check, 2 usage, 3 environment.")
public final class Vaultmesh {

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
            description = "Shows the stack trace of a failure, as the environment variable VAULTMESH_TRACE does.")
    private boolean trace;

    private Vaultmesh() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args the arguments
     */
    public static void main(String... args) {
        PrintWriter out = utf8(FileDescriptor.out);
        PrintWriter err = utf8(FileDescriptor.err);
        String variable = System.getenv("VAULTMESH_TRACE");
        int code = run(out, err, variable != null && !variable.isEmpty(), args);
        out.flush();
        if (code == ExitCode.GOOD && out.checkError()) {
            err.println("vaultmesh: can't write to the standard output");
            code = ExitCode.ENVIRONMENT;
        }
        err.flush();
        Serving.exit(code);
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
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
        Vaultmesh root = new Vaultmesh();
        Failures failures = new Failures(() -> traced || root.trace);
        CommandLine command = new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false) // a title may begin with @
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        try {
            return command.execute(args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failures.report(e, err);
        }
    }
}
