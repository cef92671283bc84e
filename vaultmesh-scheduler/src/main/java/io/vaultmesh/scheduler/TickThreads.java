package io.vaultmesh.scheduler;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that plans, again and again and never two plans at once, and one for each target that has something to do: it ends
 * when it had nothing for a minute, so that those of targets that are gone end, too.
 */
final class TickThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Collection<Thread> planners = new ConcurrentLinkedQueue<>();
    private final Collection<Thread> runners = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService planning =
            Executors.newSingleThreadScheduledExecutor(into(planners, "plan"));
    private final Map<String, ExecutorService> targets = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this

    TickThreads(Consumer<TickThreads> tick) {
        var unused = planning.scheduleWithFixedDelay(() -> guarded(() -> tick.accept(this)), 0, 1, TimeUnit.SECONDS);
    }

    private static ThreadFactory into(Collection<Thread> threads, String what) {
        return work -> {
            Thread thread = new Thread(work, "vaultmesh-anchor-" + what);
            thread.setDaemon(true);
            threads.removeIf(each -> each.getState() == Thread.State.TERMINATED);
            threads.add(thread);
            return thread;
        };
    }

    /** An exception would end all later ticks, and nobody would hear of it. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a tick failed; the next one follows", e);
        }
    }

    /** Has work done in the target's thread; when it is closed, nothing is. */
    synchronized void execute(String target, Runnable work) {
        if (!closed) {
            targets.computeIfAbsent(target, TickThreads.this::one).execute(() -> guarded(work));
        }
    }

    /** Whether the caller is one of these threads. */
    boolean isOwn() {
        Thread caller = Thread.currentThread();
        return planners.contains(caller) || runners.contains(caller);
    }

    private ExecutorService one(String target) {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), into(runners, target));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Interrupts what is being done, and returns when every thread has ended, but for the one that calls this. */
    @Override
    public void close() {
        var unused = planning.shutdownNow();
        boolean interrupted = join(planners); // first, so that nothing is given to the others any more
        synchronized (this) {
            closed = true;
            targets.values().forEach(ExecutorService::shutdownNow);
        }
        interrupted |= join(runners);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for threads, and says whether it was interrupted meanwhile. */
    private static boolean join(Collection<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive() && thread != Thread.currentThread()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        return interrupted;
    }
}
