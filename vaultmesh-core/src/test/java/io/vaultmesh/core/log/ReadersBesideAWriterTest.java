package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.note.NoteVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers see a log that only grows, and never damage, however often its writer publishes. */
@Timeout(120)
class ReadersBesideAWriterTest {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();
    private static final int PUBLICATIONS = 50;
    private static final int MOST_PUBLICATIONS = 20_000; // for readers that a busy machine keeps waiting
    private static final int STEPS = 4;

    @TempDir
    Path dir;

    @Test
    void overFiles() throws Exception {
        growWhile(List.of(() -> follow(MerkleLog.read(dir, KEY), 1), () -> follow(MerkleLog.read(dir, KEY), 2)));
    }

    @Test
    void overHttp() throws Exception {
        try (LogServer server = new LogServer(dir)) {
            growWhile(List.of(
                    () -> follow(MerkleLog.read(server.base(), KEY), 3),
                    () -> follow(MerkleLog.read(server.base(), KEY), 4)));
        }
    }

    @Test
    void oneReaderSharedByThreads() throws Exception {
        LogReader shared = MerkleLog.read(dir, KEY);
        growWhile(List.of(() -> follow(shared, 5), () -> follow(shared, 6), () -> follow(shared, 7)));
    }

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger haveSeen = new AtomicInteger(); // readers that saw the log grow often enough

    private boolean haveSeen(int readers) {
        return haveSeen.get() >= readers;
    }

    /** Publishes often, with partial files of every width, while readers follow; each must have seen it grow. */
    private void growWhile(List<Callable<Integer>> readers) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Integer>> following = new ArrayList<>();
        try (MerkleLog log = Logs.open(dir)) {
            readers.forEach(reader -> following.add(threads.submit(reader)));
            Random random = new Random(20);
            for (int i = 0; i < PUBLICATIONS || (i < MOST_PUBLICATIONS && !haveSeen(readers.size())); i++) {
                Logs.grow(log, log.size() + 1 + random.nextInt(random.nextInt(10) == 0 ? 700 : 40));
                log.publish();
            }
        } finally {
            done.set(true);
            threads.shutdown();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        }
        for (Future<Integer> each : following) {
            int steps = each.get();
            assertTrue(steps >= STEPS, "it saw the log grow only " + steps + " times");
        }
        MerkleLog.read(dir, KEY).fsck().orThrow();
    }

    private int follow(LogReader reader, int seed) {
        Random random = new Random(seed);
        int steps = 0;
        TrustedCheckpoint before = reader.checkpoint();
        boolean last = false;
        while (!last) {
            last = done.get(); // once more after the writer's end
            reader.refresh();
            TrustedCheckpoint now = reader.checkpoint();
            assertTrue(now.size() >= before.size());
            reader.verify(before).orThrow();
            if (now.size() > before.size() && ++steps == STEPS) {
                haveSeen.incrementAndGet();
            }
            if (now.size() > 0) {
                long index = Math.floorMod(random.nextLong(), now.size());
                assertArrayEquals(Logs.entry(index), reader.entry(index).bytes());
                reader.proveInclusion(index).verify(Logs.entry(index), KEY).orThrow();
                long from = Math.max(0, now.size() - 20);
                assertEquals(
                        Logs.entries(from, now.size()).stream().map(String::new).toList(),
                        reader.entries(from, now.size()).map(LogEntry::text).toList());
            }
            before = now;
        }
        return steps;
    }

    @Test
    void aProcessThatReadsFilesLoadsNoHttpClient() {
        try (MerkleLog log = Logs.open(dir)) {
            Logs.grow(log, 600);
            log.publish();
            String out = OutsideProgram.java()
                    .run(
                            dir,
                            "-Xlog:class+load",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ReadsFiles.class.getName(),
                            dir.toString())
                    .orFail();
            assertTrue(out.contains("read 600 entries"), out);
            assertTrue(out.contains(LogReader.class.getName() + " source: "), "what was loaded is shown");
            assertFalse(
                    out.contains("java.net.http."),
                    () -> out.lines()
                            .filter(line -> line.contains("java.net.http."))
                            .toList()
                            .toString());
        }
    }

    /** Opens, writes and reads logs as a program does that has no use for a network. */
    static final class ReadsFiles {

        private ReadsFiles() {}

        public static void main(String[] arguments) {
            try (MerkleLog log = MerkleLog.inMemory()) {
                Logs.grow(log, 300);
                log.fsck().orThrow();
            }
            LogReader reader = MerkleLog.read(Path.of(arguments[0]), KEY);
            reader.fsck().orThrow();
            System.out.println(
                    "read " + reader.entries(0, reader.size()).toList().size() + " entries");
        }
    }
}
