package io.vaultmesh.remembrancer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * A memory on a disk that is full: a file system of 48 MB that only the process sees which uses it. {@code
 * -Dfaults.rounds=<n>} sets how often it is filled.
 */
class FullDiskFaults {

    private static final int CANT_MOUNT = 77;
    private static final String ROUNDS = Integer.toString(Integer.getInteger("faults.rounds", 40));

    /** As root, as one who is root in a user namespace, or by sudo. */
    private static final List<List<String>> WAYS =
            List.of(List.of(), List.of("unshare", "--map-root-user"), List.of("sudo", "-n"));

    @Test
    void aFullDiskLosesNothingAndTheMemoryGoesOnWhenThereIsSpace() throws Exception {
        Bench bench = Bench.of("memory-full-disk");
        Path disk = bench.directory("disk");
        Path output = bench.directory("output").resolve("text");
        List<String> way = WAYS.stream()
                .filter(each -> run(mounted(each, disk, List.of("true")), output) == 0)
                .findFirst()
                .orElseThrow(() -> cantMount(output));
        List<String> command = bench.command(FullDisk.class, disk.toString(), Long.toString(TestSeed.value()), ROUNDS);
        assertEquals(0, run(mounted(way, disk, command), output), () -> said(output));
        bench.close(said(output).lines().reduce("", (before, line) -> line));
    }

    /** A command in a mount namespace of its own: what it mounts ends with it. */
    private static List<String> mounted(List<String> way, Path directory, List<String> command) {
        String script = "mount -t tmpfs -o size=48m faults \"$0\" || exit " + CANT_MOUNT + "\nexec \"$@\"";
        List<String> whole = new ArrayList<>(way);
        whole.addAll(List.of("unshare", "--mount", "sh", "-c", script, directory.toString()));
        whole.addAll(command);
        return whole;
    }

    /** Without a disk of its own, nothing was tested; where CI runs, there is one. */
    private static RuntimeException cantMount(Path output) {
        String message = "a file system can't be mounted here: " + said(output);
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return new TestAbortedException(message);
    }

    private static int run(List<String> command, Path output) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                return process.waitFor();
            } finally {
                process.toHandle().destroyForcibly();
            }
        } catch (IOException absent) {
            return CANT_MOUNT;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
