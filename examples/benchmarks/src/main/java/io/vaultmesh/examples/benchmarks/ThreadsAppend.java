package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Appends entries of 600 bytes from 64 threads to a log on disk; each waits until its own is durable. */
@Threads(ThreadsAppend.THREADS)
public class ThreadsAppend {

    static final int THREADS = 64;

    private static final int CONNECTIONS = 8;

    /** What a thread appends. */
    @State(Scope.Thread)
    public static class Entries {

        private static final AtomicInteger THREAD = new AtomicInteger();

        private final byte[][] entries = Samples.entries(256);
        private int next = THREAD.getAndIncrement();

        private byte[] next() {
            return entries[next++ & 255];
        }
    }

    /** A log in a directory. */
    @State(Scope.Benchmark)
    public static class Log {

        private final Path directory = Scratch.create();
        private final MerkleLog log = MerkleLog.builder(directory.resolve("log"))
                .signer(Samples.SIGNER)
                .open();

        @TearDown
        public void delete() throws IOException {
            log.close();
            Scratch.delete(directory);
        }
    }

    /** A table of SQLite. */
    @State(Scope.Benchmark)
    public static class Table {

        private final Path directory = Scratch.create();
        private final SqliteTable table = SqliteTable.create(directory.resolve("table.db"), CONNECTIONS);

        @TearDown
        public void delete() throws IOException, SQLException {
            table.close();
            Scratch.delete(directory);
        }
    }

    @Benchmark
    public Appended vaultmesh(Log log, Entries entries) {
        return log.log.append(entries.next());
    }

    /** A few connections for all threads: faster than one for each, or one for all. */
    @Benchmark
    public void sqlite(Table table, Entries entries) throws SQLException, InterruptedException {
        table.table.insert(entries.next());
    }
}
