package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A few threads that force files at the same time: the disk takes them together then, not one after the other. All logs
 * share them, and they end when there is nothing to do. The system property {@value #PROPERTY} sets how many; with one, the
 * thread that asks does all of it.
 */
final class FilePool {

    static final String PROPERTY = "io.vaultmesh.core.log.fileThreads";

    private static final int THREADS = Math.max(1, Integer.getInteger(PROPERTY, 8));

    private static final ThreadPoolExecutor POOL = pool();

    private FilePool() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "vaultmesh-log-files");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Does something with each path. After a failure nothing more is begun; when this returns or throws, all has ended. */
    static void each(Collection<String> paths, Disk.Action action) throws IOException {
        if (THREADS == 1 || paths.size() == 1) {
            for (String path : paths) {
                action.on(path);
            }
            return;
        }
        Queue<String> todo = new ConcurrentLinkedQueue<>(paths);
        Runnable work = () -> {
            try {
                for (String path = todo.poll(); path != null; path = todo.poll()) {
                    action.on(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                todo.clear();
            }
        };
        CompletableFuture<?>[] workers = Stream.generate(() -> CompletableFuture.runAsync(work, POOL))
                .limit(Math.min(THREADS, paths.size()))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(workers).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException refused) {
                throw refused.getCause();
            }
            throw e;
        }
    }
}
