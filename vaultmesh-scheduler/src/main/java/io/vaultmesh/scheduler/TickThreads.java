package io.vaultmesh.scheduler;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that plans, again and again and never two plans at once, and one for each target. */
final class TickThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final ScheduledExecutorService planning = Executors.newSingleThreadScheduledExecutor(named("plan"));
    private final Map<String, ExecutorService> targets = new HashMap<>();

    TickThreads(Collection<String> names, Consumer<TickThreads> tick) {
        names.forEach(name -> targets.put(name, Executors.newSingleThreadExecutor(named(name))));
        var unused = planning.scheduleWithFixedDelay(() -> guarded(() -> tick.accept(this)), 0, 1, TimeUnit.SECONDS);
    }

    private static ThreadFactory named(String what) {
        return work -> {
            Thread thread = new Thread(work, "vaultmesh-anchor-" + what);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** An exception would end all later ticks. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a tick failed; the next one follows", e);
        }
    }

    void execute(String target, Runnable work) {
        Optional.ofNullable(targets.get(target)).orElseThrow().execute(() -> guarded(work));
    }

    @Override
    public void close() {
        end(planning); // first, so that nothing is added to the others
        targets.values().forEach(ExecutorService::shutdownNow);
        targets.values().forEach(TickThreads::end);
    }

    private static void end(ExecutorService threads) {
        var unused = threads.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
