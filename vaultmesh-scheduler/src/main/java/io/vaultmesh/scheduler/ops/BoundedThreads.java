package io.vaultmesh.scheduler.ops;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads, each of which is interrupted when a task takes too long: that closes the channel which it reads or writes.
 * The JDK's server waits endlessly for who sends half a request; this is what cuts it off. Thread-safe.
 */
final class BoundedThreads implements Executor, AutoCloseable {

    private static final String NAME = "vaultmesh-ops";
    private static final int WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor clock;
    private final Duration most;

    /**
     * @param count how many threads there are; who finds all of them busy and the queue full is turned away
     * @param most how long a task may take
     */
    BoundedThreads(int count, Duration most) {
        this.most = most;
        threads = new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), BoundedThreads::daemon);
        clock = new ScheduledThreadPoolExecutor(1, BoundedThreads::daemon);
        clock.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            Alarm alarm = new Alarm();
            Future<?> set = clock.schedule(alarm, most.toNanos(), TimeUnit.NANOSECONDS);
            try {
                task.run();
            } finally {
                alarm.end();
                set.cancel(false);
            }
        });
    }

    private static final class Alarm implements Runnable {

        private final Thread thread = Thread.currentThread();
        private boolean ended; // guarded by this

        @Override
        public synchronized void run() {
            if (!ended) { // or else the thread is at another task
                thread.interrupt();
            }
        }

        synchronized void end() {
            ended = true;
            boolean unused = Thread.interrupted();
        }
    }

    /** Interrupts who is at work, and doesn't wait. */
    void stop() {
        threads.shutdownNow();
        clock.shutdownNow();
    }

    /** Waits until the threads have ended; not for ever, as a host's page may hear no interrupt. */
    @Override
    public void close() {
        stop();
        try {
            boolean unused = threads.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                    && clock.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
