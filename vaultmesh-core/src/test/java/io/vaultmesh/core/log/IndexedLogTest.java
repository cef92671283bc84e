package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexedLogTest {

    @TempDir
    Path dir;

    private MerkleLog indexed() {
        return MerkleLog.builder(dir).signer(Logs.SIGNER).indexed().open();
    }

    private MerkleLog deduplicated() {
        return MerkleLog.builder(dir).signer(Logs.SIGNER).deduplicated().open();
    }

    private static OptionalLong indexOf(MerkleLog log, byte[] entry) {
        return log.indexOf(MerkleTree.leafHash(entry));
    }

    @Test
    void saysWhereBytesWereLoggedFirst() {
        try (MerkleLog log = indexed()) {
            Logs.grow(log, 600);
            log.append(Logs.entry(3));
            assertEquals(601, log.size());
            assertEquals(OptionalLong.of(3), indexOf(log, Logs.entry(3)));
            assertEquals(OptionalLong.of(599), indexOf(log, Logs.entry(599)));
            assertEquals(OptionalLong.empty(), indexOf(log, Logs.entry(600)));
        }
        try (MerkleLog log = indexed()) {
            assertEquals(OptionalLong.of(3), indexOf(log, Logs.entry(3)));
        }
    }

    @Test
    void isMadeForALogThatHadNone() {
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 600);
            String message = assertThrows(IllegalStateException.class, () -> indexOf(log, Logs.entry(3)))
                    .getMessage();
            assertTrue(message.endsWith("open it with indexed()"), message);
        }
        try (MerkleLog log = indexed()) {
            assertEquals(OptionalLong.of(255), indexOf(log, Logs.entry(255)));
            assertEquals(OptionalLong.of(599), indexOf(log, Logs.entry(599)));
        }
    }

    @Test
    void knowsWhatOnlyTheJournalHad() {
        Path copy;
        try (MerkleLog log = indexed()) {
            Logs.grow(log, 5);
            copy = Logs.copy(dir, dir.resolveSibling(dir.getFileName() + "-copy"));
        }
        try (MerkleLog log =
                MerkleLog.builder(copy).signer(Logs.SIGNER).indexed().open()) {
            assertEquals(OptionalLong.of(4), indexOf(log, Logs.entry(4)));
        }
    }

    @Test
    void keepsBytesFromBeingLoggedTwice() {
        try (MerkleLog log = deduplicated()) {
            assertEquals(0, log.append(Logs.entry(0)).index());
            assertEquals(0, log.append(Logs.entry(0)).index());
            assertEquals(1, log.append(Logs.entry(1)).index());
            List<Long> indexes = log
                    .appendAll(List.of(
                            Logs.entry(2), Logs.entry(0), Logs.entry(2), new byte[0], Logs.entry(3), new byte[0]))
                    .stream()
                    .map(Appended::index)
                    .toList();
            assertEquals(List.of(2L, 0L, 2L, 3L, 4L, 3L), indexes);
            assertEquals(5, log.size());
            log.appendAll(List.of(Logs.entry(0), Logs.entry(1)));
            assertEquals(5, log.size());
            log.fsck().orThrow();
        }
        try (MerkleLog log = deduplicated()) {
            assertEquals(4, log.append(Logs.entry(3)).index());
            assertEquals("entry 3", log.entry(4).text());
            assertEquals("", log.entry(3).text());
        }
    }

    @Test
    void keepsThemFromItAmongThreadsToo() throws InterruptedException {
        Set<String> seen = new ConcurrentSkipListSet<>();
        try (MerkleLog log = deduplicated()) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(t -> new Thread(() -> {
                        for (int i = 0; i < 100; i++) {
                            seen.add(i + "=" + log.append(Logs.entry(i)).index());
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(100, log.size());
            assertEquals(100, seen.size(), seen::toString);
            log.fsck().orThrow();
        }
    }

    @Test
    void isDisposable() throws IOException {
        try (MerkleLog log = deduplicated()) {
            Logs.grow(log, 300);
        }
        try (var files = Files.walk(dir.resolve("index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[100]);
            }
        }
        try (MerkleLog log = deduplicated()) {
            assertEquals(7, log.append(Logs.entry(7)).index());
            assertEquals(300, log.size());
        }
    }
}
