package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each byte of what a log published is protected: changed, it is noticed. */
class DamageTest {

    @TempDir
    Path dir;

    private LogReader reader() {
        return MerkleLog.read(dir, Logs.SIGNER.verifier());
    }

    private void publish(long... sizes) {
        try (MerkleLog log = Logs.open(dir)) {
            for (long size : sizes) {
                Logs.grow(log, size);
                log.publish();
            }
        }
    }

    private void change(String file, int at, int mask) throws IOException {
        byte[] bytes = Files.readAllBytes(dir.resolve(file));
        bytes[at] ^= (byte) mask;
        Files.write(dir.resolve(file), bytes);
    }

    /** The checks that failed, as "name: detail". */
    private List<String> failures() {
        return reader().fsck().checks(Outcome.FAIL).stream()
                .map(check -> check.name() + ": " + check.detail())
                .toList();
    }

    private static LogStore inMemory(Path dir) throws IOException {
        LogStore store = new MemoryStore();
        for (String file : Logs.files(dir)) {
            byte[] content = Files.readAllBytes(dir.resolve(file));
            if (file.equals(LogStore.CHECKPOINT)) {
                store.replaceCheckpoint(Optional.empty(), content);
            } else {
                store.writeIfAbsent(file, content);
            }
        }
        return store;
    }

    /** A store with one byte changed. */
    private record Changed(LogStore store, String file, int at, int mask) implements LogStore {
        @Override
        public Optional<byte[]> read(String path) {
            Optional<byte[]> content = store.read(path);
            if (path.equals(file)) {
                content.orElseThrow()[at] ^= (byte) mask;
            }
            return content;
        }

        @Override
        public List<String> list(String directory) {
            return store.list(directory);
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
    }

    private int everyChangeFails(int stride, int... masks) throws IOException {
        LogStore store = inMemory(dir);
        int changes = 0;
        List<String> unnoticed = new ArrayList<>();
        for (String file : Logs.files(dir)) {
            int length = store.read(file).orElseThrow().length;
            for (int at = 0; at < length; at += stride) {
                for (int mask : masks) {
                    changes++;
                    Report report = LogReader.of(new Changed(store, file, at, mask), Logs.SIGNER.verifier())
                            .fsck();
                    if (report.passed()) {
                        unnoticed.add(file + " byte " + at + " ^ " + mask);
                    }
                }
            }
        }
        assertEquals(List.of(), unnoticed);
        return changes;
    }

    @Test
    void anyChangedByteOfASmallLogFailsFsck() throws IOException {
        publish(2, 5);
        assertTrue(reader().fsck().passed());
        assertTrue(everyChangeFails(1, 0x01, 0x07, 0x80) > 1200);
    }

    @Test
    void aChangedByteOfALargerLogFailsFsck() throws IOException {
        publish(280, 300, 600);
        assertTrue(reader().fsck().passed());
        assertTrue(everyChangeFails(61, 0x10) > 400);
    }

    @Test
    void aSmallLogWithAnyByteOfItsNewestFilesChangedIsNotOpened() throws IOException {
        publish(2, 5);
        for (String file : List.of("checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5")) {
            long length = Files.size(dir.resolve(file));
            for (int at = 0; at < length; at++) {
                change(file, at, 0x04);
                String what = file + " byte " + at;
                assertThrows(LogDamagedException.class, () -> Logs.open(dir), what);
                change(file, at, 0x04);
            }
        }
        Logs.open(dir).close();
    }

    @Nested
    class IsNamed {

        @BeforeEach
        void aLogOf600() {
            publish(0, 550, 600);
        }

        @Test
        void asTheEntryThatWasChanged() throws IOException {
            // each of the first ten entries takes 2 + 7 bytes
            change("tile/entries/000", 9 * 3 + 2, 0x20);
            List<String> failures = failures();
            assertEquals(2, failures.size(), failures::toString);
            assertTrue(
                    failures.get(0)
                            .matches("entry 3: tile/entries/000: leaf hash is [0-9a-f]{64}, expected [0-9a-f]{64}"
                                    + " as in tile/0/000"),
                    failures.get(0));
            assertTrue(
                    failures.get(1).startsWith("root: the tiles lead to the signed root ")
                            && failures.get(1).endsWith("the entries don't: 1 of them are not what was logged"),
                    failures.get(1));
        }

        @Test
        void asTheEntryWhoseLengthIsWrong() throws IOException {
            change("tile/entries/001", 0, 0x80);
            assertEquals(
                    "entry 256: tile/entries/001 ends, or has a wrong length, at entry 256; expected 256 entries",
                    failures().get(0));
        }

        @Test
        void asTheBundleThatIsMissing() throws IOException {
            Files.delete(dir.resolve("tile/entries/001"));
            assertEquals(
                    "entry 256: tile/entries/001 is missing; expected 256 entries",
                    failures().get(0));
            Files.delete(dir.resolve("tile/entries/002.p/88"));
            assertTrue(failures().contains("entry 512: tile/entries/002.p/88 is missing; expected 88 entries"));
        }

        @Test
        void asTheBundleThatIsTooLong() throws IOException {
            Path file = dir.resolve("tile/entries/002.p/88");
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
            assertEquals(List.of("tile/entries/002.p/88: has bytes after its 88 entries"), failures());
        }

        @Test
        void asTheTileThatIsMissingOrHasAnotherLength() throws IOException {
            Path file = dir.resolve("tile/0/001");
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 32));
            assertTrue(failures().contains("tile/0/001: is missing or has another length, expected 256 hashes"));
            Files.delete(file);
            List<String> failures = failures();
            assertTrue(failures.contains("tile/0/001: is missing or has another length, expected 256 hashes"));
            assertTrue(failures.contains(
                    "root: the entries lead to the signed root, the tiles don't: the tiles are damaged"));
        }

