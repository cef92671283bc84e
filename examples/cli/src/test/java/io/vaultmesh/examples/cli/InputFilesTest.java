package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever verb reads a file, it says the same of one that isn't there, and of one that can't be read. */
class InputFilesTest {

    @TempDir
    static Path directory;

    private static String vkey = "";

    @BeforeAll
    static void aMemoryALogAndAKey() throws IOException {
        Files.writeString(directory.resolve("jar"), "[]");
        Run.deploy(directory.resolve("memory"), directory.resolve("jar"));
        vkey = Run.of("log", "init", directory.resolve("log"), "--origin", "a")
                .good()
                .value("vkey");
        Run.of("log", "append", directory.resolve("log"), "--lines", directory.resolve("jar"))
                .good();
        Run.of("log", "prove", directory.resolve("log"), "0", "--out", directory.resolve("proof"))
                .good();
        Files.writeString(directory.resolve("pass"), "password");
        Run.of("key", "new", directory.resolve("key"), "--user-id", "X", "--passphrase-file", directory.resolve("pass"))
                .good();
        Files.writeString(
                directory.resolve("namespaces.yaml"),
                "namespaces: {main: {cadence: {fast: {every: 1h, target: \"file:usb\"}}}}");
        Files.writeString(directory.resolve("anchors.yaml"), "file: {usb: {path: published}}");
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    }

    private static Run run(String args, String file) {
        return Run.of(Arrays.stream(args.split(" "))
                .map(word -> word.equals("FILE") ? file : word)
                .map(word -> word.equals("VKEY") ? vkey : word)
                .map(word -> word.startsWith("@") ? directory.resolve(word.substring(1)) : word)
                .toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receipt verify FILE --vkey VKEY",
                "log append @log --lines FILE",
                "log append @log --lines @jar --key FILE",
                "log verify FILE --vkey VKEY",
                "log verify @proof --vkey VKEY --entry FILE",
                "memory record deploy --memory @memory --component c --version 1 --artifact FILE",
                "memory record discovery --memory @memory --title t --body FILE",
                "artifact verify FILE --memory @memory",
                "artifact verify-full FILE --memory @memory",
                "artifact sign FILE --memory @memory --key @key --passphrase-file @pass",
                "artifact sign @jar --memory @memory --key FILE --passphrase-file @pass",
                "artifact sign @jar --memory @memory --key @key --passphrase-file FILE",
                "genesis verify FILE --memory @memory",
                "key export FILE --passphrase-file @pass",
                "trust pin --openpgp FILE --purpose p --memory @memory",
                "trust pin --tsa FILE --purpose p --memory @memory",
                "federation merge FILE @jar --out @out --receipt @receipt --key @log.key",
                "federation merge @jar FILE --out @out --receipt @receipt --key @log.key",
                "federation merge @jar @proof --out @out --receipt @receipt --key FILE",
                "scheduler plan --memory @memory --config FILE",
                "scheduler plan --memory @memory --config @namespaces.yaml --anchors FILE"
            })
    void fileThatIsNotThereIsUsageAndOneThatCannotBeReadIsTheEnvironment(String args) {
        Expect.contains(run(args, "@none").failed(ExitCode.USAGE).err(), "none is not there, expected ");
        Expect.contains(run(args, "@log").failed(ExitCode.USAGE).err(), "log is a directory, expected ");
        Run unreadable = run(args, "@loop").failed(ExitCode.ENVIRONMENT);
        Expect.contains(unreadable.err(), "loop", "symbolic links");
        assertFalse(unreadable.err().contains("java."), unreadable.err());
        assertFalse(Files.exists(directory.resolve("out")));
    }
}
