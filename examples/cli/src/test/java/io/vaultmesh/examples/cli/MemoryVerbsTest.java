package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryVerbsTest {

    private static final String ADR = "# Other title\n\n## Context\n\nc\n\n## Decision\n\nd\n\n## Consequences\n\ne\n";

    @TempDir
    Path directory;

    private Path memory;
    private Path text;

    @BeforeEach
    void files() throws IOException {
        memory = directory.resolve("memory");
        text = Files.writeString(directory.resolve("text.md"), ADR);
    }

    @Test
    void everyKindIsRecordedAndListedInOrder() {
        String deployment = Run.deploy(memory, text);
        String decision = record("decision").good().value("id");
        String incident = record("incident", "--severity", "high").good().value("id");
        Run discovery = record("discovery").good();
        assertEquals("3", discovery.value("index"));
        assertEquals("discovery \"@it\"", discovery.value("recorded"));

        List<String> lines = Run.of("memory", "timeline", "--memory", memory)
                .good()
                .out()
                .lines()
                .toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).endsWith("Z  deployment  " + deployment + "  ledger 1.0.0"), lines.get(0));
        assertTrue(lines.get(1).endsWith("Z  decision  " + decision + "  @it"), lines.get(1));
        assertTrue(lines.get(2).endsWith("Z  incident  " + incident + "  @it"), lines.get(2));
        assertTrue(lines.get(3).endsWith("Z  discovery  " + discovery.value("id") + "  @it"), lines.get(3));
    }

    @Test
    void queryListsTheRecordsThatHaveAllTheWordsTheBestFirst() {
        String deployment = Run.deploy(memory, text);
        String incident = record("incident", "--severity", "high").good().value("id");

        String found =
                Run.of("memory", "query", "--memory", memory, "ledger").good().out();
        assertTrue(found.endsWith("Z  deployment  " + deployment + "  ledger 1.0.0\n"), found);
        assertEquals(1, found.lines().count(), found);
        found = Run.of("memory", "query", "--memory", memory, "CONTEXT", "high")
                .good()
                .out();
        assertTrue(found.endsWith("Z  incident  " + incident + "  @it\n"), found);
        Run.deploy(memory, text);
        assertEquals(
                1,
                Run.of("memory", "query", "--memory", memory, "--most", "1", "ledger")
                        .out()
                        .lines()
                        .count());
        Run none = Run.of("memory", "query", "--memory", memory, "--most", "0", "ledger")
                .failed(ExitCode.USAGE);
        assertEquals("vaultmesh: --most is 0, expected at least 1\n", none.err());
        Run.of("memory", "query", "--memory", memory).failed(ExitCode.USAGE);
    }

    /** A title may begin with what other commands take for the name of a file with arguments. */
    private Run record(String kind, Object... more) {
        Object[] args = {"memory", "record", kind, "--memory", memory, "--title", "@it", "--body", text};
        Object[] all = new Object[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    @Test
    void decisionKeepsEveryPartOfItsFile() throws IOException {
        Files.writeString(text, ADR.replace("\n", "\r\n"));
        record("decision").good();
        try (Remembrancer open = Remembrancer.open(memory)) {
            String body = open.timeline()
                    .findFirst()
                    .flatMap(record -> open.namespace("main").body(record))
                    .orElseThrow();
            assertEquals("# @it\n\n## Context\n\nc\n\n## Decision\n\nd\n\n## Consequences\n\ne\n", body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Just text\n",
                "## Context\nc\n## Decision\nd\n",
                "## Decision\nd\n## Context\nc\n## Consequences\ne\n",
                "# T\n\nA paragraph that would be lost\n\n## Context\nc\n## Decision\nd\n## Consequences\ne\n"
            })
    void decisionWithOtherHeadingsIsRefused(String body) throws IOException {
        Files.writeString(text, body);
        Run run = record("decision").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("text.md is no decision"), run.err());
        assertFalse(Files.exists(memory));
    }

    @Test
    void unknownSeverityIsNamed() {
        Run run = record("incident", "--severity", "mild").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("expected low, medium, high or critical, but was 'mild'"), run.err());
    }

    @Test
    void missingFileDoesNotCreateAMemory() throws IOException {
        Files.delete(text);
        Run run = record("discovery").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("text.md is not there, expected a file"), run.err());
        assertFalse(Files.exists(memory));
    }

    @Test
    void bodyThatIsNotUtf8IsRefused() throws IOException {
        Files.write(text, new byte[] {(byte) 0xC3, '('});
        Run run = record("discovery").failed(ExitCode.USAGE);
        assertTrue(run.err().contains("text.md is not UTF-8"), run.err());
    }

    @Test
    void readingNeverCreatesAMemory() {
        Run run = Run.of("memory", "timeline", "--memory", memory).failed(ExitCode.USAGE);
        assertTrue(run.err().contains(memory + " is absent"), run.err());
        Run file = Run.of("memory", "timeline", "--memory", text).failed(ExitCode.USAGE);
        assertTrue(file.err().contains(text + " is a file, expected the directory of a memory"), file.err());
        assertFalse(Files.exists(memory));
    }

    @Test
    void lockedMemoryIsReadAndNotWritten() {
        Run.deploy(memory, text);
        try (Remembrancer writer = Remembrancer.open(memory)) {
            assertFalse(writer.created());
            for (String verb : List.of("timeline", "list")) {
                assertEquals(
                        1,
                        Run.of("memory", verb, "--memory", memory)
                                .good()
                                .out()
                                .lines()
                                .count());
            }
            Run run = record("discovery").failed(ExitCode.ENVIRONMENT);
            assertTrue(run.err().contains("already open"), run.err());
        }
    }

    @Test
    void receiptIsTheSameInAFileAndPrinted() throws IOException {
        String id = Run.deploy(memory, text);
        Path file = directory.resolve("r.json");
        Run printed = Run.of("memory", "receipt", id, "--memory", memory).good();
        Run.of("memory", "receipt", id, "--memory", memory, "--out", file).good();
        assertArrayEquals(printed.out().getBytes(StandardCharsets.UTF_8), Files.readAllBytes(file));
    }

    @Test
    void receiptOverwritesNothing() {
        String id = Run.deploy(memory, text);
        Run run = Run.of("memory", "receipt", id, "--memory", memory, "--out", text)
                .failed(ExitCode.ENVIRONMENT);
        assertTrue(run.err().contains(text + " exists"), run.err());
    }

    @Test
    void unknownIdIsNamed() {
        Run.deploy(memory, text);
        String id = "ab".repeat(32);
        Run run = Run.of("memory", "receipt", id, "--memory", memory).failed(ExitCode.USAGE);
        assertTrue(run.err().contains("has no record " + id), run.err());
        Run.of("memory", "receipt", "abc", "--memory", memory).failed(ExitCode.USAGE);
    }
}
