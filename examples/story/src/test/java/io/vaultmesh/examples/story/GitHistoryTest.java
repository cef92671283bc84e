package io.vaultmesh.examples.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHistoryTest {

    @TempDir
    Path directory;

    private OutsideProgram git;
    private Path repository;

    @BeforeEach
    void repository() throws IOException {
        git = OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Ada",
                        "GIT_AUTHOR_EMAIL", "ada@example.com",
                        "GIT_COMMITTER_NAME", "Ada",
                        "GIT_COMMITTER_EMAIL", "ada@example.com",
                        "GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z"));
        repository = Files.createDirectory(directory.resolve("ledger"));
        git("init", "-q", "-b", "main");
        commit("Plug a memory leak\n\nIn the cache.", "cache.c", "a\tb\nc.c");
        commit("Nothing changed");
        git("checkout", "-q", "-b", "topic", "HEAD~1");
        commit("\tTabs\tin the subject", "topic.c");
        git("checkout", "-q", "main");
        git("merge", "-q", "--no-ff", "-m", "Merge the topic\n\nIt has no memory leak.", "topic");
        git("tag", "1.0,beta");
        git("tag", "-a", "-m", "First", "1.0");
        commit("");
    }

    private void git(String... arguments) {
        String unused = git.run(repository, arguments).orFail();
    }

    private void commit(String message, String... files) throws IOException {
        for (String file : files) {
            Files.writeString(repository.resolve(file), "");
        }
        git("add", "--all");
        git("commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-m", message);
    }

    private String run(String... options) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            List<String> arguments = new ArrayList<>(List.of(repository.toString(), memory().toString()));
            arguments.addAll(List.of(options));
            GitHistory.main(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return out.toString(UTF_8);
    }

    private Path memory() {
        return directory.resolve("memory");
    }

    private List<MemoryRecord> records() {
        try (Remembrancer memory = Remembrancer.open(memory())) {
            return memory.timeline().toList();
        }
    }

    @Test
    void commitsBecomeDecisionsAndMergesAndTagsDeployments() throws IOException {
        String out = run();
        assertTrue(out.startsWith("Remembered:  5 commits of ledger in "), out);
        assertTrue(out.contains("; 7 new records, 7 in all\n"), out);
        List<MemoryRecord> records = records();
        String merge = git.run(repository, "rev-parse", "HEAD~1").orFail().strip();
        String last = git.run(repository, "rev-parse", "HEAD").orFail().strip();
        assertEquals(
                Set.of(
                        "Commit " + last,
                        "Nothing changed",
                        "Plug a memory leak",
                        "Tabs in the subject",
                        "ledger " + merge.substring(0, 12),
                        "ledger 1.0",
                        "ledger 1.0,beta"),
                records.stream().map(MemoryRecord::title).collect(Collectors.toSet()));
        MemoryRecord first = records.get(0);
        assertEquals(Kind.DECISION, first.kind());
        assertEquals(new JsonNumber(2), first.predicate().attributes().get("files"));
        assertEquals(
                new JsonString("2026-01-02T03:04:05Z"),
                first.predicate().attributes().get("committed"));
        assertEquals("ledger", first.predicate().component().orElseThrow());
    }

    @Test
    void recordsAreRelatedToTheirParentsAndTagsToTheirCommits() throws IOException {
        String unused = run();
        List<MemoryRecord> records = records();
        MemoryRecord root = records.get(0);
        List<MemoryRecord> children = records.stream()
                .filter(record -> record.predicate().links().equals(List.of(new Link(Link.Rel.RELATES, root.id()))))
                .toList();
        assertEquals(2, children.size());
        MemoryRecord merge = records.get(3);
        assertEquals(
                children.stream().map(MemoryRecord::id).sorted().toList(),
                merge.predicate().links().stream().map(Link::to).sorted().toList());
        for (MemoryRecord after : records.subList(4, 7)) {
            assertEquals(
                    List.of(new Link(Link.Rel.RELATES, merge.id())),
                    after.predicate().links());
        }
    }

    @Test
    void whatIsFoundIsProvenAndTheAuditPasses() throws IOException {
        String out = run();
        assertTrue(out.contains("Found:       4 records with \"memory leak\""), out);
        assertTrue(
                out.indexOf("proven     decision") < out.indexOf("proven     deployment"), "titles come first: " + out);
        assertTrue(out.contains("Audited:     audit of memory"), out);
        assertTrue(out.contains(" 0 failed"), out);
    }

    @Test
    void runAgainAddsOnlyWhatIsNew() throws IOException {
        String first = run("--most", "2");
        assertTrue(first.contains("2 commits of ledger") && first.contains("2 new records, 2 in all"), first);
        assertTrue(run().contains("; 5 new records, 7 in all\n"));
        assertTrue(run().contains("; 0 new records, 7 in all\n"));
        git("tag", "0.1", "main~2"); // the parent of what was remembered long ago
        assertTrue(run().contains("; 1 new records, 8 in all\n"));
    }

    @Test
    void whatIsNoRepositoryMakesNoMemory() throws IOException {
        repository = Files.createDirectory(directory.resolve("nothing"));
        IOException e = assertThrows(IOException.class, this::run);
        assertEquals("git exits with 128", e.getMessage());
        assertTrue(Files.notExists(memory()));
    }
}
