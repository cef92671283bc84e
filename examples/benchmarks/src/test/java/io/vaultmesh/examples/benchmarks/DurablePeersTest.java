package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** The peers of durable appends must be durable too: what they have committed was forced to the disk. */
class DurablePeersTest {

    private final List<byte[]> entries = List.of(Samples.entries(3));

    @TempDir
    Path directory;

    @Test
    void eachConnectionToSqliteForcesTheWriteAheadLogAtEachCommit() throws SQLException {
        try (SqliteTable table = SqliteTable.create(directory.resolve("table.db"), 3)) {
            assertEquals(List.of("wal", "wal", "wal"), table.ask("PRAGMA journal_mode"));
            assertEquals(List.of("2", "2", "2"), table.ask("PRAGMA synchronous"), "2 is FULL");
        }
    }

    /** What another connection sees is committed. */
    @Test
    void sqliteCommitsEachRowOfItsOwnAndTheRowsOfABatchTogether() throws Exception {
        Path file = directory.resolve("table.db");
        try (SqliteTable table = SqliteTable.create(file, 1);
                SqliteTable other = SqliteTable.create(file, 1)) {
            table.insert(entries.get(0));
            assertEquals(List.of("1"), other.ask("SELECT count(*) FROM entries"));
            table.insertAll(entries);
            assertEquals(List.of("4"), other.ask("SELECT count(*) FROM entries"));
            assertEquals(List.of("600"), other.ask("SELECT min(length(entry)) FROM entries"));
            table.insert(entries.get(0));
            assertEquals(List.of("5"), other.ask("SELECT count(*) FROM entries"));
        }
    }

    @Test
    void rocksForcesItsWriteAheadLogOnceForEachBatch() throws Exception {
        try (Statistics counted = new Statistics();
                RocksTable table = RocksTable.create(
                        directory.resolve("rocks"), RocksTable.options().setStatistics(counted))) {
            assertEquals(0, counted.getTickerCount(TickerType.WAL_FILE_SYNCED));
            table.putAll(entries);
            assertEquals(1, counted.getTickerCount(TickerType.WAL_FILE_SYNCED));
            table.putAll(entries);
            assertEquals(2, counted.getTickerCount(TickerType.WAL_FILE_SYNCED));
            assertArrayEquals(entries.get(2), table.get(5));
        }
    }
}
