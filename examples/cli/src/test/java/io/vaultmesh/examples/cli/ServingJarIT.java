package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What serves, as a process of its own, which a signal ends. */
class ServingJarIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"TERM, log serve log", "INT, log serve log", "TERM, tsa serve", "TERM, federation serve --memory memory"
    })
    void endsWellOnASignal(String signal, String args) throws IOException, InterruptedException {
        prepare(args);
        Path err = directory.resolve("err");
        Process process = start(err, args.split(" "));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertTrue(line != null && line.startsWith("serving   http://"), line + Files.readString(err));
            OutsideProgram.require("sh")
                    .run(directory, "-c", "kill -" + signal + " " + process.pid())
                    .orFail();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on after SIG" + signal);
            assertEquals(ExitCode.GOOD, process.exitValue());
            assertEquals("", Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
        if (args.startsWith("federation")) { // it was closed, so that nothing holds its lock
            Run.of("audit", "verify", "--memory", directory.resolve("memory")).good();
        }
    }

    private void prepare(String args) throws IOException {
        if (args.startsWith("log")) {
            Run.of("log", "init", directory.resolve("log"), "--origin", "example.com/log")
                    .good();
        } else if (args.startsWith("federation")) {
            Path memory = directory.resolve("memory");
            Run.deploy(memory, Files.writeString(directory.resolve("artifact"), "a"));
            Run.of("federation", "init", "--memory", memory, "--dir", directory, "--port", FreePort.find())
                    .good();
        }
    }

    private Process start(Path err, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("module.jar")));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        builder.environment().remove("VAULTMESH_TRACE");
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM announces it on standard error
        return builder.start();
    }
}
