package io.vaultmesh.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class OutsideProgramTest {

    private static final List<Tool> TOOLS = Tool.parse(List.of(
            "# a comment",
            "",
            "required    shell    apt:dash        sh -c true",
            "required    nothing  apt:nothing-1   no-such-program --version",
            "if-present  luxury   -               no-such-program --version"));

    private final OutsideProgram shell = OutsideProgram.require("shell", TOOLS, true);

    @TempDir
    Path directory;

    @Nested
    class Require {
        @Test
        void ofAnAbsentProgramSkipsTheTestAndNamesWhatToInstall() {
            TestAbortedException skip =
                    assertThrows(TestAbortedException.class, () -> OutsideProgram.require("nothing", TOOLS, false));
            assertEquals(
                    "nothing is not here (`no-such-program --version` exits with 127); apt-get install nothing-1",
                    skip.getMessage());
        }

        @Test
        void ofAnAbsentRequiredProgramFailsInCi() {
            AssertionError failure =
                    assertThrows(AssertionError.class, () -> OutsideProgram.require("nothing", TOOLS, true));
            assertTrue(failure.getMessage().endsWith("apt-get install nothing-1; .ci/tools lists it as required"));
        }

        @Test
        void ofAnAbsentLuxurySkipsInCiToo() {
            assertThrows(TestAbortedException.class, () -> OutsideProgram.require("luxury", TOOLS, true));
        }

        @Test
        void ofAnUnlistedProgramIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> OutsideProgram.require("git2", TOOLS, false));
        }

        @Test
        void readsTheListOfTheProject() {
            assertTrue(OutsideProgram.require("git")
                    .run(directory, "--version")
                    .orFail()
                    .startsWith("git version"));
        }
    }

    @Nested
    class Run {
        @Test
        void givesStatusAndBothOutputs() {
            OutsideProgram.Result result = shell.run(directory, "-c", "pwd -P; echo oh >&2; exit 3");
            assertEquals(3, result.exit());
            assertEquals("oh\n", result.err());
            assertTrue(result.out().endsWith(directory.getFileName() + "\n"));
        }

        @Test
        void failsWithAllThatWasPrinted() {
            OutsideProgram.Result result = shell.run(directory, "-c", "echo ah; echo oh >&2; exit 3");
            String message = assertThrows(AssertionError.class, result::orFail).getMessage();
            assertTrue(message.contains("exits with 3"), message);
            assertTrue(message.contains("ah"), message);
            assertTrue(message.contains("oh"), message);
        }

        @Test
        void readsAnEmptyInput() {
            assertEquals("", shell.run(directory, "-c", "cat").orFail());
        }

        @Test
        void takesVariables() {
            assertEquals(
                    "y\n", shell.env("X", "y").run(directory, "-c", "echo $X").orFail());
        }

        @Test
        void doesNotSeeVariablesThatAreWithheld() {
            assertEquals("h\n", shell.run(directory, "-c", "echo ${HOME:+h}").orFail());
            assertEquals(
                    "\n",
                    shell.withoutEnv("HOM")
                            .run(directory, "-c", "echo ${HOME:+h}")
                            .orFail());
            assertEquals(
                    "y\n",
                    shell.withoutEnv("X")
                            .env("X", "y")
                            .run(directory, "-c", "echo $X")
                            .orFail());
        }

        @Test
        void isNotStoppedByMoreOutputThanAPipeHolds() {
            assertEquals(
                    1_000_000,
                    shell.run(directory, "-c", "head -c 1000000 /dev/zero")
                            .orFail()
                            .length());
        }

        @Test
        void isKilledWithItsChildrenAtTheDeadline() {
            OutsideProgram hurried = shell.deadline(Duration.ofMillis(300));
            AssertionError failure = assertThrows(
                    AssertionError.class,
                    () -> hurried.run(directory, "-c", "echo begun; (sleep 1; touch survived) & wait"));
            assertTrue(failure.getMessage().startsWith("not done within 300 ms"), failure.getMessage());
            assertTrue(failure.getMessage().contains("begun"), failure.getMessage());
            assertEquals(0, shell.run(directory, "-c", "sleep 1.2").exit());
            assertFalse(Files.exists(directory.resolve("survived")), "the child outlived the deadline");
        }
    }

    @Nested
    class Rows {
        @Test
        void haveFourColumns() {
            assertThrows(IllegalArgumentException.class, () -> Tool.parse(List.of("required git apt:git")));
        }

        @Test
        void sayWhetherTheyAreRequired() {
            assertThrows(IllegalArgumentException.class, () -> Tool.parse(List.of("needed git apt:git git -v")));
        }

        @Test
        void keepTheProbeWhole() {
            assertEquals("no-such-program --version", TOOLS.get(1).probe());
            assertEquals("no-such-program", TOOLS.get(1).program());
        }
    }
}
