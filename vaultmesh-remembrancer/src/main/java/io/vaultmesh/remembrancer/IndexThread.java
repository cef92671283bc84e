package io.vaultmesh.remembrancer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Indexes in the background, so that whoever searches seldom has to wait for it. Thread-safe. */
final class IndexThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexThread.class);

    /** Records that follow each other closely are indexed together; who searches doesn't wait for this. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(5);

    private final IndexKeeper keeper;
    private final Runnable then;
    private final Thread thread;
    private volatile boolean pending; // something was recorded; whoever searches may have indexed it meanwhile
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * Creates the thread and starts it.
     *
     * @param keeper the index that it keeps up to date
     * @param then what is to be done after that
     * @param name what the thread is called
     */
    static IndexThread start(IndexKeeper keeper, Runnable then, String name) {
        IndexThread started = new IndexThread(keeper, then, name);
        started.thread.start();
        return started;
    }

    private IndexThread(IndexKeeper keeper, Runnable then, String name) {
        this.keeper = keeper;
        this.then = then;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.pending = keeper.isBehind();
    }

    /** Says that something was recorded. */
    void wake() {
        pending = true;
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            asleep = true; // before it looks, so that what is recorded after that wakes it
            while (!closed && !pending) {
                LockSupport.park(this);
            }
            asleep = false;
            pause(PAUSE);
            if (!closed) {
                pending = false;
                index();
            }
        }
    }

    private void index() {
        try {
            keeper.update();
            then.run();
        } catch (RuntimeException e) {
            // whoever searches is told; what is recorded is safe in the log
            if (closed) {
                LOG.debug("closed while it was indexing", e);
                return;
            }
            LOG.warn("what was recorded last can't be indexed or its root published yet; trying again", e);
            pending = true;
            pause(PAUSE_AFTER_FAILURE);
        }
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Whether it is this very thread that runs now: whoever is told of the index's progress may close the memory. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread, and waits for it; called by itself, it ends as soon as it may. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && !isCurrent()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
