package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnVerbTest {

    @TempDir
    Path directory;

    @Test
    void makesTheServiceAndSaysWhere() throws IOException {
        Run run = Run.of("spawn", "ledger", "--description", "Double-entry ledger", "--out", directory)
                .good();
        Path service = directory.resolve("ledger");
        assertEquals(service.toString(), run.value("created"));
        assertTrue(Files.readString(service.resolve("README.md")).contains("Double-entry ledger"));
        assertTrue(run.value("commit").matches("[0-9a-f]{40}"), run.out());
        assertTrue(run.value("manifest").matches("[0-9a-f]{64}"), run.out());
    }

    @Test
    void planListsWhatSpawnWrites() {
        Run plan = Run.of("spawn", "ledger", "--out", directory, "--plan").good();
        Path service = directory.resolve("ledger");
        assertFalse(Files.exists(service), "a plan writes nothing");
        Run.of("spawn", "ledger", "--out", directory).good();
        List<String> lines = plan.out().lines().toList();
        List<String> files = lines.subList(0, lines.size() - 1);
        assertTrue(files.size() > 10, plan.out());
        for (String line : files) {
            assertEquals(Hashing.sha256(service.resolve(line.substring(66))).toString(), line.substring(0, 64));
        }
        assertTrue(lines.get(lines.size() - 1).startsWith(files.size() + " files planned, manifest "), plan.out());
    }

    @Test
    void badNameAndDescriptionAreBothReported() {
        Run run = Run.of("spawn", "../Ledger", "--description", "", "--out", directory)
                .failed(ExitCode.USAGE);
        assertEquals(2, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("name \"../Ledger\"") && run.err().contains("description \"\""), run.err());
    }

    @Test
    void existingServiceIsLeftAlone() throws IOException {
        Path mine = Files.createDirectory(directory.resolve("ledger")).resolve("mine");
        Files.writeString(mine, "mine");
        Run run = Run.of("spawn", "ledger", "--out", directory).failed(ExitCode.ENVIRONMENT);
        assertTrue(run.err().contains("ledger is not empty"), run.err());
        assertEquals("mine", Files.readString(mine));
    }
}
