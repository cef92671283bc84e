package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationVerbsTest {

    @TempDir
    Path directory;

    private Path memory;
    private Path receipt;
    private String id;
    private String vkey;

    @BeforeEach
    void aMemoryWithOneRecord() throws IOException {
        memory = directory.resolve("memory");
        receipt = directory.resolve("receipt.json");
        id = Run.deploy(memory, Files.writeString(directory.resolve("ledger.jar"), "ledger"));
        Run.of("memory", "receipt", id, "--memory", memory, "--out", receipt).good();
        vkey = Run.of("audit", "root", "--memory", memory).good().value("vkey");
    }

    @Nested
    class ReceiptVerify {

        @Test
        void holdsWithTheLogsKeyAlone() {
            Run run = Run.of("receipt", "verify", receipt, "--vkey", vkey).good();
            assertTrue(run.out().startsWith("holds: deployment \"ledger 1.0.0\", record " + id), run.out());
        }

        @Test
        void saysTheSameInJson() {
            JsonObject json = Run.of("receipt", "verify", receipt, "--vkey", vkey, "--json")
                    .good()
                    .object();
            assertEquals(id, json.string("id"));
            assertEquals(0, json.integer("index"));
            assertTrue(json.bool("holds"));
        }

        @Test
        void isRefutedWithTheKeyOfAnotherLog() throws IOException {
            Path other = directory.resolve("other");
            Run.deploy(other, receipt);
            String key = Run.of("audit", "root", "--memory", other).good().value("vkey");
            Run run = Run.of("receipt", "verify", receipt, "--vkey", key).failed(ExitCode.REFUTED);
            assertTrue(run.err().contains("receipt.json is refuted"), run.err());
        }

        /** Whether the change breaks a signature, a proof or the JSON itself, the answer is the same. */
        @ParameterizedTest
        @CsvSource({"'sig\":\"', 8", "'index ', 6", "'payload\":\"', 100", "'\"envelope\"', 2", "'format', 9"})
        void isRefutedWithAChangedByte(String where, int further) throws IOException {
            String text = Files.readString(receipt);
            int at = text.indexOf(where) + further;
            assertTrue(at >= further, where);
            char changed = text.charAt(at) == 'B' ? 'C' : text.charAt(at) == '0' ? '1' : 'B';
            Files.writeString(receipt, text.substring(0, at) + changed + text.substring(at + 1));
            Run.of("receipt", "verify", receipt, "--vkey", vkey).failed(ExitCode.REFUTED);
        }

        @Test
        void malformedKeyIsAMistakeOfTheCaller() {
            Run.of("receipt", "verify", receipt, "--vkey", "x+y+z").failed(ExitCode.USAGE);
        }

        @Test
        void missingFileIsAMistakeOfTheCaller() {
            Run run = Run.of("receipt", "verify", directory.resolve("no.json"), "--vkey", vkey)
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("no.json is not there, expected a file"), run.err());
        }

        @Test
        void hugeFileIsRefusedUnread() throws IOException {
            Files.write(receipt, new byte[2 << 20]);
            Run run = Run.of("receipt", "verify", receipt, "--vkey", vkey).failed(ExitCode.USAGE);
            assertTrue(run.err().contains("larger than 1048576 bytes"), run.err());
        }
    }

    @Nested
    class AuditVerify {

        @ParameterizedTest
        @CsvSource({
            "text, audit of memory",
            "json, '{\n  \"title\" : \"audit of memory'",
            "markdown, '### audit of memory'",
            "junit, '<?xml version=\"1.0\"'"
        })
        void reportHasEveryForm(String format, String start) {
            Run run = Run.of("audit", "report", "--memory", memory, "--format", format)
                    .good();
            assertTrue(run.out().startsWith(start), run.out());
        }

        @Test
        void reportIsAskedForInOneForm() throws IOException {
            Object[] args = {"audit", "report", "--memory", memory, "--format", "markdown", "--json"};
            Run run = Run.of(args).failed(ExitCode.USAGE);
            assertTrue(run.err().contains("--format and --json ask for two forms"), run.err());
            Path file = directory.resolve("report.md");
            Object[] more = Arrays.copyOf(args, args.length + 2);
            more[args.length] = "--out";
            more[args.length + 1] = file;
            assertTrue(Run.of(more).good().object().bool("holds"));
            assertTrue(Files.readString(file).startsWith("### audit of memory"));
        }

        @Test
        void unknownFormatIsAMistakeOfTheCaller() {
            Run run = Run.of("audit", "report", "--memory", memory, "--format", "xml")
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("expected text, json, markdown or junit, but was 'xml'"), run.err());
        }

        @Test
        void failsAndNamesTheEntryThatWasChanged() throws IOException {
            Path bundle = memory.resolve("namespaces/main/log/tile/entries/000.p/1");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[100] ^= 1;
            Files.write(bundle, bytes);
            Path report = directory.resolve("report.txt");
            Run written = Run.of("audit", "report", "--memory", memory, "--out", report, "--json");
            assertEquals(ExitCode.REFUTED, written.code(), written.err());
            JsonObject said = written.object();
            assertFalse(said.bool("holds"));
            assertTrue(said.string("reason").contains("entry 0"), said::toString);
            Run run = Run.of("audit", "verify", "--memory", memory);
            assertEquals(ExitCode.REFUTED, run.code());
            assertTrue(run.out().contains("FAIL        main: entry 0"), run.out());
            assertEquals("", run.err());
            Run.of("memory", "timeline", "--memory", memory).failed(ExitCode.REFUTED);
        }

        @Test
        void namesItInJsonToo() throws IOException {
            JsonObject good = Run.of("audit", "verify", "--memory", memory, "--json")
                    .good()
                    .object();
            assertTrue(good.bool("passed"));
            Path body = memory.resolve("namespaces/main/log/tile/0/000.p/1");
            byte[] bytes = Files.readAllBytes(body);
            bytes[3] ^= 1;
            Files.write(body, bytes);
            Run run = Run.of("audit", "verify", "--memory", memory, "--json");
            assertEquals(ExitCode.REFUTED, run.code(), run.err());
            assertTrue(run.object().array("checks").objects().stream()
                    .anyMatch(check -> check.string("outcome").equals("FAIL")));
        }

        @Test
        void reportIsWrittenToANewFileAlsoIfItFails() throws IOException {
            Path file = directory.resolve("audit.xml");
            Files.delete(Files.createFile(file));
            Run.of("audit", "report", "--memory", memory, "--format", "junit", "--out", file)
                    .good();
            String suites = OutsideProgram.require("python3")
                    .run(
                            directory,
                            "-c",
                            "import sys, xml.etree.ElementTree as e; s = e.parse(sys.argv[1]).getroot();"
                                    + " print(s.tag, s.get('failures'), len(s.findall('testcase')) == int(s.get('tests')))",
                            file.toString())
                    .orFail();
            assertEquals("testsuite 0 True\n", suites);
            Run again =
                    Run.of("audit", "report", "--memory", memory, "--out", file).failed(ExitCode.ENVIRONMENT);
            assertTrue(again.err().contains("exists"), again.err());

            Path tile = memory.resolve("namespaces/main/log/tile/0/000.p/1");
            byte[] bytes = Files.readAllBytes(tile);
            bytes[3] ^= 1;
            Files.write(tile, bytes);
            Path second = directory.resolve("second.json");
            Run failed = Run.of("audit", "report", "--memory", memory, "--format", "json", "--out", second);
            assertEquals(ExitCode.REFUTED, failed.code(), failed.err());
            assertTrue(Files.readString(second).contains("FAIL"));
        }

        @Test
        void missingKeyIsAFinding() throws IOException {
            Files.delete(memory.resolve("keys/log.key"));
            Run run = Run.of("audit", "verify", "--memory", memory).failed(ExitCode.REFUTED);
            assertTrue(run.err().contains("log.key is missing"), run.err());
        }

        @Test
        void directoryWithoutAMemoryIsAMistakeOfTheCaller() {
            Run.of("audit", "verify", "--memory", directory).failed(ExitCode.USAGE);
        }
    }

    @Test
    void rootIsThatOfTheLog() {
        Run run = Run.of("audit", "root", "--memory", memory).good();
        try (Remembrancer open = Remembrancer.open(memory)) {
            assertEquals(open.checkpoint().root().toString(), run.value("root"));
            assertEquals("1", run.value("size"));
            assertEquals(open.checkpoint().origin(), run.value("origin"));
        }
    }
}
