package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Failures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultmeshTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "memory", "memory record", "receipt", "audit", "spawn", "audit verify", "--nonsense"})
    void incompleteCommandSaysWhatIsMissingAndWhereHelpIs(String args) {
        Run run = Run.of(args.isEmpty() ? new Object[0] : args.split(" ")).failed(ExitCode.USAGE);
        assertTrue(run.err().contains("--help'"), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "memory timline --memory m, timeline",
        "memory rec, receipt or record",
        "nonsense, genesis",
        "memory timeline --memry m, --memory",
        "memory timeline --memry=m, --memory",
        "memory timeline -memory m, --memory",
        "memory list --memory m --mots 3, --most"
    })
    void unknownVerbAndOptionAreAnsweredWithTheNearest(String args, String nearest) {
        Run run = Run.of((Object[]) args.split(" ")).failed(ExitCode.USAGE);
        assertTrue(run.err().contains("vaultmesh: did you mean " + nearest + "?\n"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense --help", "--help nonsense", "help nonsense", "-h nonsense", "nonsense log --help"})
    void unknownVerbIsUnknownWhereHelpIsAskedForToo(String args) {
        Run run = Run.of((Object[]) args.split(" ")).failed(ExitCode.USAGE);
        assertTrue(run.err().contains("'nonsense'"), run.err());
        assertTrue(run.err().contains("did you mean genesis?"), run.err());
    }

    @Test
    void unknownOptionIsUnknownWhereHelpIsAskedForToo() {
        Run run = Run.of("memory", "list", "--mots", "--help").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("did you mean --most?"), run.err());
    }

    @Test
    void everyMessageBeginsWithTheCommandsName() {
        Run run = Run.of("memory", "timline").failed(ExitCode.USAGE);
        assertTrue(run.err().lines().allMatch(line -> line.startsWith("vaultmesh: ")), run.err());
    }

    @Test
    void versionIsTheSameWithAndWithoutTheTreeOfVerbs() {
        assertEquals(Run.of("--version").good(), Run.of("--version", "--trace").good());
    }

    @Test
    void traceIsShownWhenAskedForAlone() {
        Object[] args = {"memory", "receipt", "abc", "--memory", directory};
        Run.of(args).failed(ExitCode.USAGE);
        assertTrue(Run.of(true, args).err().contains("\tat io.vaultmesh."));
        Run traced = Run.of("memory", "receipt", "abc", "--memory", directory, "--trace");
        assertEquals(ExitCode.USAGE, traced.code());
        assertTrue(traced.err().contains("\tat io.vaultmesh."), traced.err());
    }

    @Test
    void argumentThatTheLocaleGarbledIsRefused() {
        Run run = Run.of("spawn", "ledger", "--description", "caf\uFFFD\uFFFD", "--out", directory)
                .failed(ExitCode.USAGE);
        assertTrue(run.err().contains("LC_ALL"), run.err());
    }

    @Test
    void ourOwnMistakeIsNeitherARefutationNorTheCallers() {
        StringWriter err = new StringWriter();
        int code = new Failures(() -> false).report(new NullPointerException("x"), new PrintWriter(err));
        new Run(code, "", err.toString()).failed(ExitCode.ENVIRONMENT);
        assertTrue(err.toString().contains("a mistake in vaultmesh itself"), err.toString());
    }
}
