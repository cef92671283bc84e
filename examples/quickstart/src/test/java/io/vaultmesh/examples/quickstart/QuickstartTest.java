package io.vaultmesh.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    static final Path REPOSITORY =
            Path.of(System.getProperty("module.dir"), "../..").normalize();

    @TempDir
    Path directory;

    private String run() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            Quickstart.main(new String[] {directory.toString()});
        } finally {
            System.setOut(before);
        }
        return out.toString(UTF_8).replace(directory.toString(), "quickstart");
    }

    /** What differs from run to run, and with what was done before, made the same. */
    private static String shape(String output) {
        return output.replaceAll("\\b[0-9a-f]{64}\\b", "HASH")
                .replaceAll("\\b[0-9a-f]{40}\\b", "COMMIT")
                .replaceAll("vaultmesh\\.invalid/[0-9a-f]{16}", "NAME")
                .replaceAll("(entry 0, )\\d+", "$1N");
    }

    private static String readme() throws IOException {
        return Files.readString(REPOSITORY.resolve("README.md"));
    }

    static String block(String readme, String marker) {
        int start = readme.indexOf("<!-- " + marker + " -->");
        assertTrue(start >= 0, "the README has no <!-- " + marker + " -->");
        int open = readme.indexOf('\n', readme.indexOf("```", start)) + 1;
        return readme.substring(open, readme.indexOf("```", open));
    }

    @Test
    void printsWhatTheReadmeSays() throws IOException {
        assertEquals(shape(block(readme(), "quickstart-output")), shape(run()));
    }

    /** The lines between two markers of a source file, as they stand in a document. */
    static String region(String source, String name) {
        String start = "// region " + name + "\n";
        int begin = source.indexOf(start) + start.length();
        String region = source.substring(begin, source.indexOf("// endregion", begin));
        return region.stripTrailing().stripIndent() + "\n";
    }

    @Test
    void isTheReadmesExample() throws IOException {
        String source = Files.readString(REPOSITORY.resolve(
                "examples/quickstart/src/main/java/io/vaultmesh/examples/quickstart/Quickstart.java"));
        assertEquals(region(source, "readme"), block(readme(), "quickstart-source"));
        assertTrue(
                source.lines().count() < 80,
                "the main class has " + source.lines().count() + " lines");
    }

    @Test
    void standsBesideATestThatTheGuideToTestingShows() throws IOException {
        String source = Files.readString(REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/TransferTest.java"));
        String guide = Files.readString(REPOSITORY.resolve("docs/TESTING.md"));
        assertEquals(region(source, "testing"), block(guide, "testing-source"));
        String golden =
                Files.readString(REPOSITORY.resolve("examples/quickstart/src/test/resources/golden/transfer.txt"));
        assertEquals(golden, block(guide, "testing-golden"));
    }

    @Test
    void runAgainNeitherFailsNorDuplicates() throws IOException {
        List<String> first = run().lines().toList();
        List<String> second = run().lines().toList();
        assertTrue(first.get(0).startsWith("Created:"), first.get(0));
        assertEquals("Left alone:  quickstart/services/ledger, which exists", second.get(0));
        assertEquals(first.subList(1, 4), second.subList(1, 4), "the same records, the same root");
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            assertEquals(2, memory.timeline().count());
            memory.verifyAudit().orThrow();
        }
    }

    @Test
    void leavesOneCommitOfEveryFile() throws IOException {
        run();
        Path ledger = directory.resolve("services/ledger");
        OutsideProgram git = OutsideProgram.require("git");
        assertEquals("", git.run(ledger, "status", "--porcelain", "--ignored").orFail());
        assertEquals("1\n", git.run(ledger, "rev-list", "--count", "--all").orFail());
        assertEquals("main\n", git.run(ledger, "branch", "--show-current").orFail());
    }
}
