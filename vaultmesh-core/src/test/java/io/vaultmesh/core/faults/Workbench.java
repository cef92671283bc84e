package io.vaultmesh.core.faults;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Where a suite works, in two lanes at a time: below {@code target/faults}, where everything stays for a look if it fails. Its
 * last line also goes to a file, for the table of a CI run.
 */
final class Workbench {

    private static final int LANES = 2;

    private final String suite;
    private final Path home;

    private Workbench(String suite, Path home) {
        this.suite = suite;
        this.home = home;
    }

    static Workbench of(String suite) throws IOException {
        Path faults =
                Path.of(System.getProperty("module.dir", "")).toAbsolutePath().resolve("target/faults");
        Path home = faults.resolve(suite);
        Directories.delete(home);
        Files.deleteIfExists(faults.resolve(suite + ".txt"));
        Files.createDirectories(home);
        System.out.println(suite + ": seed " + TestSeed.value());
        return new Workbench(suite, home);
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(home.resolve(name));
    }

    Path lane(int lane) throws IOException {
        return directory("lane" + lane);
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

    /** Says what was done, and clears the bench: nothing failed. */
    void close(String summary) throws IOException {
        System.out.println(suite + ": " + summary);
        Files.writeString(home.resolveSibling(suite + ".txt"), summary + "\n");
        Directories.delete(home);
    }
}
