package io.vaultmesh.core.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeafIndexThreadsTest {

    @TempDir
    Path dir;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(60, SECONDS));
    }

    /** Where the leaf of an entry was first: each third one was there before. */
    private static long first(long index) {
        return index % 3 == 2 ? first(index / 2) : index;
    }

    private static Hash leaf(long index) {
        return Leaves.spread(first(index));
    }

    @Test
    void whatIsAddedIsFoundWhileTablesAreWrittenAndRunsMerged() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        LeafIndex index =
                LeafIndex.open(new IndexDirectory(dir, FileOutputStream::new), 0, LeafIndexThreadsTest::leaf, 600);
        index.add(0, leaf(0));
        List<Future<?>> running = new ArrayList<>();
        running.add(threads.submit(() -> {
            while (!done.get()) {
                index.maintain();
            }
        }));
        for (int seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            running.add(threads.submit(() -> {
                while (!done.get()) {
                    int at = random.nextInt((int) index.size());
                    assertEquals(OptionalLong.of(first(at)), index.find(leaf(at)));
                    assertEquals(OptionalLong.empty(), index.find(Leaves.spread(-1 - at)));
                }
            }));
        }
        try (index) {
            for (int i = 1; i < 20_000; i++) {
                index.makeRoom(1);
                index.add(i, leaf(i));
            }
            done.set(true);
            for (Future<?> thread : running) {
                thread.get(60, SECONDS);
            }
            index.maintain();
            for (int i = 0; i < 20_000; i++) {
                assertEquals(OptionalLong.of(first(i)), index.find(leaf(i)));
            }
            assertTrue(Leaves.files(dir).size() < 7, () -> Leaves.files(dir).toString());
        } finally {
            done.set(true);
        }
    }

    /** Closes an index in another thread, and returns when that waits for this one. */
    private void closeBeside(LeafIndex index) {
        Thread closing = new Thread(index::close);
        threads.submit(() -> {
            closing.start();
            closing.join();
            return null;
        });
        long end = System.nanoTime() + SECONDS.toNanos(30);
        while (closing.getState() != Thread.State.BLOCKED) {
            assertTrue(System.nanoTime() < end, () -> "close is " + closing.getState());
            Thread.onSpinWait();
        }
    }

    @Test
    void closeEndsARebuildEarly() throws Exception {
        Leaves leaves = Leaves.spread(0, 1000);
        LeafIndex.open(dir, 1000, leaves).close();
        Path file = dir.resolve("0-1000.run");
        byte[] changed = Files.readAllBytes(file);
        changed[0] ^= 1;
        Files.write(file, changed);
        LeafIndex[] opened = new LeafIndex[1];
        AtomicBoolean maintaining = new AtomicBoolean();
        opened[0] = LeafIndex.open(dir, 1000, index -> {
            if (maintaining.getAndSet(false)) {
                closeBeside(opened[0]);
            }
            return leaves.apply(index);
        });
        assertEquals(List.of(), leaves.wrong(opened[0]));
        long before = leaves.asked();
        maintaining.set(true);
        opened[0].maintain();
        assertFalse(maintaining.get());
        assertEquals(before + 1, leaves.asked());
        reopens(leaves, List.of("0-1000.run"));
    }

    @Test
    void closeEndsAMergeEarly() throws Exception {
        Leaves leaves = Leaves.spread(0, 3000);
        LeafIndex[] opened = new LeafIndex[1];
        List<String> merged = new ArrayList<>();
        IndexDirectory directory = new IndexDirectory(dir, file -> {
            if (file.getName().startsWith("0-2000")) {
                merged.add(file.getName());
                closeBeside(opened[0]);
            }
            return new FileOutputStream(file);
        });
        opened[0] = LeafIndex.open(directory, 0, leaves, 1000);
        leaves.addTo(opened[0]);
        opened[0].maintain();
        assertEquals(List.of("0-2000.run.part"), merged);
        reopens(leaves, List.of("0-1000.run", "1000-2000.run", "2000-3000.run"));
    }

    private void reopens(Leaves leaves, List<String> files) throws IOException, InterruptedException {
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, SECONDS));
        assertEquals(files, Leaves.files(dir));
        try (LeafIndex index = LeafIndex.open(dir, leaves.size(), leaves)) {
            assertEquals(List.of(), leaves.wrong(index));
        }
    }
}
