package io.vaultmesh.federation.transport;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Threads that don't keep the process alive, and say what they are for. */
final class NamedThreads {

    private NamedThreads() {}

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One thread that does what is due. */
    static ScheduledThreadPoolExecutor clock(String name) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
