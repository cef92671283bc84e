package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.federation.config.ConfigException;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.scheduler.journal.JournalDamagedException;
import io.vaultmesh.spawn.spec.SpecException;
import io.vaultmesh.spawn.spec.SpecProblem;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a line or two what went wrong, and with which exit status. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final BooleanSupplier traced;

    public Failures(BooleanSupplier traced) {
        this.traced = traced;
    }

    /** What is unknown is so where help is asked for, too. */
    public static void refuseUnknown(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            List<String> unknown = command.getUnmatchedArguments();
            if (!unknown.isEmpty()) {
                throw new UnmatchedArgumentException(command, unknown);
            }
        }
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (exitCode(failure) != ExitCode.REFUTED || !Output.isJson(command)) {
            return report(failure, command.getErr());
        }
        try {
            JsonObject finding = JsonObject.builder()
                    .put("holds", false)
                    .put("reason", String.join("\n", messages(failure)))
                    .build();
            command.getOut().print(new String(CanonicalJson.encode(finding), StandardCharsets.UTF_8) + "\n");
            trace(failure, command.getErr());
        } catch (StandardOutput.ClosedException | UncheckedIOException e) {
            var unused = report(e, command.getErr()); // it is refuted, whether anybody reads it or not
        }
        return ExitCode.REFUTED;
    }

    @Override
    public int handleParseException(ParameterException found, String[] args) {
        CommandLine command = found.getCommandLine();
        // what is missing is often there, mistyped
        List<String> unknown = command.getUnmatchedArguments();
        ParameterException mistake = unknown.isEmpty() ? found : new UnmatchedArgumentException(command, unknown);
        PrintWriter err = command.getErr();
        print(Sentence.of(mistake), err);
        if (!unknown.isEmpty()) {
            String typed = unknown.get(0).replaceFirst("=.*", "");
            List<String> nearest = Nearest.of(
                    typed,
                    typed.startsWith("-")
                            ? command.getCommandSpec().optionsMap().keySet()
                            : command.getSubcommands().keySet());
            if (!nearest.isEmpty()) {
                print("did you mean " + Names.list(nearest) + "?", err);
            }
        }
        print("try '" + command.getCommandSpec().qualifiedName() + " --help'", err);
        trace(mistake, err);
        return ExitCode.USAGE;
    }

    public int report(Throwable failure, PrintWriter err) {
        if (failure instanceof StandardOutput.ClosedException) {
            return ExitCode.GOOD;
        }
        messages(failure).forEach(message -> print(message, err));
        trace(failure, err);
        return exitCode(failure);
    }

    private static void print(String message, PrintWriter err) {
        message.lines().forEach(line -> err.println("vaultmesh: " + line));
    }

    private void trace(Throwable failure, PrintWriter err) {
        if (traced.getAsBoolean()) {
            failure.printStackTrace(err);
        }
    }

    private static int exitCode(Throwable failure) {
        if (failure instanceof RefutedException
                || failure instanceof LogDamagedException
                || failure instanceof IndexDamagedException
                || failure instanceof MemoryDamagedException
                || failure instanceof JournalDamagedException) {
            return ExitCode.REFUTED;
        }
        return failure instanceof IllegalArgumentException
                        || failure instanceof ConfigException
                        || failure instanceof io.vaultmesh.scheduler.config.ConfigException
                ? ExitCode.USAGE
                : ExitCode.ENVIRONMENT;
    }

    private static List<String> messages(Throwable failure) {
        if (failure instanceof SpecException spec) {
            return spec.problems().stream().map(SpecProblem::toString).toList();
        }
        if (exitCode(failure) != ExitCode.ENVIRONMENT
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalStateException) {
            return List.of(Sentence.of(failure));
        }
        return List.of("a mistake in vaultmesh itself: " + failure + "; --trace shows where");
    }
}
