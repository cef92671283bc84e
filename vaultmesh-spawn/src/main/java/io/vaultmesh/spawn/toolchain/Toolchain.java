package io.vaultmesh.spawn.toolchain;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds programs and runs them, in a given environment, but for the variables that name a git repository: a hook of git
 * has those of the developer's own, which no program run here is about. Immutable and thread-safe.
 */
public final class Toolchain {

    /** How much of what a program prints is looked at. */
    private static final int MAX_OUTPUT = 1024 * 1024;

    /** What {@code git rev-parse --local-env-vars} lists of places, and the namespace within one. */
    private static final Set<String> OF_A_REPOSITORY = Set.of(
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_DIR",
            "GIT_GRAFT_FILE",
            "GIT_IMPLICIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_NAMESPACE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_SHALLOW_FILE",
            "GIT_WORK_TREE");

    private final Map<String, String> environment;

    private Toolchain(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The programs that an environment has.
     *
     * @param environment its variables, {@code PATH} among them; programs get these and no others, and of these not
     *     those by which git is told of a repository
     * @return the programs
     */
    public static Toolchain of(Map<String, String> environment) {
        return new Toolchain(Map.copyOf(environment));
    }

    /**
     * The same programs without some variables of the environment.
     *
     * @param prefix how the names of the variables start that programs don't get, such as {@code GIT_}
     * @return the programs in the smaller environment
     */
    public Toolchain withoutVariables(String prefix) {
        Map<String, String> fewer = new HashMap<>(environment);
        fewer.keySet().removeIf(name -> name.startsWith(prefix));
        return of(fewer);
    }

    /**
     * A variable of the environment.
     *
     * @param name its name
     * @return its value; null if it isn't set
     */
    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    /**
     * Looks for a program on the {@code PATH}. Entries of it that are empty or relative are skipped: they mean another
     * directory wherever the process happens to run, which may be a project that somebody else wrote, and a program is
     * run in another directory than it was looked for in.
     *
     * @param name its name, without an ending such as {@code .exe}
     * @return the first file of that name that may be run
     */
    public Optional<Path> find(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(directory -> Stream.of(name, name + ".exe").flatMap(file -> file(directory, file)))
                .filter(Path::isAbsolute)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<Path> file(String directory, String name) {
        try {
            return Stream.of(Path.of(directory, name));
        } catch (InvalidPathException e) {
            // a PATH may hold anything; the shell doesn't find programs there either
            return Stream.empty();
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param program the program
     * @param directory where it runs
     * @param input what it reads from standard input
     * @param limit how long it may take; then it and its children are killed
     * @param arguments what it is given
     * @return how it ended
     */
    public Run run(Path program, Path directory, byte[] input, Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path scratch = Files.createTempDirectory("vaultmesh-run");
            try {
                return run(command, directory, input, limit, scratch);
            } finally {
                for (String name : List.of("in", "out")) {
                    Files.deleteIfExists(scratch.resolve(name));
                }
                Files.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't run " + program + ": " + e, e);
        }
    }

    /** Through files, since a program that fills a pipe waits until somebody reads it. */
    private Run run(List<String> command, Path directory, byte[] input, Duration limit, Path scratch)
            throws IOException {
        Path in = Files.write(scratch.resolve("in"), input);
        Path out = scratch.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(OF_A_REPOSITORY);
        Process process = builder.start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.get(0), e);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().onExit().join();
            }
        }
        String said;
        try (var stream = Files.newInputStream(out)) {
            said = new String(stream.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        }
        return new Run(ended, ended ? process.exitValue() : -1, said);
    }

    /**
     * How a program ended.
     *
     * @param ended whether it ended by itself within its time
     * @param exit its exit status; -1 if it was killed
     * @param output what it printed to standard output and standard error, at most a MiB
     */
    public record Run(boolean ended, int exit, String output) {

        /**
         * Whether it ended as it should.
         *
         * @return whether it ended in time with status 0
         */
        public boolean succeeded() {
            return ended && exit == 0;
        }
    }
}
