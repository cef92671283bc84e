package io.vaultmesh.examples.cli.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {

    /** Serves, and is told to end before it has told anybody where. */
    public static final class Server {

        private Server() {}

        public static void main(String... args) {
            Serving.untilStopped(() -> {
                kill();
                while (!ends()) {
                    Thread.onSpinWait();
                }
            });
            System.out.println("closed what it served");
            System.out.flush();
            Runtime.getRuntime().halt(ExitCode.GOOD);
        }

        private static void kill() {
            try {
                Process kill = new ProcessBuilder(
                                "sh",
                                "-c",
                                "kill -TERM " + ProcessHandle.current().pid())
                        .start();
                int unused = kill.waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("can't send a signal", e);
            }
        }

        private static boolean ends() {
            Thread hook = new Thread(() -> {});
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                return !Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return true;
            }
        }
    }

    @Test
    void signalEndsItWellAsSoonAsItBegins(@TempDir Path directory) {
        OutsideProgram.Result result = OutsideProgram.java()
                .withoutEnv("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .run(
                        directory,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName());
        assertEquals("closed what it served\n", result.orFail());
    }
}
