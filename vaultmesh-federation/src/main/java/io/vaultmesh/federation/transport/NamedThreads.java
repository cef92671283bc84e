package io.vaultmesh.federation.transport;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that don't keep the process alive, and say what they are for. */
final class NamedThreads {

    private NamedThreads() {}

    private static final class Named extends Thread {

        Named(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    static Thread daemon(Runnable task, String name) {
        return new Named(task, name);
    }

    /**
     * Waits until threads that were told to end have ended, but not in one of them; and not for long, as for who looks up a
     * name nothing else helps.
     */
    static void awaitEnd(ExecutorService threads) {
        if (Thread.currentThread() instanceof Named) {
            return;
        }
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One thread that does what is due. */
    static ScheduledThreadPoolExecutor clock(String name) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
