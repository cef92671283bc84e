package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A file of a commit, read by the program {@code git}, without a shell, with a deadline, and with an environment in which
 * neither the user's nor the system's configuration counts.
 *
 * @param repository the repository's directory
 * @param revision the commit, tag or branch
 * @param path the file's path in the repository
 */
record GitBlob(Path repository, String revision, String path) {

    private static final long DEADLINE_SECONDS = 30;
    private static final int MOST_SAID = 300;

    GitBlob {
        repository = requireNonNull(repository, "repository").toAbsolutePath().normalize();
        requireArgument("revision", revision);
        requireArgument("path", path);
        if (revision.indexOf(':') >= 0) {
            throw new IllegalArgumentException("revision is \"" + revision + "\", expected one without ':'");
        }
    }

    private static void requireArgument(String what, String value) {
        if (value.isBlank() || value.startsWith("-") || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " is \"" + value + "\", expected text that doesn't begin with '-'");
        }
    }

    /** The first bytes of the file: one more than a note may have, at most. */
    byte[] read() throws IOException {
        if (!Files.isDirectory(repository)) {
            throw new IOException(repository + " is no directory");
        }
        ProcessBuilder builder = new ProcessBuilder(
                "git",
                "-c",
                "protocol.allow=never",
                "-C",
                repository.toString(),
                "cat-file",
                "blob",
                revision + ":" + path);
        builder.environment().keySet().retainAll(List.of("PATH", "SystemRoot"));
        builder.environment().putAll(environment());
        Process process = builder.start(); // an IOException, if there is no such program
        CompletableFuture<Process> ended = process.onExit()
                .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((same, late) -> {
                    if (late != null) {
                        process.destroyForcibly();
                    }
                });
        try {
            return read(process);
        } catch (IOException e) {
            throw ended.isCompletedExceptionally()
                    ? new IOException("git was not done within " + DEADLINE_SECONDS + " seconds", e)
                    : e;
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] read(Process process) throws IOException {
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readNBytes(PinnedCheckpoint.MAX_BYTES + 1);
        if (output.length > PinnedCheckpoint.MAX_BYTES) {
            return output; // too long for a note, whatever else is in it
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
        return "git repository " + repository + ", " + revision + ":" + path;
    }
}
