package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Logs to append to, opened before each iteration, so that they stay about as large as they were. */
public final class GrowingLog {

    private GrowingLog() {}

    /** A new log of ten thousand entries. */
    @State(Scope.Thread)
    public static class Small {

        private static final int SIZE = 10_000;

        private Path directory;
        MerkleLog log;

        @Setup(Level.Iteration)
        public void open() {
            directory = Scratch.create();
            log = MerkleLog.builder(directory.resolve("log"))
                    .signer(Samples.SIGNER)
                    .open();
            List<byte[]> batch = List.of(Samples.entries(BatchAppend.ENTRIES));
            while (log.size() < SIZE) {
                log.appendAll(batch);
            }
            log.publish();
        }

        @TearDown(Level.Iteration)
        public void delete() throws IOException {
            log.close();
            Scratch.delete(directory);
        }
    }

    /** The log of ten million entries. */
    @State(Scope.Thread)
    public static class Large {

        MerkleLog log;

        @Setup(Level.Iteration)
        public void open() {
            log = PreparedLog.TEN_MILLION.open();
        }

        @TearDown(Level.Iteration)
        public void close() {
            log.close();
        }
    }
}
