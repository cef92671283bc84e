package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCopyTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, 257, 70_000})
    void isTheWholeLogAndSignsNothing(long size) {
        Path copy = dir.resolve("copies/first");
        try (MerkleLog log = Logs.open(dir.resolve("log"))) {
            Logs.grow(log, size);
            assertEquals(log.checkpoint(), log.copyTo(copy));
            log.append(Logs.entry(size));
        }
        try (MerkleLog opened = Logs.open(copy)) {
            assertTrue(opened.copied());
            assertEquals(size, opened.size());
            assertEquals(Logs.rootOf(size), opened.root());
            opened.fsck().orThrow();
            assertThrows(IllegalStateException.class, () -> opened.append(Logs.entry(size)));
        }
    }

    @Test
    void isOfOneMomentWhileOthersAppend() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (MerkleLog log = Logs.open(dir.resolve("log"))) {
            Logs.grow(log, 1);
            Thread appending = new Thread(() -> {
                while (!done.get()) {
                    log.append(Logs.entry(log.size()));
                }
            });
            appending.start();
            try {
                for (int i = 0; i < 20; i++) {
                    Path copy = dir.resolve("copy-" + i);
                    TrustedCheckpoint copied = log.copyTo(copy);
                    LogReader reader = MerkleLog.read(copy, log.verifier());
                    assertEquals(copied, reader.checkpoint());
                    reader.fsck().orThrow();
                    assertTrue(log.verify(copied).holds());
                }
            } finally {
                done.set(true);
                appending.join();
            }
            assertTrue(log.size() > 20);
        }
    }

    @Test
    void neverGoesWhereSomethingIs() throws IOException {
        Path target = Files.createDirectories(dir.resolve("target"));
        Files.writeString(target.resolve("mine.txt"), "mine");
        try (MerkleLog log = Logs.open(dir.resolve("log"))) {
            assertEquals(
                    target + " is not empty, expected a directory for a copy",
                    assertThrows(IllegalArgumentException.class, () -> log.copyTo(target))
                            .getMessage());
        }
        assertFalse(Files.exists(target.resolve("checkpoint")));
    }

    @Test
    void ofALogInMemoryCanBeRead() {
        Path copy = dir.resolve("copy");
        MerkleLog log = MerkleLog.inMemory(Logs.SIGNER);
        Logs.grow(log, 300);
        log.copyTo(copy);
        LogReader reader = MerkleLog.read(copy, log.verifier());
        assertEquals(Logs.rootOf(300), reader.checkpoint().root());
        reader.fsck().orThrow();
    }
}
