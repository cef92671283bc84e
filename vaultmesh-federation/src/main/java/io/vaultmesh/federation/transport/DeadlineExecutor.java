package io.vaultmesh.federation.transport;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that nobody holds for longer than a time: then the thread is interrupted, which closes the channel that it reads or
 * writes. The JDK's server waits endlessly for who sends or takes a byte now and then; this is what cuts it off. While others
 * wait for a thread, a tenth of the time is enough, so that a few hundred who say nothing don't keep out who has something
 * to say. Thread-safe.
 */
final class DeadlineExecutor implements Executor, AutoCloseable {

    private static final int WAITING = 256;
    private static final int TENTHS = 10;
    private static final ThreadLocal<Watch> CURRENT = new ThreadLocal<>();

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService clock;
    private final Duration first;

    /**
     * @param name what its threads are called
     * @param most how many there are
     * @param first how long a task has, if no other waits, unless it {@linkplain #extend gets more}
     * @param clock interrupts those that take longer
     */
    DeadlineExecutor(String name, int most, Duration first, ScheduledExecutorService clock) {
        this.first = first;
        this.clock = clock;
        threads = new ThreadPoolExecutor(
                most,
                most,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> NamedThreads.daemon(task, name));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            Watch watch = new Watch(clock);
            CURRENT.set(watch);
            watch.hurry(first, threads.getQueue());
            try {
                task.run();
            } finally {
                CURRENT.remove();
                watch.end();
            }
        });
    }

    /** The task that calls this, of whichever executor, has so much time from now on. */
    static void extend(Duration time) {
        Watch watch = CURRENT.get();
        if (watch != null) {
            watch.until(time);
        }
    }

    /** Interrupts whoever is at work, and doesn't wait. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    void awaitEnd() {
        NamedThreads.awaitEnd(threads);
    }

    private static final class Watch implements Runnable {

        private final Thread thread = Thread.currentThread();
        private final ScheduledExecutorService clock;
        private boolean ended; // guarded by this
        private @Nullable Future<?> alarm; // guarded by this
        private int tenths; // only in the clock's thread

        Watch(ScheduledExecutorService clock) {
            this.clock = clock;
        }

        /** Ends after the time, or at one of its tenths if others wait then. */
        synchronized void hurry(Duration time, Collection<?> others) {
            long tenth = Math.max(1, time.toNanos() / TENTHS);
            alarm = clock.scheduleAtFixedRate(
                    () -> {
                        if (++tenths >= TENTHS || !others.isEmpty()) {
                            run();
                        }
                    },
                    tenth,
                    tenth,
                    TimeUnit.NANOSECONDS);
        }

        synchronized void until(Duration time) {
            cancel();
            alarm = clock.schedule(this, time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public synchronized void run() {
            if (!ended) { // or else the thread is at somebody else's task
                thread.interrupt();
            }
        }

        synchronized void end() {
            ended = true;
            cancel();
            boolean unused = Thread.interrupted();
        }

        private void cancel() {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }
}
