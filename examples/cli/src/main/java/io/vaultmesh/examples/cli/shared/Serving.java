package io.vaultmesh.examples.cli.shared;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** How a verb that serves is ended: by SIGTERM or SIGINT, or by an interrupt of its thread. */
public final class Serving {

    private static final CompletableFuture<Integer> STATUS = new CompletableFuture<>();

    private Serving() {}

    /** Waits until the process is told to end; then the caller closes what it serves, and returns. */
    public static void untilStopped() {
        Thread serving = Thread.currentThread();
        Thread hook = new Thread(
                () -> {
                    serving.interrupt();
                    // the JVM would end with the signal's number, as if serving had failed
                    Runtime.getRuntime().halt(STATUS.join());
                },
                "end of serving");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            if (!hook.isAlive()) {
                var unused = Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /**
     * Ends the process, whether that has begun or not. A process that a signal ends waits in its hook for this status.
     *
     * @param status the exit status
     */
    public static void exit(int status) {
        var unused = STATUS.complete(status);
        System.exit(status);
    }
}
