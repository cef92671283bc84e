package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in which everything is: what each part needs of its own jar must have come along. */
class BenchmarksJarIT {

    private static final String JAR = System.getProperty("module.jar");
    private static final String TESTS = System.getProperty("module.tests");
    private static final int SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void nativeLibrariesOfThePeersLoadFromIt() throws Exception {
        String said = java(
                0,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                JAR + File.pathSeparator + TESTS,
                Peers.class.getName(),
                directory.toString());
        assertEquals("3 rows, 600 bytes", said);
    }

    @Test
    void benchmarksAreFoundInIt() throws Exception {
        String listed = java(0, "-cp", JAR, "org.openjdk.jmh.Main", "-l");
        for (Comparison comparison : Comparison.ALL) {
            assertTrue(listed.contains(comparison.ours().name()), listed);
        }
    }

    @Test
    void wrongArgumentIsAnsweredWithTheRightOnes() throws Exception {
        String said = java(2, "-jar", JAR, "fcsk");
        assertEquals("\"fcsk\" is no option and no name of a comparison\n" + Choice.USAGE.strip(), said);
    }

    private String java(int status, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        assertEquals(status, process.exitValue(), text);
        return text;
    }

    /** What the process does that has the jar. */
    static final class Peers {

        private Peers() {}

        public static void main(String... arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            List<byte[]> entries = List.of(Samples.entries(3));
            try (SqliteTable sqlite = SqliteTable.create(directory.resolve("table.db"), 1);
                    RocksTable rocks = RocksTable.create(directory.resolve("rocks"), RocksTable.options())) {
                sqlite.insertAll(entries);
                rocks.putAll(entries);
                System.out.println(
                        sqlite.ask("SELECT count(*) FROM entries").get(0) + " rows, " + rocks.get(2).length + " bytes");
            }
        }
    }
}
