package io.vaultmesh.remembrancer.faults;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Where a suite works, in two lanes at a time: below {@code target/faults}, where everything stays for a look if it fails. Its
 * last line also goes to a file, for the table of a CI run.
 */
final class Bench {

    private static final int LANES = 2;

    private final String suite;
    private final Path home;

    private Bench(String suite, Path home) {
        this.suite = suite;
        this.home = home;
    }

    static Bench of(String suite) throws IOException {
        Path faults =
                Path.of(System.getProperty("module.dir", "")).toAbsolutePath().resolve("target/faults");
        Path home = faults.resolve(suite);
        delete(home);
        Files.deleteIfExists(faults.resolve(suite + ".txt"));
        Files.createDirectories(home);
        System.out.println(suite + ": seed " + TestSeed.value());
        return new Bench(suite, home);
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(home.resolve(name));
    }

    interface Lane {
        void run(int number) throws Exception;
    }

    /** Runs the lanes; when one fails the others are interrupted. */
    void inLanes(Lane lane) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    lane.run(number);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("with seed " + TestSeed.value() + ", see " + home, e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** The command that runs a class; what its libraries unpack is kept here, where it is deleted. */
    List<String> command(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-Dorg.sqlite.tmpdir=" + directory("unpacked"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a class; what it prints as errors goes to a file. */
    Process start(Path errors, Class<?> main, String... arguments) throws IOException {
        return new ProcessBuilder(command(main, arguments))
                .redirectError(errors.toFile())
                .start();
    }

    /** Says what was done, and clears the bench: nothing failed. */
    void close(String summary) throws IOException {
        System.out.println(suite + ": " + summary);
        Files.writeString(home.resolveSibling(suite + ".txt"), summary + "\n");
        delete(home);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
