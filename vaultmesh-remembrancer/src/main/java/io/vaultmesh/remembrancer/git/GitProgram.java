package io.vaultmesh.remembrancer.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code git} in a repository: without a shell, with a deadline, and with an environment in which neither the
 * user's nor the system's configuration counts.
 */
public final class GitProgram {

    private static final int MOST_SAID = 300;

    private final Path repository;
    private final long deadlineSeconds;

    /**
     * Creates it.
     *
     * @param repository the repository's directory
     * @param deadlineSeconds how long a call may take
     */
    public GitProgram(Path repository, long deadlineSeconds) {
        this.repository = repository.toAbsolutePath().normalize();
        this.deadlineSeconds = deadlineSeconds;
    }

    /**
     * Returns a revision or path if it can't be taken for an option.
     *
     * @param what what it is, for the message
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it begins with '-', is blank or has control characters
     */
    public static String requireArgument(String what, String value) {
        if (value.isBlank() || value.startsWith("-") || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " is \"" + value + "\", expected text that doesn't begin with '-'");
        }
        return value;
    }

    /** What a call prints is read so. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream output) throws IOException;
    }

    /**
     * What a call prints.
     *
     * @param most how many bytes are expected at most
     * @param arguments the call
     * @return the bytes; one more than {@code most} if there are more
     * @throws IOException if git fails, isn't there or isn't done in time; the message has what it says
     */
    public byte[] output(int most, String... arguments) throws IOException {
        return run(stream -> stream.readNBytes(most + 1), most, arguments);
    }

    /**
     * Writes what a call prints, of any length.
     *
     * @param to where to; not closed
     * @param arguments the call
     * @throws IOException if git fails, isn't there or isn't done in time, or it can't be written
     */
    public void output(OutputStream to, String... arguments) throws IOException {
        byte[] unused = run(stream -> copied(stream, to), 0, arguments);
    }

    private static byte[] copied(InputStream from, OutputStream to) throws IOException {
        long unused = from.transferTo(to);
        return new byte[0]; // what is returned is what wasn't written
    }

    private byte[] run(Reader<byte[]> reader, int most, String... arguments) throws IOException {
        if (!Files.isDirectory(repository)) {
            throw new IOException(repository + " is no directory");
        }
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "protocol.allow=never", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH", "SystemRoot"));
        builder.environment().putAll(environment());
        Process process = builder.start(); // an IOException, if there is no such program
        CompletableFuture<Process> ended = process.onExit()
                .orTimeout(deadlineSeconds, TimeUnit.SECONDS)
                .whenComplete((same, late) -> {
                    if (late != null) {
                        process.destroyForcibly();
                    }
                });
        try {
            return read(process, reader, most);
        } catch (IOException e) {
            throw ended.isCompletedExceptionally()
                    ? new IOException("git was not done within " + deadlineSeconds + " seconds", e)
                    : e;
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] read(Process process, Reader<byte[]> reader, int most) throws IOException {
        process.getOutputStream().close();
        byte[] output = reader.read(process.getInputStream());
        if (output.length > most) {
            return output; // too long, whatever else is in it
        }
        String said = new String(process.getErrorStream().readNBytes(MOST_SAID), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("git exits with " + exit + ": " + said.strip());
        }
        return output;
    }

    private Map<String, String> environment() {
        Path above = repository.getParent();
        return Map.of(
                "LC_ALL", "C",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_SYSTEM", "/dev/null",
                "GIT_CEILING_DIRECTORIES", above == null ? "" : above.toString(), // no repository around it
                "GIT_NO_REPLACE_OBJECTS", "1", // else the repository could show another file
                "GIT_NO_LAZY_FETCH", "1",
                "GIT_OPTIONAL_LOCKS", "0",
                "GIT_TERMINAL_PROMPT", "0");
    }

    @Override
    public String toString() {
        return "git repository " + repository;
    }
}
