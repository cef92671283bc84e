package io.vaultmesh.core.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * A log on a disk that is full: a file system of 32 MB that only the process sees which uses it. {@code -Dfaults.rounds=<n>}
 * sets how often it is filled.
 */
class FullDiskFaults {

    private static final int CANT_MOUNT = 77;
    private static final String ROUNDS = Integer.toString(Integer.getInteger("faults.rounds", 60));

    enum FileSystem {
        TMPFS("mount -t tmpfs -o size=32m faults \"$0\""),
        EXT4("truncate -s 32M \"$0.image\" && mkfs.ext4 -q \"$0.image\" && mount -o loop \"$0.image\" \"$0\"");

        private final String mount;

        FileSystem(String mount) {
            this.mount = mount;
        }

        /** A command in a mount namespace of its own: what it mounts ends with it. */
        List<String> with(List<String> namespace, Path directory, List<String> command) {
            List<String> whole = new ArrayList<>(namespace);
            String script = "{ " + mount + "; } || exit " + CANT_MOUNT + "\nexec \"$@\"";
            whole.addAll(List.of("unshare", "--mount", "sh", "-c", script, directory.toString()));
            whole.addAll(command);
            return whole;
        }
    }

    /** As root, as one who is root in a user namespace, or by sudo. */
    private static final List<List<String>> WAYS =
            List.of(List.of(), List.of("unshare", "--map-root-user"), List.of("sudo", "-n"));

    @ParameterizedTest
    @EnumSource
    void aFullDiskLosesNothingAndTheLogGoesOnWhenThereIsSpace(FileSystem kind) throws Exception {
        Workbench bench = Workbench.of("full-disk-" + kind.name().toLowerCase(Locale.ROOT));
        ChildJvm jvm = new ChildJvm(bench.directory("jvm"));
        Path disk = bench.directory("disk");
        List<String> way = WAYS.stream()
                .filter(each -> run(kind.with(each, disk, List.of("true")), bench) == 0)
                .findFirst()
                .orElseThrow(() -> cantMount(kind, bench));
        List<String> command = jvm.command(FullDisk.class, disk.toString(), Long.toString(TestSeed.value()), ROUNDS);
        assertEquals(0, run(kind.with(way, disk, command), bench), () -> said(bench));
        bench.close(said(bench).strip());
    }

    /** Without a disk of its own, nothing was tested; where CI runs, there is one. */
    private static RuntimeException cantMount(FileSystem kind, Workbench bench) {
        String message = kind + " can't be mounted here: " + said(bench);
        if (kind == FileSystem.TMPFS && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return new TestAbortedException(message);
    }

    private static int run(List<String> command, Workbench bench) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output(bench).toFile())
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

    private static Path output(Workbench bench) throws IOException {
        return bench.directory("output").resolve("text");
    }

    private static String said(Workbench bench) {
        try {
            return Files.readString(output(bench));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
