package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, and how it is shown. */
class RecordTest {

    @TempDir
    Path directory;

    private Path memory;
    private Path jar;

    @BeforeEach
    void files() throws IOException {
        memory = directory.resolve("memory");
        jar = Files.writeString(directory.resolve("ledger.jar"), "ledger");
    }

    private String sha256(Path file) {
        return OutsideProgram.require("sh")
                .run(directory, "-c", "sha256sum \"$1\" | cut -d' ' -f1", "-", file.toString())
                .orFail()
                .strip();
    }

    private Run deploy(Object... more) {
        Object[] args = {
            "memory", "record", "deploy", "--memory", memory, "--component", "ledger", "--version", "1", "--artifact"
        };
        Object[] all = new Object[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    @Test
    void digestsAreThoseOfSha256sum() throws IOException {
        Path other = Files.writeString(directory.resolve("книга.txt"), "книга");
        String id = deploy(jar, other, "--environment", "production").good().value("id");
        Run shown = Run.of("memory", "show", id, "--memory", memory).good();
        assertTrue(shown.out().contains("subject   " + sha256(jar) + "  ledger.jar\n"), shown.out());
        assertTrue(shown.out().contains("subject   " + sha256(other) + "  книга.txt\n"), shown.out());
        assertTrue(shown.out().contains("attribute environment = production\n"), shown.out());
    }

    @Test
    void hashThatAgreesIsTaken() {
        deploy(jar, "--sha256", sha256(jar)).good();
    }

    @Test
    void hashThatDisagreesIsRefutedAndNothingIsRecorded() {
        String wrong = "ab".repeat(32);
        Run run = deploy(jar, "--sha256", wrong).failed(ExitCode.REFUTED);
        assertTrue(run.err().contains(wrong) && run.err().contains(sha256(jar)), run.err());
        assertFalse(Files.exists(memory));
    }

    @Test
    void everyFileNeedsItsHash() {
        Run run = deploy(jar, jar, "--sha256", sha256(jar)).failed(ExitCode.USAGE);
        assertTrue(run.err().contains("expected one each"), run.err());
        deploy(jar, "--sha256", "xyz").failed(ExitCode.USAGE);
    }

    @Test
    void filesOfOneNameAreRefusedSinceTheRecordCouldNotTellThemApart() throws IOException {
        Path other =
                Files.writeString(Files.createDirectory(directory.resolve("b")).resolve("ledger.jar"), "other");
        for (Path second : List.of(other, jar)) {
            Run run = deploy(jar, second).failed(ExitCode.USAGE);
            assertTrue(
                    run.err()
                            .contains("--artifact names " + jar + " and " + second
                                    + ", which are both called ledger.jar"),
                    run.err());
        }
        assertFalse(Files.exists(memory));
    }

    @Test
    void bodyIsReadFromTheStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("Прочитано\n".getBytes(StandardCharsets.UTF_8)));
            String id = Run.of("memory", "record", "discovery", "--memory", memory, "--title", "T", "--body", "-")
                    .good()
                    .value("id");
            JsonObject json = Run.of("memory", "show", id, "--memory", memory, "--json")
                    .good()
                    .object();
            assertEquals("Прочитано\n", json.string("body"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void bodyMayBeLeftOut() {
        for (String kind : List.of("incident", "discovery", "decision")) {
            Run run = Run.of("memory", "record", kind, "--memory", memory, "--title", "数据库很慢", "--json")
                    .good();
            assertEquals("数据库很慢", run.object().string("title"));
            assertEquals(kind, run.object().string("kind"));
        }
    }

    @Test
    void theSameCallWithAKeyGivesTheFirstRecord() {
        String first = deploy(jar, "--key", "k").good().value("id");
        assertEquals(first, deploy(jar, "--key", "k").good().value("id"));
        Run other = deploy(jar, "--key", "k", "--environment", "e").failed(ExitCode.USAGE);
        assertTrue(other.err().contains(first), other.err());
    }

    @Test
    void namespacesAreApart() {
        deploy(jar, "--namespace", "dao:vaultmesh").good();
        assertEquals("", Run.of("memory", "timeline", "--memory", memory).good().out());
        assertEquals(
                1,
                Run.of("memory", "list", "--memory", memory, "--namespace", "dao:vaultmesh")
                        .good()
                        .out()
                        .lines()
                        .count());
        for (List<String> verb : List.of(List.of("memory", "list"), List.of("audit", "root"))) {
            Run run = Run.of(verb.get(0), verb.get(1), "--memory", memory, "--namespace", "typo")
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("has no namespace typo"), run.err());
        }
        assertFalse(Files.exists(memory.resolve("namespaces/typo")));
    }

    @Test
    void listsAKindTheNewestFirst() {
        deploy(jar).good();
        Run.of("memory", "record", "incident", "--memory", memory, "--title", "I")
                .good();
        String second = deploy(jar).good().value("id");
        List<JsonObject> all =
                Run.of("memory", "list", "--memory", memory, "--json").good().json();
        assertEquals(
                List.of("deployment", "incident", "deployment"),
                all.stream().map(record -> record.string("kind")).toList());
        assertEquals(second, all.get(0).string("id"));
        assertEquals(
                2,
                Run.of("memory", "list", "deployment", "--memory", memory)
                        .good()
                        .out()
                        .lines()
                        .count());
        Run most = Run.of("memory", "list", "--memory", memory, "--most", "2");
        assertEquals(2, most.out().lines().count(), most.out());
        assertEquals("vaultmesh: 2 of 3 are listed, --most lists more\n", most.err());
        Run unknown = Run.of("memory", "list", "deploy", "--memory", memory).failed(ExitCode.USAGE);
        assertTrue(unknown.err().contains("expected deployment, decision"), unknown.err());
    }

    @Test
    void timelineBeginsAtATime() {
        String id = deploy(jar).good().value("id");
        assertTrue(Run.of("memory", "timeline", "--memory", memory, "--since", "2020-01-01")
                .good()
                .out()
                .contains(id));
        assertEquals(
                "",
                Run.of("memory", "timeline", "--memory", memory, "--since", "9998-01-01T00:00:00+01:00")
                        .good()
                        .out());
        Run run = Run.of("memory", "timeline", "--memory", memory, "--since", "yesterday")
                .failed(ExitCode.USAGE);
        assertTrue(run.err().contains("expected a day as 2026-11-27"), run.err());
    }

    @Test
    void receiptInJsonIsTheReceipt() {
        String id = deploy(jar).good().value("id");
        JsonObject json = Run.of("memory", "receipt", id, "--memory", memory, "--json")
                .good()
                .object();
        json.only("format", "envelope", "proof");
    }
}
