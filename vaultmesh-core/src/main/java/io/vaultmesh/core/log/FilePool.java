package io.vaultmesh.core.log;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work on many files, for which a few threads help the one that asks: a disk forces files together faster than one after
 * the other. All logs share the helpers, which end when there is nothing to do; nobody waits for one that is busy
 * elsewhere. The system property {@value #PROPERTY} sets how many threads work, with the one that asks.
 */
final class FilePool {

    static final String PROPERTY = "io.vaultmesh.core.log.fileThreads";

    private static final int THREADS = Math.max(1, Integer.getInteger(PROPERTY, 8));

    private static final ThreadPoolExecutor HELPERS = helpers();

    private final Queue<String> todo;
    private final Consumer<String> action;
    private int helping; // guarded by this
    private boolean ended; // guarded by this
    private @Nullable Throwable failure; // guarded by this

    private FilePool(Collection<String> paths, Consumer<String> action) {
        this.todo = new ConcurrentLinkedQueue<>(paths);
        this.action = action;
    }

    private static ThreadPoolExecutor helpers() {
        int helpers = Math.max(1, THREADS - 1);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(helpers, helpers, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "vaultmesh-log-files");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Does something with each path. After a failure, no more is taken up. When this returns or throws, all that was begun
     * has ended; it throws the first failure, with the others as suppressed ones.
     */
    static void each(Collection<String> paths, Consumer<String> action) {
        FilePool work = new FilePool(paths, action);
        work.askForHelp(Math.min(THREADS, paths.size()) - 1);
        work.run();
        work.end();
    }

    private void askForHelp(int helpers) {
        try {
            for (int i = 0; i < helpers; i++) {
                HELPERS.execute(this::help);
            }
        } catch (OutOfMemoryError noMoreThreads) {
            return; // those that were started, and the thread that asks, do it all
        }
    }

    private void help() {
        synchronized (this) {
            if (ended) {
                return;
            }
            helping++;
        }
        run();
        synchronized (this) {
            helping--;
            notifyAll();
        }
    }

    private void run() {
        try {
            for (String path = todo.poll(); path != null; path = todo.poll()) {
                action.accept(path);
            }
        } catch (RuntimeException | Error e) {
            todo.clear();
            failed(e);
        }
    }

    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else {
            failure.addSuppressed(e);
        }
    }

    private synchronized void end() {
        ended = true;
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        }
    }
}
