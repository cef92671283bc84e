package io.vaultmesh.federation.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineExecutorTest {

    private final ScheduledExecutorService clock = NamedThreads.clock("vaultmesh-deadlines");

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private DeadlineExecutor one(Duration first) {
        return new DeadlineExecutor("vaultmesh-receive", 1, first, clock);
    }

    /** A task that takes forever; the result is after how long it was interrupted. */
    private static CompletableFuture<Duration> endless(DeadlineExecutor executor, Runnable before) {
        CompletableFuture<Duration> interrupted = new CompletableFuture<>();
        executor.execute(() -> {
            long begin = System.nanoTime();
            before.run();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(Duration.ofNanos(System.nanoTime() - begin));
            }
        });
        return interrupted;
    }

    private static Duration time(CompletableFuture<Duration> interrupted) throws Exception {
        return interrupted.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoIsAloneHasTheWholeTime() throws Exception {
        try (DeadlineExecutor executor = one(Duration.ofMillis(500))) {
            assertTrue(time(endless(executor, () -> {})).toMillis() >= 480);
        }
    }

    @Test
    void whoKeepsOthersWaitingHasATenth() throws Exception {
        try (DeadlineExecutor executor = one(Duration.ofSeconds(20))) {
            CompletableFuture<Duration> first = endless(executor, () -> {});
            CompletableFuture<Void> second = new CompletableFuture<>();
            executor.execute(() -> second.complete(null));
            assertTrue(time(first).compareTo(Duration.ofSeconds(15)) < 0);
            assertEquals(null, second.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whoIsKnownHasItsTimeWhoeverWaits() throws Exception {
        try (DeadlineExecutor executor = one(Duration.ofMillis(100))) {
            CompletableFuture<Duration> first =
                    endless(executor, () -> DeadlineExecutor.extend(Duration.ofMillis(800)));
            CompletableFuture<Void> second = new CompletableFuture<>();
            executor.execute(() -> second.complete(null));
            assertTrue(time(first).toMillis() >= 780);
            assertEquals(null, second.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whoComesNextIsNotInterruptedForWhoWasBefore() throws Exception {
        try (DeadlineExecutor executor = one(Duration.ofMillis(200))) {
            assertTrue(time(endless(executor, () -> {})).toMillis() >= 180);
            CompletableFuture<Boolean> next = new CompletableFuture<>();
            executor.execute(() -> next.complete(Thread.currentThread().isInterrupted()));
            assertEquals(false, next.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void tooManyAreRefusedAtOnce() throws Exception {
        try (DeadlineExecutor executor = one(Duration.ofSeconds(20))) {
            CompletableFuture<Duration> first = endless(executor, () -> {});
            assertThrows(RejectedExecutionException.class, () -> {
                for (int i = 0; i < 300; i++) {
                    executor.execute(() -> {});
                }
            });
            executor.close();
            assertTrue(time(first).compareTo(Duration.ofSeconds(15)) < 0);
        }
    }
}
