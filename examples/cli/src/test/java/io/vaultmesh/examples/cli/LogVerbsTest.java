package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogVerbsTest {

    @TempDir
    Path directory;

    private Path log;
    private Path lines;
    private String vkey;

    @BeforeEach
    void aLogOfThree() throws IOException {
        log = directory.resolve("builds");
        lines = Files.writeString(directory.resolve("lines"), "one\nzwei: äöü\n\n");
        vkey = Run.of("log", "init", log, "--origin", "example.com/builds")
                .good()
                .value("vkey");
        Run.of("log", "append", log, "--lines", lines).good();
    }

    private Path saved(String name, Run run) throws IOException {
        return Files.writeString(directory.resolve(name), run.good().out());
    }

    @Nested
    class Init {

        @Test
        void initKeepsThePrivateKeyOutOfWhatIsPublished() {
            Path log = directory.resolve("published");
            Expect.contains(
                    Run.of("log", "init", log, "--origin", "example.com/cli", "--key", log.resolve("key"))
                            .failed(ExitCode.USAGE)
                            .err(),
                    "is in the log's directory, which is published");
            assertFalse(Files.exists(log));
        }

        @Test
        void printsTheVerifierKeyAndHidesThePrivateOne() throws IOException {
            Expect.starts(vkey, "example.com/builds+");
            Path key = directory.resolve("builds.key");
            Expect.starts(Files.readString(key), "PRIVATE+KEY+example.com/builds+");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        }

        @Test
        void hasJson() {
            JsonObject json = Expect.json(Run.of("log", "init", directory.resolve("b"), "--origin", "b", "--json"));
            Expect.members(json, "origin", "vkey", "key");
            Expect.starts(json.string("vkey"), "b+");
        }

        @Test
        void takesNoDirectoryThatHoldsSomething() {
            Run run = Run.of("log", "init", log, "--origin", "x").failed(ExitCode.USAGE);
            Expect.contains(run.err(), "expected an absent or empty directory");
            Run.of("log", "init", lines, "--origin", "x").failed(ExitCode.USAGE);
        }

        @Test
        void overwritesNoKey() throws IOException {
            Path key = Files.writeString(directory.resolve("c.key"), "precious");
            Run run = Run.of("log", "init", directory.resolve("c"), "--origin", "c")
                    .failed(ExitCode.ENVIRONMENT);
            Expect.contains(run.err(), "c.key exists");
            assertEquals("precious", Files.readString(key));
            assertFalse(Files.exists(directory.resolve("c")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"with space", "with+plus", ""})
        void refusesAnOriginThatIsNoName(String origin) {
            Run.of("log", "init", directory.resolve("d"), "--origin", origin).failed(ExitCode.USAGE);
            assertFalse(Files.exists(directory.resolve("d.key")));
        }

        @Test
        void takesAnOriginInAnotherAlphabet() {
            Expect.starts(
                    Run.of("log", "init", directory.resolve("журнал"), "--origin", "пример.рф/журнал")
                            .good()
                            .value("vkey"),
                    "пример.рф/журнал+");
        }
    }

    @Nested
    class Append {

        @Test
        void appendsEveryLineAsItIsAndSaysSizeAndRoot() {
            Run run = Run.of("log", "append", log, "--lines", lines).good();
            assertEquals("3", run.value("appended"));
            assertEquals("6", run.value("size"));
            JsonObject checkpoint = Expect.json(Run.of("log", "checkpoint", log, "--json"));
            assertEquals(run.value("root"), checkpoint.string("root"));
            assertEquals(6, checkpoint.integer("size"));
        }

        @Test
        void hasJsonAlsoForAFileWithoutALine() throws IOException {
            Path empty = Files.createFile(directory.resolve("empty"));
            JsonObject json = Expect.json(Run.of("log", "append", log, "--lines", empty, "--json"));
            Expect.members(json, "appended", "size", "root");
            assertEquals(0, json.integer("appended"));
            assertEquals(3, json.integer("size"));
        }

        @Test
        void appendsNothingIfALineIsTooLong() throws IOException {
            Path bad = Files.writeString(directory.resolve("bad"), "good\n" + "x".repeat(65_536) + "\n");
            Run run = Run.of("log", "append", log, "--lines", bad).failed(ExitCode.USAGE);
            Expect.contains(run.err(), "line 2");
            Expect.contains(run.err(), "65535");
            Expect.contains(run.err(), "nothing was appended");
            assertEquals(
                    3, Expect.json(Run.of("log", "checkpoint", log, "--json")).integer("size"));
        }

        @Test
        void namesWhatIsMissing() throws IOException {
            Path none = directory.resolve("none");
            Expect.contains(
                    Run.of("log", "append", log, "--lines", none)
                            .failed(ExitCode.USAGE)
                            .err(),
                    "none is not there, expected a file");
            Expect.contains(
                    Run.of("log", "append", none, "--lines", lines)
                            .failed(ExitCode.USAGE)
                            .err(),
                    "holds no log");
            Files.delete(directory.resolve("builds.key"));
            Expect.contains(
                    Run.of("log", "append", log, "--lines", lines)
                            .failed(ExitCode.USAGE)
                            .err(),
                    "builds.key is not there, expected the key that `log init` makes; --key says where it is");
        }

        @Test
        void refusesAnotherLogsKey() {
            Run.of("log", "init", directory.resolve("other"), "--origin", "example.com/builds")
                    .good();
            Run.of("log", "append", log, "--lines", lines, "--key", directory.resolve("other.key"))
                    .failed(ExitCode.REFUTED);
        }
    }

    @Nested
    class Verify {

        @Test
        void needsTheProofAndTheKeyAndNothingElse() throws IOException {
            Path proof = directory.resolve("1.tlog-proof");
            Run.of("log", "prove", log, "1", "--out", proof).good();
            Run run = Run.of("log", "verify", proof, "--vkey", vkey).good();
            Expect.starts(run.out(), "holds: entry 1 is in example.com/builds at size 3 with root ");
            JsonObject json = Expect.json(Run.of("log", "verify", proof, "--vkey", vkey, "--json"));
            Expect.members(json, "what", "holds", "origin", "index", "leafHash", "size", "root");
            assertEquals("inclusion", json.string("what"));
        }

        @Test
        void takesAnEmptyEntryToo() throws IOException {
            Path proof = saved("2.tlog-proof", Run.of("log", "prove", log, "2"));
            Run.of("log", "verify", proof, "--vkey", vkey).good();
        }

        @Test
        void takesTheEntryFromAFileAndRefutesAnother() throws IOException {
            Path proof = saved("0.tlog-proof", Run.of("log", "prove", log, "0"));
            Path right = Files.writeString(directory.resolve("right"), "one");
            Path wrong = Files.writeString(directory.resolve("wrong"), "two");
            Run.of("log", "verify", proof, "--vkey", vkey, "--entry", right).good();
            Run.of("log", "verify", proof, "--vkey", vkey, "--entry", wrong).failed(ExitCode.REFUTED);
        }

        @ParameterizedTest
        @CsvSource({"'extra ', 6", "'index ', 6", "'\n\nexample', 2", "'— example.com/builds ', 30", "'tlog-proof', 11"
        })
        void refutesAProofWithAChangedByte(String where, int further) throws IOException {
            Path proof = saved("0.tlog-proof", Run.of("log", "prove", log, "0"));
            String text = Files.readString(proof);
            int at = text.indexOf(where) + further;
            assertTrue(at >= further, where);
            char changed = text.charAt(at) == 'B' ? 'C' : text.charAt(at) == '0' ? '1' : 'B';
            Files.writeString(proof, text.substring(0, at) + changed + text.substring(at + 1));
            Run.of("log", "verify", proof, "--vkey", vkey).failed(ExitCode.REFUTED);
        }

        @Test
        void refutesUnderAnotherKey() throws IOException {
            Path proof = saved("0.tlog-proof", Run.of("log", "prove", log, "0"));
            Path checkpoint = saved("checkpoint", Run.of("log", "checkpoint", log));
            String other = Run.of("log", "init", directory.resolve("e"), "--origin", "example.com/builds")
                    .good()
                    .value("vkey");
            Run.of("log", "verify", proof, "--vkey", other).failed(ExitCode.REFUTED);
            Run.of("log", "verify", checkpoint, "--vkey", other).failed(ExitCode.REFUTED);
            Run.of("log", "verify", proof, "--vkey", "no key").failed(ExitCode.USAGE);
        }

        @Test
        void verifiesACheckpoint() throws IOException {
            Path checkpoint = saved("checkpoint", Run.of("log", "checkpoint", log));
            Run run = Run.of("log", "verify", checkpoint, "--vkey", vkey).good();
            Expect.starts(run.out(), "holds: example.com/builds at size 3 with root ");
        }

        @Test
        void verifiesConsistencyBetweenTwoCheckpoints() throws IOException {
            Path before = saved("before", Run.of("log", "checkpoint", log));
            Run.of("log", "append", log, "--lines", lines).good();
            Path after = saved("after", Run.of("log", "checkpoint", log));
            Path proof = saved("proof", Run.of("log", "consistency", log, "3", "6"));
            Object[] args = {"log", "verify", proof, "--vkey", vkey, "--old", before, "--new", after, "--json"};
            JsonObject json = Expect.json(Run.of(args));
            Expect.members(json, "what", "holds", "origin", "oldSize", "size", "root");
            Path other = saved("other", Run.of("log", "consistency", log, "2", "6"));
            Run.of("log", "verify", other, "--vkey", vkey, "--old", before, "--new", after)
                    .failed(ExitCode.REFUTED);
            Files.writeString(proof, Files.readString(proof).replaceFirst("\n[A-Za-z]", "\n1"));
            assertEquals(ExitCode.REFUTED, Run.of(args).code());
            Run.of("log", "verify", proof, "--vkey", vkey).failed(ExitCode.USAGE);
        }
    }

    @Nested
    class ProveAndConsistency {

        @Test
        void haveJson() {
            JsonObject proof = Expect.json(Run.of("log", "prove", log, "1", "--json"));
            Expect.members(proof, "origin", "index", "leafHash", "proof");
            JsonObject consistency = Expect.json(Run.of("log", "consistency", log, "1", "3", "--json"));
            Expect.members(consistency, "origin", "oldSize", "newSize", "hashes");
            assertEquals(2, consistency.array("hashes").strings().size());
        }

        @Test
        void sayWhatIsNotThere() {
            Expect.contains(
                    Run.of("log", "prove", log, "3").failed(ExitCode.USAGE).err(), "no entry 3");
            Expect.contains(
                    Run.of("log", "prove", log, "3").failed(ExitCode.USAGE).err(), "which has 3");
            Run.of("log", "prove", log, "-1").failed(ExitCode.USAGE);
            Run.of("log", "prove", log, "x").failed(ExitCode.USAGE);
            Run.of("log", "consistency", log, "2", "4").failed(ExitCode.USAGE);
            Run.of("log", "consistency", log, "0", "3").failed(ExitCode.USAGE);
            Run.of("log", "prove", log, "0", "--out", lines).failed(ExitCode.ENVIRONMENT);
            Run.of("log", "prove", lines, "0").failed(ExitCode.USAGE);
        }

        @Test
        void needNoPrivateKeyIfTheyAreGivenThePublicOne() throws IOException {
            Files.delete(directory.resolve("builds.key"));
            Run.of("log", "prove", log, "1").failed(ExitCode.USAGE);
            Run.of("log", "prove", log, "1", "--vkey", vkey).good();
            Run.of("log", "consistency", log, "1", "2", "--vkey", vkey).good();
        }
    }

    @Nested
    class Fsck {

        @Test
        void passesAndHasJson() {
            Expect.contains(Run.of("log", "fsck", log, "--vkey", vkey).good().out(), "PASS");
            JsonObject json = Expect.json(Run.of("log", "fsck", log, "--vkey", vkey, "--json"));
            Expect.members(json, "title", "passed", "holds", "checks");
            assertTrue(json.bool("passed"));
        }

        @Test
        void namesTheEntryThatWasChangedAndEndsWithOne() throws IOException {
            Path bundle = log.resolve("tile/entries/000.p/3");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[3] ^= 1;
            Files.write(bundle, bytes);
            Run run = Run.of("log", "fsck", log, "--vkey", vkey);
            assertEquals(ExitCode.REFUTED, run.code());
            Expect.contains(run.out(), "FAIL");
            Expect.contains(run.out(), "entry 0");
        }

        @Test
        void needsAKeyAndALog() {
            Run.of("log", "fsck", log).failed(ExitCode.USAGE);
            Run.of("log", "fsck", directory, "--vkey", vkey).failed(ExitCode.USAGE);
        }
    }

    @Nested
    class Serve {

        @Test
        void showsTheLogToReadersAndNothingElse() throws IOException {
            try (Running serving = Running.of("log", "serve", log)) {
                String address = serving.value("serving");
                Expect.starts(address, "http://");
                Run.of("log", "fsck", address, "--vkey", vkey).good();
                Run.of("log", "prove", address, "0", "--vkey", vkey).good();
                Run.of("log", "prove", address, "0").failed(ExitCode.USAGE);
                assertEquals(
                        Files.readString(log.resolve("checkpoint")),
                        get(address, "checkpoint").body());
                assertEquals(200, get(address, "tile/entries/000.p/3").statusCode());
                for (String hidden : new String[] {
                    "",
                    "lock",
                    "instance",
                    "checkpoints",
                    "journal/0000000001",
                    "../builds.key",
                    "tile/%2e%2e/lock",
                    "tile/0/000",
                    "tile/entries/..",
                    "tile",
                    "checkpoint/"
                }) {
                    assertEquals(404, get(address, hidden).statusCode(), hidden);
                }
                assertEquals(405, send(address, "checkpoint", "POST").statusCode());
                assertEquals("", send(address, "checkpoint", "HEAD").body());
            }
        }

        @Test
        void hasJsonAndEndsWell() throws IOException {
            try (Running serving = Running.of("log", "serve", log, "--json")) {
                assertTrue(serving.line().matches("\\{\"address\":\"http://[^\"]*/\"}"));
            }
        }

        @Test
        void saysWhatItCantServe() throws IOException {
            Run.of("log", "serve", directory).failed(ExitCode.USAGE);
            Run.of("log", "serve", log, "--port", "65536").failed(ExitCode.USAGE);
            try (Running serving = Running.of("log", "serve", log)) {
                int port = URI.create(serving.value("serving")).getPort();
                Run taken = Run.of("log", "serve", log, "--port", port).failed(ExitCode.ENVIRONMENT);
                Expect.contains(taken.err(), "can't listen on port " + port);
            }
        }

        private HttpResponse<String> get(String address, String path) throws IOException {
            return send(address, path, "GET");
        }

        private HttpResponse<String> send(String address, String path, String method) throws IOException {
            return Fetched.of(URI.create(address + path), method);
        }
    }
}
