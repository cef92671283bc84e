package io.vaultmesh.spawn.toolchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ToolchainTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    @CanIgnoreReturnValue
    private Path program(String directory, String name, String mode, String script) throws IOException {
        Files.createDirectories(temp.resolve(directory));
        Path file = Files.writeString(temp.resolve(directory).resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Toolchain path(String... directories) {
        StringBuilder path = new StringBuilder();
        for (String directory : directories) {
            path.append(File.pathSeparator).append(temp.resolve(directory));
        }
        return Toolchain.of(Map.of("PATH", path.toString(), "GREETING", "hello"));
    }

    @Test
    void findsTheFirstProgramThatMayBeRun() throws IOException {
        program("one", "tool", "rw-r--r--", "");
        Path second = program("two", "tool", "rwxr-xr-x", "");
        program("three", "tool", "rwxr-xr-x", "");
        Files.createDirectories(temp.resolve("one/other"));

        assertEquals(Optional.of(second), path("one", "two", "three").find("tool"));
        assertEquals(Optional.empty(), path("one", "two").find("other"));
        assertEquals(Optional.empty(), Toolchain.of(Map.of()).find("tool"));
    }

    @Test
    void findsNothingByAnEntryThatMeansAnotherDirectoryElsewhere() throws IOException {
        program("bin", "tool", "rwxr-xr-x", "");
        Path relative = Path.of("").toAbsolutePath().relativize(temp.resolve("bin"));
        assertTrue(Files.isExecutable(relative.resolve("tool")), "the test itself would find it");

        for (String path : new String[] {relative.toString(), relative + "/.", "", ".", ":" + relative + ":"}) {
            assertEquals(Optional.empty(), Toolchain.of(Map.of("PATH", path)).find("tool"), path);
        }
    }

    @Test
    void runsAProgramInItsEnvironmentAndGivesWhatItSays() throws IOException {
        Path tool =
                program("bin", "tool", "rwxr-xr-x", "read line; echo $GREETING $line $1 $HOME; echo err >&2; exit 3");

        Toolchain.Run run = path("bin").run(tool, temp, "world\n".getBytes(StandardCharsets.UTF_8), LONG, "!");

        assertEquals(new Toolchain.Run(true, 3, "hello world !\nerr\n"), run);
        assertFalse(run.succeeded());
    }

    @Test
    void tellsAProgramOfNoRepositoryButOfGitsSettings() throws IOException {
        Path tool = program("bin", "tool", "rwxr-xr-x", "echo $GIT_DIR $GIT_INDEX_FILE $GIT_CONFIG_GLOBAL");
        Map<String, String> environment = Map.of("GIT_DIR", "a", "GIT_INDEX_FILE", "b", "GIT_CONFIG_GLOBAL", "c");

        assertEquals(
                "c\n",
                Toolchain.of(environment).run(tool, temp, new byte[0], LONG).output());
    }

    @Test
    void leavesOutTheVariablesThatItIsToldTo() throws IOException {
        Path tool = program("bin", "tool", "rwxr-xr-x", "echo $GIT_CONFIG_GLOBAL $GREETING");
        Toolchain all = Toolchain.of(Map.of("GIT_CONFIG_GLOBAL", "c", "GREETING", "hello"));

        assertEquals(
                "hello\n",
                all.withoutVariables("GIT_").run(tool, temp, new byte[0], LONG).output());
    }

    @Test
    void endsAProgramAndItsChildrenWhenTheirTimeIsUp() throws IOException {
        Path tool = program("bin", "tool", "rwxr-xr-x", "/bin/sleep 1000 & echo started; wait");

        Toolchain.Run run = path("bin").run(tool, temp, new byte[0], Duration.ofMillis(500));

        assertFalse(run.ended());
        assertTrue(ProcessHandle.current()
                .descendants()
                .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 1000")));
    }
}
