package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes behind the appends, at most once in an interval, and first when one has passed. Starts with the first
 * append and ends with {@link #close()}. Thread-safe.
 */
final class PublishingThread implements AutoCloseable {

    /** Full files may take this much memory until appends wait. */
    private static final long MOST_WAITING = 64L << 20;

    private final String origin;
    private final long interval;
    private final Runnable publish;
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean pending;
    private volatile boolean hurry;
    private boolean closing; // guarded by lock
    private long attempts; // guarded by lock
    private @Nullable Throwable failure; // of the last attempt that ended; guarded by lock
    private @Nullable Thread thread; // guarded by lock

    PublishingThread(String origin, Duration interval, Runnable publish, Journal journal) {
        this.origin = origin;
        this.interval = interval.toNanos();
        this.publish = publish;
        this.journal = journal;
    }

    /** Says that there is something to publish. */
    void appended() {
        if (pending && !journal.wantsToPrepare()) {
            return;
        }
        lock.lock();
        try {
            if (thread == null && !closing) {
                thread = new Thread(this::run, "vaultmesh-log " + origin);
                thread.setDaemon(true);
                thread.start();
            }
            pending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the full files take less memory than their bound.
     *
     * @throws UncheckedIOException if they can't be published
     */
    void awaitRoom(Publisher publisher) {
        if (publisher.waiting() < MOST_WAITING) {
            return;
        }
        lock.lock();
        try {
            hurry = true;
            pending = true;
            long before = attempts;
            failure = null;
            changed.signalAll();
            while (publisher.waiting() >= MOST_WAITING) {
                Throwable refused = failure;
                if (closing || (refused != null && attempts > before)) {
                    throw new UncheckedIOException(
                            "nothing was logged: " + publisher.waiting()
                                    + " bytes of earlier entries wait to be published, which fails: " + refused,
                            new IOException(refused));
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            hurry = false;
            lock.unlock();
        }
    }

    private void run() {
        long last = System.nanoTime();
        while (awaitWork(last)) {
            journal.prepare();
            if (isDue(last)) {
                last = System.nanoTime();
                publishOnce();
            }
        }
    }

    /** Waits until there is something to do. Returns false if the log is closed. */
    private boolean awaitWork(long last) {
        lock.lock();
        try {
            while (!closing && !journal.wantsToPrepare() && !isDue(last)) {
                if (pending) {
                    changed.await(last + interval - System.nanoTime(), TimeUnit.NANOSECONDS);
                } else {
                    changed.awaitUninterruptibly();
                }
            }
            return !closing;
        } catch (InterruptedException nobodyElseHasThisThread) {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue(long last) {
        return pending && (hurry || System.nanoTime() - last >= interval);
    }

    /** Publishes. What the disk refuses is tried again after the interval, and told to who waits. */
    private void publishOnce() {
        lock.lock();
        try {
            pending = false;
            attempts++;
            failure = null;
        } finally {
            lock.unlock();
        }
        Throwable refused = null;
        try {
            publish.run();
        } catch (RuntimeException | Error e) {
            refused = e;
        }
        lock.lock();
        try {
            failure = refused;
            pending |= refused != null && !(refused instanceof LogDamagedException);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closing = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
