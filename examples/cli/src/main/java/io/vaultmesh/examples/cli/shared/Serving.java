package io.vaultmesh.examples.cli.shared;

import java.util.concurrent.CountDownLatch;

/** How a verb that serves is ended: by SIGTERM or SIGINT, or by an interrupt of its thread. */
public final class Serving {

    private Serving() {}

    /**
     * Begins to serve, which is to say where, and waits until the process is told to end; then the caller closes what it serves,
     * and returns. A signal that comes as soon as somebody knows where it serves ends it well, too.
     */
    public static void untilStopped(Runnable begin) {
        CountDownLatch told = new CountDownLatch(1);
        Thread serving = Thread.currentThread();
        Thread hook = new Thread(() -> end(told, serving), "end of serving");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            begin.run();
            told.await();
        } catch (InterruptedException e) {
            told.countDown(); // whoever interrupts the thread ends it as a signal does
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook with it
        }
    }

    /** Lets the thread end the process, by a halt: else the JVM does, with the signal's number for a status. */
    private static void end(CountDownLatch told, Thread serving) {
        told.countDown();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
