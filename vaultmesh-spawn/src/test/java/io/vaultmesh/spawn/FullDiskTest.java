package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A service on a disk that is full half-way. Takes leave to mount: as root, in a user namespace, or by sudo. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {

    private static final List<String> WAYS =
            List.of("unshare --mount", "unshare --map-root-user --mount", "sudo -n unshare --mount");

    @TempDir
    Path temp;

    /** Where nobody may mount, nothing is tested; CI may. */
    private String way(OutsideProgram shell, Path disk) {
        List<String> said = new ArrayList<>();
        for (String way : WAYS) {
            OutsideProgram.Result result =
                    shell.run(temp, "-c", way + " mount -t tmpfs -o size=4k vaultmesh-spawn \"$0\"", disk.toString());
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
    void leavesNothingBehindAndNamesTheTarget() throws Exception {
        OutsideProgram shell = OutsideProgram.require("sh");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String said = shell.run(
                        temp,
                        "-c",
                        "exec " + way(shell, disk) + " \"$0\" \"$@\"",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        disk.toString())
                .orFail();

        assertTrue(
                said.matches("(?s)[12][0-9] full disks left nothing behind, [0-9]{2,4} blocks are enough\\s*"), said);
    }
}
