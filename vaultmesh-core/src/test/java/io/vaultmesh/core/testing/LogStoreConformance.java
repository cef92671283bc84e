package io.vaultmesh.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.LogStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} keeps to: extend it, say how to make an empty store, and run it as a JUnit 5 test. */
public abstract class LogStoreConformance {

    private static final String PARTIALS = "tile/0/x001/234.p";

    /**
     * Makes a store.
     *
     * @return an empty one, new at each call
     */
    protected abstract LogStore emptyStore();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void anEmptyStoreHasNothing() {
        LogStore store = emptyStore();
        assertTrue(store.read(LogStore.CHECKPOINT).isEmpty());
        assertTrue(store.read("tile/0/x001/234").isEmpty());
        assertTrue(store.list(PARTIALS).isEmpty());
        store.delete(PARTIALS + "/7");
    }

    @Test
    void aFileIsReadAsItWasWritten() {
        LogStore store = emptyStore();
        byte[] content = new byte[8192];
        Arrays.fill(content, (byte) 0xfe);
        store.writeIfAbsent("tile/0/x001/234", content);
        store.writeIfAbsent("tile/entries/000.p/1", new byte[0]);
        assertArrayEquals(content, store.read("tile/0/x001/234").orElseThrow());
        assertArrayEquals(new byte[0], store.read("tile/entries/000.p/1").orElseThrow());
        assertTrue(store.read("tile/0/x001/235").isEmpty());
        assertTrue(store.read("tile/0/x001/234.p/1").isEmpty());
    }

    @Test
    void contentIsCopiedInAndOut() {
        LogStore store = emptyStore();
        byte[] content = bytes("tile");
        store.writeIfAbsent("tile/0/000", content);
        content[0] = 'x';
        store.read("tile/0/000").orElseThrow()[0] = 'y';
        assertArrayEquals(bytes("tile"), store.read("tile/0/000").orElseThrow());
        byte[] checkpoint = bytes("one");
        store.replaceCheckpoint(Optional.empty(), checkpoint);
        checkpoint[0] = 'x';
        store.read(LogStore.CHECKPOINT).orElseThrow()[0] = 'y';
        assertArrayEquals(bytes("one"), store.read(LogStore.CHECKPOINT).orElseThrow());
    }

    @Test
    void aFileIsWrittenAgainOnlyWithTheSameContent() {
        LogStore store = emptyStore();
        store.writeIfAbsent("tile/0/000", bytes("a"));
        store.writeIfAbsent("tile/0/000", bytes("a"));
        for (String other : new String[] {"", "b", "aa"}) {
            String message = assertThrows(
                            LogDamagedException.class, () -> store.writeIfAbsent("tile/0/000", bytes(other)))
                    .getMessage();
            assertTrue(message.contains("tile/0/000") && message.contains("other content"), message);
        }
        assertArrayEquals(bytes("a"), store.read("tile/0/000").orElseThrow());
    }

    @Test
    void theCheckpointIsReplacedOnlyByOneWhoKnowsIt() {
        LogStore store = emptyStore();
        assertThrows(LogDamagedException.class, () -> store.replaceCheckpoint(Optional.of(bytes("0")), bytes("1")));
        assertTrue(store.read(LogStore.CHECKPOINT).isEmpty());
        store.replaceCheckpoint(Optional.empty(), bytes("1"));
        assertThrows(LogDamagedException.class, () -> store.replaceCheckpoint(Optional.empty(), bytes("2")));
        store.replaceCheckpoint(Optional.of(bytes("1")), bytes("2"));
        assertThrows(LogDamagedException.class, () -> store.replaceCheckpoint(Optional.of(bytes("1")), bytes("3")));
        assertArrayEquals(bytes("2"), store.read(LogStore.CHECKPOINT).orElseThrow());
    }

    @Test
    void aDirectoryListsTheFilesDirectlyInIt() {
        LogStore store = emptyStore();
        store.writeIfAbsent(PARTIALS + "/1", bytes("1"));
        store.writeIfAbsent(PARTIALS + "/200", bytes("200"));
        store.writeIfAbsent("tile/0/x001/234", bytes("full"));
        store.writeIfAbsent("tile/0/x001/235.p/3", bytes("3"));
        assertEquals(Set.of("1", "200"), Set.copyOf(store.list(PARTIALS)));
        assertEquals(2, store.list(PARTIALS).size());
        assertEquals(List.of("234"), store.list("tile/0/x001"));
        assertTrue(store.list("tile/0/x001/234").isEmpty());
        assertTrue(store.list("tile/0/x001/23").isEmpty());
        assertTrue(store.list("tile/1").isEmpty());
    }

    @Test
    void whatIsDeletedIsGoneAndNothingElse() {
        LogStore store = emptyStore();
        store.writeIfAbsent(PARTIALS + "/1", bytes("1"));
        store.writeIfAbsent(PARTIALS + "/2", bytes("2"));
        store.writeIfAbsent("tile/0/x001/234", bytes("full"));
        store.delete(PARTIALS + "/1");
        store.delete(PARTIALS + "/1");
        assertEquals(List.of("2"), store.list(PARTIALS));
        assertTrue(store.read(PARTIALS + "/1").isEmpty());
        store.delete(PARTIALS + "/2");
        assertTrue(store.list(PARTIALS).isEmpty());
        assertArrayEquals(bytes("full"), store.read("tile/0/x001/234").orElseThrow());
        store.writeIfAbsent(PARTIALS + "/1", bytes("again"));
        assertArrayEquals(bytes("again"), store.read(PARTIALS + "/1").orElseThrow());
    }

    @Test
    void writersAtOnceNeverShowAPartOfAFile() throws Exception {
        LogStore store = emptyStore();
        byte[] content = new byte[64 * 1024];
        Arrays.fill(content, (byte) 1);
        for (int round = 0; round < 10; round++) {
            String path = "tile/0/00" + round;
            together(4, i -> () -> {
                store.writeIfAbsent(path, content);
                assertArrayEquals(content, store.read(path).orElseThrow());
                return true;
            });
        }
    }

    @Test
    void ofWritersAtOnceOneReplacesTheCheckpoint() throws Exception {
        LogStore store = emptyStore();
        List<Boolean> won = together(4, i -> () -> {
            try {
                store.replaceCheckpoint(Optional.empty(), bytes("writer " + i));
                return true;
            } catch (LogDamagedException tooLate) {
                return false;
            }
        });
        assertEquals(1, won.stream().filter(w -> w).count());
        assertArrayEquals(
                bytes("writer " + won.indexOf(true)),
                store.read(LogStore.CHECKPOINT).orElseThrow());
    }

    private interface Task {
        Callable<Boolean> of(int i);
    }

    private static List<Boolean> together(int count, Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch start = new CountDownLatch(count);
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Callable<Boolean> act = task.of(i);
                futures.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return act.call();
                }));
            }
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
