package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosingTest extends MemoryFixture {

    private volatile Runnable whileIndexing = () -> {};

    /** A memory with a record, whose index its own thread is about to make anew, and tells how far it is. */
    private Remembrancer indexing() throws SQLException {
        Remembrancer memory = Remembrancer.builder(path())
                .clock(() -> NOON)
                .onIndexing((namespace, records, of) -> whileIndexing.run())
                .open();
        memory.record(discovery("first"));
        assertEquals(1, memory.query("first").page().matches());
        try (Connection sqlite =
                        DriverManager.getConnection("jdbc:sqlite:" + path().resolve("namespaces/main/index.db"));
                Statement statement = sqlite.createStatement()) {
            assertEquals(1, statement.executeUpdate("DELETE FROM meta"));
        }
        return memory;
    }

    private void requireBothRecords() {
        try (Remembrancer memory = open()) {
            assertEquals(2, memory.timeline().count());
            assertEquals(1, memory.query("second").page().matches());
            memory.verifyAudit().orThrow();
        }
    }

    @Test
    void inTheThreadThatIndexesWaitsForNobody() throws Exception {
        CompletableFuture<String> closedBy = new CompletableFuture<>();
        Remembrancer memory = indexing();
        whileIndexing = () -> {
            memory.close();
            closedBy.complete(Thread.currentThread().getName());
        };
        memory.record(discovery("second"));
        assertEquals("vaultmesh-index-main", closedBy.get(20, TimeUnit.SECONDS));
        requireBothRecords();
    }

    @Test
    void leavesTheLockToWhoClosesAlready() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Remembrancer memory = indexing();
        whileIndexing = () -> {
            begun.countDown();
            boolean interrupted = false;
            while (goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        memory.record(discovery("second"));
        begun.await();
        Thread closing = new Thread(memory::close);
        closing.start();
        try {
            while (closing.getState() != Thread.State.WAITING) { // for the thread that indexes
                assertTrue(closing.isAlive());
                Thread.onSpinWait();
            }
            memory.close();
            String message =
                    assertThrows(IllegalStateException.class, this::open).getMessage();
            assertTrue(message.contains("already open"), message);
        } finally {
            goOn.countDown();
            closing.join();
        }
        requireBothRecords();
    }
}
