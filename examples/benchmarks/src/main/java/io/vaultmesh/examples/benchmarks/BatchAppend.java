package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.RocksDBException;

/** Appends 1,000 entries of 600 bytes at once, which are durable together; the figures are per entry. */
@State(Scope.Benchmark)
public class BatchAppend {

    static final int ENTRIES = 1000;

    private final List<byte[]> entries = List.of(Samples.entries(ENTRIES));

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
    public static class Sqlite {

        private final Path directory = Scratch.create();
        private final SqliteTable table = SqliteTable.create(directory.resolve("table.db"), 1);

        @TearDown
        public void delete() throws IOException, SQLException {
            table.close();
            Scratch.delete(directory);
        }
    }

    /** A database of RocksDB. */
    @State(Scope.Benchmark)
    public static class Rocks {

        private final Path directory = Scratch.create();
        private final RocksTable table = RocksTable.create(directory.resolve("rocks"), RocksTable.options());

        @TearDown
        public void delete() throws IOException {
            table.close();
            Scratch.delete(directory);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public List<Appended> vaultmesh(Log log) {
        return log.log.appendAll(entries);
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void sqlite(Sqlite sqlite) throws SQLException, InterruptedException {
        sqlite.table.insertAll(entries);
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void rocksdb(Rocks rocks) throws RocksDBException {
        rocks.table.putAll(entries);
    }
}
