package io.vaultmesh.scheduler.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class FullDiskTest {

    private static final List<String> WAYS =
            List.of("unshare --mount", "unshare --map-root-user --mount", "sudo -n unshare --mount");
    private static final String MOUNT = " mount -t tmpfs -o size=64k vaultmesh-scheduler \"$0\"";

    @TempDir
    Path temp;

    /** Where nobody may mount, nothing is tested; CI may. */
    private String way(OutsideProgram shell, Path disk) {
        List<String> said = new ArrayList<>();
        for (String way : WAYS) {
            OutsideProgram.Result result = shell.run(temp, "-c", way + MOUNT, disk.toString());
            if (result.exit() == 0) {
                return way;
            }
            said.add(result.toString());
        }
        String message = "no file system can be mounted here: " + said;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        throw new TestAbortedException(message);
    }

    @Test
    void refusesAndLosesNothingAndGoesOnWhenThereIsRoom() throws Exception {
        OutsideProgram shell = OutsideProgram.require("sh");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        String said = shell.run(
                        temp,
                        "-c",
                        "exec " + way(shell, disk) + " sh -c 'mount -t tmpfs -o size=64k vaultmesh-scheduler \"$1\""
                                + " && exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$2\" \"$3\" \"$1\"' \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        disk.toString(),
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName())
                .orFail();
        assertTrue(said.matches("(?s)20 times full, [0-9]+ events, nothing lost\\s*"), said);
    }
}
