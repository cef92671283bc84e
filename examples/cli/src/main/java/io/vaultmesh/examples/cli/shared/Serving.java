package io.vaultmesh.examples.cli.shared;

import java.util.concurrent.CountDownLatch;

/** How a verb that serves is ended: by SIGTERM or SIGINT, or by an interrupt of its thread. */
public final class Serving {

    private Serving() {}

    /** Waits until the process is told to end; then the caller closes what it serves, and returns. */
    public static void untilStopped() {
        Thread serving = Thread.currentThread();
        Thread hook = new Thread(() -> end(serving), "end of serving");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            if (!hook.isAlive()) {
                var unused = Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /** Lets the thread end the process, by a halt: else the JVM does, with the signal's number for a status. */
    private static void end(Thread serving) {
        serving.interrupt();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
