package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilePoolTest {

    private static final List<String> PATHS =
            IntStream.range(0, 100).mapToObj(Integer::toString).toList();

    @Test
    void eachPathIsDoneOnce() {
        Queue<String> done = new ConcurrentLinkedQueue<>();
        FilePool.each(PATHS, done::add);
        assertEquals(
                PATHS,
                done.stream()
                        .sorted((a, b) -> Integer.parseInt(a) - Integer.parseInt(b))
                        .toList());
    }

    @Test
    void severalAreDoneAtTheSameTime() {
        CountDownLatch met = new CountDownLatch(4);
        FilePool.each(PATHS, path -> {
            met.countDown();
            assertTrue(awaits(met), "only " + (4 - met.getCount()) + " at the same time");
        });
        assertEquals(0, met.getCount());
    }

    @Test
    void failureEndsItAndNothingGoesOnBehindIt() throws IOException {
        UncheckedIOException refused = new UncheckedIOException(new IOException("No space left on device"));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        UncheckedIOException thrown = assertThrows(
                UncheckedIOException.class,
                () -> FilePool.each(PATHS, path -> {
                    begun.incrementAndGet();
                    running.incrementAndGet();
                    try {
                        if (path.equals("3")) {
                            throw refused;
                        }
                        Thread.sleep(20);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
        assertSame(refused, thrown);
        assertEquals(0, running.get());
        assertTrue(begun.get() < PATHS.size(), begun::toString);
    }

    @Test
    void singlePathIsDoneByTheThreadThatAsks() {
        Thread asks = Thread.currentThread();
        FilePool.each(List.of("checkpoint"), path -> assertSame(asks, Thread.currentThread()));
    }

    @Test
    void helpersThatAreBusyElsewhereAreNotWaitedFor() throws Exception {
        CountDownLatch hung = new CountDownLatch(8);
        CountDownLatch release = new CountDownLatch(1);
        Thread other = new Thread(() -> FilePool.each(PATHS, path -> {
            hung.countDown();
            awaits(release);
        }));
        other.start();
        try {
            assertTrue(awaits(hung), "all are busy with a disk that doesn't answer");
            Queue<String> done = new ConcurrentLinkedQueue<>();
            FilePool.each(PATHS, done::add);
            assertEquals(PATHS, List.copyOf(done)); // in order: by this thread alone
        } finally {
            release.countDown();
            other.join();
        }
    }

    @CanIgnoreReturnValue
    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
