package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.build.OutsideProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vaultmesh log} makes, verified by core's program on Go's transparency log. */
class GoReadsLogsTest {

    private static final Path MODULE =
            Path.of(System.getProperty("module.dir", "")).toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void logAndProofsAreVerified() throws IOException {
        OutsideProgram go = OutsideProgram.require("go", "go-x-mod")
                .deadline(Duration.ofMinutes(3))
                .withoutEnv("GO")
                .env(Map.of(
                        "GO111MODULE", "off",
                        "GOENV", "off",
                        "GOTOOLCHAIN", "local",
                        "GOPATH", "/usr/share/gocode",
                        "GOCACHE", MODULE.resolve("target/go-cache").toString()));
        Path log = directory.resolve("log");
        String vkey =
                Run.of("log", "init", log, "--origin", "example.com/cli").good().value("vkey");
        Path lines = Files.writeString(
                directory.resolve("lines"),
                IntStream.range(0, 300).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));
        Run.of("log", "append", log, "--lines", lines).good();
        Path inclusion = directory.resolve("7.tlog-proof");
        Run.of("log", "prove", log, "7", "--out", inclusion).good();
        Path consistency = Files.writeString(
                directory.resolve("proof.consistency"),
                Run.of("log", "consistency", log, "200", "300").good().out());

        Result verified = go.run(
                MODULE.resolve("../../vaultmesh-core/src/test/go/verify-log"),
                "run",
                ".",
                "verify",
                log.toString(),
                vkey,
                inclusion.toString(),
                consistency.toString());

        String out = verified.orFail();
        Expect.starts(out, "checkpoint: signed by example.com/cli, size 300, root ");
        assertTrue(out.endsWith("\nproof files: 2 verified\n"), out);
        Files.writeString(inclusion, Files.readString(inclusion).replace("index 7", "index 8"));
        assertNotEquals(
                0,
                go.run(
                                MODULE.resolve("../../vaultmesh-core/src/test/go/verify-log"),
                                "run",
                                ".",
                                "verify",
                                log.toString(),
                                vkey,
                                inclusion.toString())
                        .exit());
    }
}
