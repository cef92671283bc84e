package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on shells and terminals, in processes of its own. */
class ShellTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Runs a program in a terminal of as many columns as asked for. */
    private static final String IN_A_TERMINAL = String.join(
            "\n",
            "import fcntl, os, pty, struct, sys, termios",
            "typed = os.environ.get('TYPED', '').encode().decode('unicode_escape').encode()",
            "pid, terminal = pty.fork()",
            "if pid == 0:",
            "    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))",
            "    os.execv(sys.argv[2], sys.argv[2:])",
            "try:",
            "    while True:",
            "        bytes = os.read(terminal, 4096)",
            "        if not bytes: break",
            "        sys.stdout.buffer.write(bytes)",
            "        if typed and b': ' in bytes: typed = os.write(terminal, typed + b'\\n') and b''",
            "except OSError: pass",
            "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))");

    @TempDir
    Path directory;

    private OutsideProgram bash() {
        return clean(OutsideProgram.require("bash"))
                .env("CP", System.getProperty("java.class.path"))
                .env("JAVA", JAVA);
    }

    private static OutsideProgram clean(OutsideProgram program) {
        return program.withoutEnv("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "COLUMNS", "NO_COLOR", "VAULTMESH_TRACE");
    }

    private static final String RUN =
            "v() { \"$JAVA\" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"$CP\" io.vaultmesh.examples.cli.Vaultmesh \"$@\"; }; ";

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void scriptForCompletionIsOneOfBash(String shell) throws IOException {
        Path script = Files.writeString(
                directory.resolve("script"), Run.of("completion", shell).good().out());
        bash().run(directory, "-n", script.toString()).orFail();
    }

    @ParameterizedTest
    @CsvSource({
        "'vaultmesh mem', memory",
        "'vaultmesh memory re', 'record receipt restore reindex'",
        "'vaultmesh memory record dep', deploy",
        "'vaultmesh audit verify --mem', --memory",
        "'vaultmesh spawn dr', drift"
    })
    void bashCompletes(String typed, String expected) throws IOException {
        Path script = Files.writeString(
                directory.resolve("script"), Run.of("completion", "bash").good().out());
        String completed = bash().run(
                        directory,
                        "-c",
                        ". \"$1\"; COMP_LINE=$2; COMP_POINT=${#2}; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                                + " _complete_vaultmesh; echo ${COMPREPLY[@]}",
                        "-",
                        script.toString(),
                        typed)
                .orFail();
        assertEquals(expected, completed.strip());
    }

    @Test
    void unknownShellIsNamed() {
        Run run = Run.of("completion", "fish").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("expected bash or zsh, but was 'fish'"), run.err());
    }

    @Test
    void closedPipeEndsQuietlyAndWell() {
        OutsideProgram.Result result =
                bash().run(directory, "-c", RUN + "v completion bash | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}");
        assertEquals("0\n", result.orFail());
        assertEquals("", result.err());
        result = bash().run(directory, "-c", RUN + "v --help | true; echo ${PIPESTATUS[0]}");
        assertEquals("0\n", result.orFail());
        assertEquals("", result.err());
    }

    @Test
    void fullDiskIsTheEnvironment() {
        OutsideProgram.Result result = bash().run(directory, "-c", RUN + "v --help >/dev/full; echo $?");
        assertEquals("3\n", result.orFail());
        assertTrue(result.err().startsWith("vaultmesh: can't write to the standard output"), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
    }

    @Test
    void fullDiskIsTheEnvironmentForAVerbThatDoesWhatItIsTold() throws IOException {
        Path memory = directory.resolve("memory");
        Run.deploy(memory, Files.writeString(directory.resolve("a"), "a"));
        OutsideProgram.Result result =
                bash().run(directory, "-c", RUN + "v memory timeline --memory memory --json >/dev/full; echo $?");
        assertEquals("3\n", result.orFail());
        assertEquals("vaultmesh: can't write to the standard output: No space left on device\n", result.err());
    }

    @Test
    void serverGoesOnWhenWhoReadItsAddressLeaves() throws IOException {
        Path memory = directory.resolve("memory");
        Run.deploy(memory, Files.writeString(directory.resolve("a"), "a"));
        Files.writeString(
                directory.resolve("namespaces.yaml"),
                "namespaces: {main: {cadence: {fast: {every: 1h, target: \"file:usb\"}}}}");
        Files.writeString(directory.resolve("anchors.yaml"), "file: {usb: {path: published}}");
        String script = String.join(
                "\n",
                "mkfifo pipe",
                "v scheduler run --memory memory --config namespaces.yaml --at-once >pipe 2>err &",
                "head -n 1 <pipe | grep -c '^serving   http://'", // the pipe has no reader any longer
                "until [ -s published ]; do kill -0 $! || exit 1; done", // and this was told to nobody
                "kill $! && wait $!",
                "echo $?",
                "cat err");
        OutsideProgram.Result result = bash().run(directory, "-c", RUN.replace("{ ", "{ exec ") + script);
        assertEquals("1\n0\n", result.orFail());
        assertEquals("", result.err());
    }

    @Test
    void nobodyWhoReadsWhereItServesEndsAServer() {
        Run.of("log", "init", directory.resolve("log"), "--origin", "a").good();
        OutsideProgram.Result result =
                bash().run(directory, "-c", RUN + "v log serve log | true; echo ${PIPESTATUS[0]}");
        assertEquals("0\n", result.orFail());
        assertEquals("", result.err());
    }

    @Test
    void failedTestOfAServiceIsARefutationAndTheServiceIsThere() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path python = Files.writeString(
                bin.resolve("python3"),
                "#!/bin/sh\ncase \"$*\" in *' -m pytest '*) echo '1 failed, 3 passed in 0.1s'; exit 1 ;; esac\n"
                        + "exec /usr/bin/python3 \"$@\"\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        OutsideProgram.Result result = bash().env("PATH", bin + ":" + System.getenv("PATH"))
                .run(directory, "-c", RUN + "v spawn ledger --verify tests --json; echo $?");
        String[] lines = result.orFail().split("\n");
        assertEquals("1", lines[lines.length - 1], result.toString());
        JsonObject json = Expect.object(lines[0]);
        assertFalse(json.bool("holds"));
        Expect.contains(json.string("reason"), "FAIL tests: pytest ends with status 1: 1 failed, 3 passed");
        assertTrue(Files.isDirectory(directory.resolve("services/ledger/.git")));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 200})
    void helpFitsIntoTheTerminal(int columns) {
        String page = terminal(columns, "memory", "record", "deploy", "--help");
        String plain = page.replaceAll("\033\\[[01]m", "").replace("\r", "");
        assertEquals(
                HelpPage.of(
                        Vaultmesh.wholeTree()
                                .getSubcommands()
                                .get("memory")
                                .getSubcommands()
                                .get("record")
                                .getSubcommands()
                                .get("deploy")
                                .getCommandSpec(),
                        Math.min(80, columns),
                        false),
                plain);
        assertTrue(page.contains("\033[1mOptions:"), page);
    }

    private String terminal(int columns, String... args) {
        return terminal(clean(OutsideProgram.require("python3")).env("TERM", "xterm"), columns, args);
    }

    private String terminal(OutsideProgram python, int columns, String... args) {
        String[] before = {
            "-c",
            IN_A_TERMINAL,
            Integer.toString(columns),
            JAVA,
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", // SQLite's; later JDKs warn without it
            "-cp",
            System.getProperty("java.class.path"),
            "io.vaultmesh.examples.cli.Vaultmesh"
        };
        String[] all = new String[before.length + args.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(args, 0, all, before.length, args.length);
        return python.run(directory, all).orFail();
    }

    @Test
    void coloursAreLeftOutWhereTheyAreNotWanted() {
        OutsideProgram python = clean(OutsideProgram.require("python3"));
        assertFalse(terminal(python.env("NO_COLOR", "1").env("TERM", "xterm"), 80, "--help")
                .contains("\033"));
        assertFalse(terminal(python.env("TERM", "dumb"), 80, "--help").contains("\033"));
    }

    @Test
    void progressIsShownOnATerminalAndNeverInJson() throws IOException {
        Path memory = directory.resolve("memory");
        Run.deploy(memory, Files.writeString(directory.resolve("a"), "a"));
        String shown = terminal(80, "memory", "reindex", "--memory", memory.toString());
        assertTrue(shown.contains("indexed 1 of 1") && shown.contains("\r\033[K"), shown);
        String json = terminal(80, "memory", "reindex", "--memory", memory.toString(), "--json");
        assertEquals("{\"namespace\":\"main\",\"records\":1}\r\n", json);
    }

    @Test
    void progressIsNotWrittenIntoAFile() throws IOException {
        Path memory = directory.resolve("memory");
        Run.deploy(memory, Files.writeString(directory.resolve("a"), "a"));
        String shown = inAShell(terminal(), "v memory reindex --memory memory 2>err");
        assertEquals("indexed   1 records of main\r\n", shown);
        assertEquals("", Files.readString(directory.resolve("err")));
    }

    @Test
    void passphraseIsAskedForAndNotShownWhereverTheOutputGoes() throws IOException {
        Files.writeString(directory.resolve("pass"), "pässwörd");
        Run.of("key", "new", directory.resolve("key"), "--user-id", "X", "--passphrase-file", directory.resolve("pass"))
                .good();
        String shown = inAShell(
                terminal().env("TYPED", "p\\u00e4ssw\\u00f6rd"),
                "v key export key >certificate; echo $?; stty -a | grep -o -- '-*echo '");
        assertEquals("Passphrase of key: \r\n0\r\necho \r\n", shown);
        Expect.starts(Files.readString(directory.resolve("certificate")), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
    }

    private static OutsideProgram terminal() {
        return clean(OutsideProgram.require("python3"))
                .env("TERM", "xterm")
                .env("CP", System.getProperty("java.class.path"))
                .env("JAVA", JAVA);
    }

    private String inAShell(OutsideProgram python, String script) {
        return python.run(directory, "-c", IN_A_TERMINAL, "80", "/bin/sh", "-c", RUN + script)
                .orFail();
    }

    @Test
    void homeIsNotNeeded() {
        OutsideProgram.Result result = bash().withoutEnv("HOME", "XDG_", "JAVA_TOOL_OPTIONS")
                .env("CP", System.getProperty("java.class.path"))
                .run(
                        directory,
                        "-c",
                        "\"$JAVA\" -Duser.home=/nowhere -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp \"$CP\""
                                + " io.vaultmesh.examples.cli.Vaultmesh spawn ledger --out s");
        assertTrue(result.orFail().startsWith("created   s/ledger"), result.toString());
        assertEquals("", result.err());
    }
}