        @Test
        void asTheTileAbove() throws IOException {
            change("tile/1/000.p/2", 33, 1);
            assertEquals(List.of("tile/1/000.p/2: hash 1 is not the root of tile/0/001"), failures());
            Files.delete(dir.resolve("tile/1/000.p/2"));
            assertEquals(List.of("tile/1/000.p/2: is missing or has another length, expected 2 hashes"), failures());
        }

        @Test
        void asThePartialThatAnOlderCheckpointNeeds() throws IOException {
            change("tile/0/002.p/38", 100, 1);
            assertTrue(
                    failures().get(0).startsWith("tile/0/002.p/38: "),
                    failures().toString());
            change("tile/0/002.p/38", 100, 1);
            change("tile/entries/002.p/38", 3, 1);
            assertTrue(
                    failures().get(0).startsWith("tile/entries/002.p/38: "),
                    failures().toString());
        }

        @Test
        void asEntriesAndTilesIfBothAreChanged() throws IOException {
            change("tile/entries/000", 2, 1);
            change("tile/0/000", 0, 1);
            List<String> failures = failures();
            assertTrue(failures.get(0).startsWith("entry 0: "), failures.toString());
            assertTrue(failures.get(2).startsWith("root: neither the entries, which lead to "), failures.toString());
            assertTrue(
                    failures.get(3)
                            .matches("checkpoints: at size 550 root [0-9a-f]{64} was published, signed by the log's"
                                    + " key, but the log has root [0-9a-f]{64}"),
                    failures.toString());
        }

        @Test
        void asTheCheckpointThatCantBeTrusted() throws IOException {
            Files.writeString(dir.resolve("checkpoint"), "hello\n");
            assertEquals(
                    List.of("checkpoint signature: the checkpoint of example.com/log can't be trusted: not a note:"
                            + " expected a text, an empty line, and lines of signatures"),
                    failures());
            Files.delete(dir.resolve("checkpoint"));
            assertEquals(List.of("checkpoint signature: there is no checkpoint of example.com/log"), failures());
        }

        @Test
        void asWhatIsBeyondTheCheckpoint() throws IOException {
            Path old = Files.createDirectory(dir.resolve("old"));
            try (MerkleLog log =
                    MerkleLog.builder(old.resolve("log")).signer(Logs.SIGNER).open()) {
                Logs.grow(log, 550);
            }
            Files.copy(
                    old.resolve("log/checkpoint"),
                    dir.resolve("checkpoint"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertEquals(
                    List.of(
                            "checkpoints: the log's key signed a checkpoint at size 600, but checkpoint and journal reach"
                                    + " size 550: the log was taken back",
                            "end: beyond the checkpoint's size 550 there are [tile/entries/002.p/88, tile/0/002.p/88]"),
                    failures());
        }

        @Test
        void andTheEntriesThatAreIntactAreShown() throws IOException {
            change("tile/entries/000", 9 * 3 + 2, 0x20);
            List<Long> intact = new ArrayList<>();
            Report report = reader().fsck(entry -> intact.add(entry.index()));
            assertFalse(report.passed());
            assertEquals(599, intact.size());
            assertFalse(intact.contains(3L));
        }
    }

    @Test
    void anIntactLogSaysWhatWasChecked() {
        publish(0, 300);
        Report report = reader().fsck();
        assertEquals("fsck of example.com/log", report.title());
        assertEquals(
                List.of("checkpoint signature", "entries", "tiles", "root", "checkpoints", "end"),
                report.checks().stream().map(Check::name).toList());
        assertEquals(
                "300 entries have the leaf hashes that the tiles give",
                report.check("entries").orElseThrow().detail());
    }

    @Test
    void anEmptyLogIsIntact() {
        publish(0);
        assertTrue(reader().fsck().passed());
    }

    @Test
    void aReaderSeesWhatIsPublishedAndNoMore() {
        try (MerkleLog log = Logs.open(dir)) {
            assertEquals(0, reader().checkpoint().size());
            log.append("x".getBytes(UTF_8));
            assertEquals(0, reader().checkpoint().size());
            log.publish();
            assertEquals(1, reader().checkpoint().size());
            assertTrue(reader().fsck().passed());
        }
    }

    @Test
    void aReaderOfNothingSaysThatThereIsNoCheckpoint() {
        LogReader reader = MerkleLog.read(dir.resolve("absent"), Logs.SIGNER.verifier());
        assertEquals(
                "there is no checkpoint of example.com/log",
                assertThrows(LogDamagedException.class, reader::checkpoint).getMessage());
        assertTrue(reader.fsck().failed());
    }

    @Test
    void anEntryWhoseFileIsGoneIsNotMadeUp() throws IOException {
        publish(300);
        try (MerkleLog log = Logs.open(dir)) {
            Files.delete(dir.resolve("tile/entries/000"));
            assertEquals(
                    "tile/entries/000 is missing, expected a full bundle",
                    assertThrows(LogDamagedException.class, () -> log.entry(3)).getMessage());
            Files.write(dir.resolve("tile/entries/000"), new byte[] {0, 1, 'x', 0});
            assertEquals(
                    "tile/entries/000 holds 1 whole entries, expected 256",
                    assertThrows(LogDamagedException.class, () -> log.entry(0)).getMessage());
            Files.delete(dir.resolve("tile/0/000"));
            assertEquals(
                    "tile/0/000 is missing, expected a full tile",
                    assertThrows(LogDamagedException.class, () -> log.proveInclusion(0))
                            .getMessage());
        }
    }
}
