package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckBesideAWriterTest {

    @TempDir
    Path dir;

    private LogReader reader() {
        return MerkleLog.read(dir, Logs.SIGNER.verifier());
    }

    @Test
    void findsNothingWrongHoweverOftenItPublishes() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (MerkleLog log = Logs.open(dir)) {
            Thread writer = new Thread(() -> {
                try {
                    while (!stop.get() && log.size() < 20_000) { // a fast disk would outrun the reader for ever
                        Logs.grow(log, log.size() + 100);
                        log.publish();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            writer.start();
            try {
                for (int i = 0; i < 50; i++) {
                    assertEquals(List.of(), reader().fsck().checks(Outcome.FAIL));
                }
            } finally {
                stop.set(true);
                writer.join();
            }
            assertNull(failure.get());
            log.fsck().orThrow();
        }
    }

    @Test
    void excusesWhatTheJournalHasAndNothingElse() throws IOException {
        Path old = dir.resolve("old");
        byte[] journal;
        byte[] history;
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 200);
            log.publish();
            Files.copy(dir.resolve("checkpoint"), old);
            Logs.grow(log, 255);
            journal = Files.readAllBytes(Logs.segment(dir));
            history = Files.readAllBytes(dir.resolve(CheckpointHistory.FILE));
        }
        Files.copy(old, dir.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(dir.resolve(CheckpointHistory.FILE), history);
        Path segment = dir.resolve(Journal.DIRECTORY).resolve("0000000001");
        Files.write(segment, journal);
        reader().fsck().orThrow();
        journal[600] ^= 1;
        Files.write(segment, journal);
        assertTrue(reader().fsck().failed());
        Files.delete(segment);
        assertTrue(reader().fsck().failed());
    }

    @Test
    void saysThatALogNeverStoodStill() {
        MerkleLog log = MerkleLog.inMemory(Logs.SIGNER);
        MemoryStore files = new MemoryStore();
        LogReader reader = LogReader.of(
                new LogStore() {
                    @Override
                    public Optional<byte[]> read(String path) {
                        if (path.equals(CHECKPOINT)) {
                            Optional<byte[]> before = files.read(path);
                            log.append(Logs.entry(log.size()));
                            files.replaceCheckpoint(
                                    before, log.checkpoint().note().bytes());
                        }
                        return files.read(path);
                    }

                    @Override
                    public List<String> list(String directory) {
                        return files.list(directory);
                    }

                    @Override
                    public void writeIfAbsent(String path, byte[] content) {
                        throw new AssertionError();
                    }

                    @Override
                    public void replaceCheckpoint(Optional<byte[]> expected, byte[] next) {
                        throw new AssertionError();
                    }

                    @Override
                    public void delete(String path) {
                        throw new AssertionError();
                    }
                },
                Logs.SIGNER.verifier());
        Report report = reader.fsck();
        assertEquals(
                Check.notChecked("checkpoint", "the log published while it was checked, 5 times; check it again"),
                report.check("checkpoint").orElseThrow());
    }

    @Test
    void namesWhatCantBeReadAndChecksTheRest() throws IOException {
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 300);
        }
        List<LogEntry> intact = new ArrayList<>();
        Files.delete(dir.resolve("tile/entries/000"));
        Files.createDirectory(dir.resolve("tile/entries/000"));
        Report report = reader().fsck(intact::add);
        assertEquals(44, intact.size());
        assertTrue(report.check("tile/entries/000")
                .orElseThrow()
                .detail()
                .startsWith("can't read " + dir.resolve("tile/entries/000")));
        Files.delete(dir.resolve("checkpoint"));
        Files.createDirectory(dir.resolve("checkpoint"));
        assertTrue(reader().fsck().check("checkpoint").orElseThrow().detail().startsWith("can't read "));
    }
}
