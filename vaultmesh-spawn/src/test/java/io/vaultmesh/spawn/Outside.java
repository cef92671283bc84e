package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs a program that is not ours, to hear what it says about our files. */
final class Outside {

    private static final int SECONDS = 180;

    private final String program;

    private Outside(String program) {
        this.program = program;
    }

    /** A program by its name or absolute path. If it isn't there the test is skipped, and fails with {@code CI=true}. */
    static Outside program(String name) {
        boolean there = new File(name).isAbsolute()
                ? Files.isExecutable(Path.of(name))
                : List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        requireThere(there, name);
        return new Outside(name);
    }

    /** Python as the system has it, with what a generated service needs from the system's packages. */
    @CanIgnoreReturnValue
    static Outside python() {
        Outside python = program("/usr/bin/python3");
        Result result = python.run(Path.of("."), Map.of(), "-c", "import fastapi, httpx, pytest, uvicorn");
        requireThere(result.exit == 0, "python3-fastapi, python3-httpx, python3-pytest, python3-uvicorn");
        return python;
    }

    private static void requireThere(boolean there, String what) {
        if (!there && "true".equals(System.getenv("CI"))) {
            fail(what + " is not installed here, and CI needs it");
        }
        Assumptions.assumeTrue(there, what + " is not installed here");
    }

    /** What a program said, both streams together. */
    record Result(String command, int exit, String output) {

        /** What it said, if it ended well; else the test fails. */
        @CanIgnoreReturnValue
        String ok() {
            assertEquals(0, exit, () -> command + " said:\n" + output);
            return output;
        }
    }

    /** Runs it. Variables of Python and git are taken from the environment first, since they change what is tested. */
    Result run(Path directory, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("outside", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("PY") || name.startsWith("GIT_"));
                builder.environment().putAll(variables);
                Process process = builder.start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    fail(command + " did not end within " + SECONDS + " seconds and said:\n"
                            + Files.readString(output));
                }
                return new Result(command.toString(), process.exitValue(), Files.readString(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new AssertionError("can't run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }
}
