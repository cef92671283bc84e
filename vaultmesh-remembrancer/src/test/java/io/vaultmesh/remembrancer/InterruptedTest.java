package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt closes a channel that its thread uses. What is written must be whole all the same. */
class InterruptedTest extends MemoryFixture {

    @AfterEach
    void forgetTheInterrupt() {
        boolean unused = Thread.interrupted();
    }

    /** Does something in a thread that is interrupted, and stays so. */
    private static <T> T interrupted(Callable<T> action) throws Exception {
        Thread.currentThread().interrupt();
        T result = action.call();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        return result;
    }

    @Test
    void aMemoryIsMadeRecordsAndCloses() throws Exception {
        Path document = Files.writeString(
                directory.resolve("README.md"), "<!-- vaultmesh:root -->\n<!-- /vaultmesh:root -->\n");
        boolean created = interrupted(() -> {
            try (Remembrancer memory =
                    Remembrancer.builder(path()).publishRootTo(document).open()) {
                memory.record(discovery("found"));
                return memory.created();
            }
        });
        assertTrue(created);
        assertTrue(Files.readString(document).contains("/main"), "its root is published");
        requireSound(path());
    }

    @Test
    void anIndexIsMadeAnew() throws Exception {
        try (Remembrancer memory = open()) {
            memory.record(discovery("found"));
            long matches = interrupted(() -> {
                memory.namespace("main").reindex();
                return memory.query("found").page().matches();
            });
            assertEquals(1, matches);
        }
    }

    @Test
    void aBackupIsMadeAndRestored() throws Exception {
        Path copy = directory.resolve("copies/copy");
        Path restored = directory.resolve("restored/memory");
        try (Remembrancer memory = open()) {
            memory.record(discovery("found"));
            Path backup = interrupted(() -> {
                memory.backup(copy);
                return copy;
            });
            assertEquals(List.of("copy"), names(backup.getParent()));
        }
        Report audit = interrupted(() -> Remembrancer.restore(copy, restored));
        assertTrue(audit.passed(), audit.toText());
        assertEquals(List.of("memory"), names(restored.getParent()));
        requireSound(restored);
    }

    private static void requireSound(Path memory) throws IOException {
        try (Remembrancer again = Remembrancer.open(memory)) {
            assertEquals(1, again.timeline().count());
            again.verifyAudit().orThrow();
        }
    }
}
