package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.federation.config.ConfigException;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.scheduler.journal.JournalDamagedException;
import io.vaultmesh.spawn.spec.SpecException;
import io.vaultmesh.spawn.spec.SpecProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure, command.getErr());
    }

    @Override
    public int handleParseException(ParameterException found, String[] args) {
        CommandLine command = found.getCommandLine();
        // what is missing is often there, mistyped
        List<String> unknown = command.getUnmatchedArguments();
        ParameterException mistake = unknown.isEmpty() ? found : new UnmatchedArgumentException(command, unknown);
        PrintWriter err = command.getErr();
        print(mistake.getMessage(), err);
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            print("did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?", err);
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

    private static void print(@Nullable String message, PrintWriter err) {
        String.valueOf(message).lines().forEach(line -> err.println("vaultmesh: " + line));
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
        if (failure instanceof UncheckedIOException disk) {
            return List.of(disk.getMessage() + reason(disk.getCause()));
        }
        if (exitCode(failure) != ExitCode.ENVIRONMENT || failure instanceof IllegalStateException) {
            return List.of(String.valueOf(failure.getMessage()));
        }
        return List.of("a mistake in vaultmesh itself: " + failure + "; --trace shows where");
    }

    /** The JDK's message of these exceptions is the path alone. */
    private static String reason(@Nullable IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return " (there is no such file)";
        }
        return cause instanceof AccessDeniedException ? " (access denied)" : "";
    }
}
