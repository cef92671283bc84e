package io.vaultmesh.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A program that we did not write, called by a test.
 *
 * <p>Absent on somebody's machine, the test is skipped and says what to install. With {@code CI=true} it fails if {@code
 * .ci/tools} lists the program as required: a check that CI skips in silence is no check.
 *
 * <p>Immutable.
 */
public final class OutsideProgram {

    private static final Duration PROBE = Duration.ofSeconds(30);

    private final String program;
    private final Duration deadline;
    private final Map<String, String> environment;
    private final List<String> withheld;

    private OutsideProgram(String program, Duration deadline, Map<String, String> environment, List<String> withheld) {
        this.program = program;
        this.deadline = deadline;
        this.environment = environment;
        this.withheld = withheld;
    }

    private static OutsideProgram of(String program, Duration deadline) {
        return new OutsideProgram(program, deadline, Map.of(), List.of());
    }

    /**
     * The program, if it and everything else that is named are there.
     *
     * @param name a name of {@code .ci/tools}
     * @param more further names that must be there too, such as Python packages
     * @return the program of the first name, with a deadline of one minute
     */
    public static OutsideProgram require(String name, String... more) {
        List<Tool> tools = Tool.list(Path.of(System.getProperty("module.dir", "")));
        boolean ci = "true".equals(System.getenv("CI"));
        for (String other : more) {
            require(other, tools, ci);
        }
        return require(name, tools, ci);
    }

    static OutsideProgram require(String name, List<Tool> tools, boolean ci) {
        Tool tool = tools.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is not listed in .ci/tools; a test may call only what is listed there"));
        OutsideProgram shell = of("sh", PROBE);
        String why;
        try {
            Result probe = shell.run(Path.of(""), "-c", tool.probe());
            if (probe.exit() == 0) {
                return of(tool.program(), Duration.ofMinutes(1));
            }
            why = "`" + tool.probe() + "` exits with " + probe.exit();
        } catch (UncheckedIOException e) {
            why = "there is no shell to look for it: " + e.getMessage();
        }
        String message = name + " is not here (" + why + "); " + tool.howToInstall();
        if (ci && tool.required()) {
            throw new AssertionError(message + "; .ci/tools lists it as required");
        }
        throw new TestAbortedException(message);
    }

    /** The Java that runs this test, as a program of its own. */
    public static OutsideProgram java() {
        return of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), Duration.ofMinutes(1));
    }

    /** The same program with another deadline for a run. */
    public OutsideProgram deadline(Duration limit) {
        return new OutsideProgram(program, limit, environment, withheld);
    }

    /** The same program with a variable set in its environment, over what this process has. */
    public OutsideProgram env(String name, String value) {
        return env(Map.of(name, value));
    }

    /** The same program with variables set in its environment, over what this process has. */
    public OutsideProgram env(Map<String, String> variables) {
        Map<String, String> copy = new LinkedHashMap<>(environment);
        copy.putAll(variables);
        return new OutsideProgram(program, deadline, Map.copyOf(copy), withheld);
    }

    /**
     * The same program without the variables whose names start in the given ways, such as {@code GIT_}: what a
     * developer has set must not decide what is tested.
     */
    public OutsideProgram withoutEnv(String... prefixes) {
        return new OutsideProgram(program, deadline, environment, List.of(prefixes));
    }

    /**
     * Runs it and waits. It reads an empty standard input.
     *
     * @param directory where it runs
     * @param arguments what it is given
     * @return how it ended and what it printed
     * @throws AssertionError if it isn't done by the deadline; it and its children are killed
     */
    public Result run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("outside", ".out");
            Path err = Files.createTempFile("outside", ".err");
            try {
                return run(directory, command, out, err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't run " + command + ": " + e.getMessage(), e);
        }
    }

    private Result run(Path directory, List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectOutput(out.toFile()) // to files: a full pipe would stop the program
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> withheld.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean done;
        try {
            done = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
        if (!done) {
            kill(process);
        }
        Result result = new Result(command, done ? process.exitValue() : -1, text(out), text(err));
        if (!done) {
            throw new AssertionError("not done within " + deadline.toMillis() + " ms: " + result);
        }
        return result;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private static String text(Path file) throws IOException {
        // not readString: what a program prints need not be UTF-8
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * How a run ended.
     *
     * @param command the program and its arguments
     * @param exit its exit status
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    public record Result(List<String> command, int exit, String out, String err) {

        /**
         * Its standard output, if it succeeded.
         *
         * @throws AssertionError with everything that it printed, if its exit status isn't 0
         */
        public String orFail() {
            if (exit != 0) {
                throw new AssertionError(this);
            }
            return out;
        }

        @Override
        public String toString() {
            return command + " exits with " + exit + "\n--- standard output\n" + out + "\n--- standard error\n" + err;
        }
    }
}
