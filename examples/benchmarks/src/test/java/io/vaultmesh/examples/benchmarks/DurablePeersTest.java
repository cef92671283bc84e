package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers of durable appends must be durable too: what they have committed was forced to the disk. */
class DurablePeersTest {

    private final List<byte[]> entries = List.of(Samples.entries(3));

    @TempDir
    Path directory;

    @Test
    void sqliteForcesItsWriteAheadLogAtEachCommit() throws SQLException {
        try (SqliteTable table = SqliteTable.create(directory.resolve("table.db"))) {
            assertEquals("wal", valueOf(table.connection(), "PRAGMA journal_mode"));
            assertEquals("2", valueOf(table.connection(), "PRAGMA synchronous"), "2 is FULL");
        }
    }

    @Test
    void sqliteCommitsEachRowOfItsOwnAndTheRowsOfABatchTogether() throws SQLException {
        Path file = directory.resolve("table.db");
        try (SqliteTable table = SqliteTable.create(file);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            table.insert(entries.get(0));
            assertEquals("1", valueOf(other, "SELECT count(*) FROM entries"));
            table.insertAll(entries);
            assertEquals("4", valueOf(other, "SELECT count(*) FROM entries"));
            assertEquals("600", valueOf(other, "SELECT min(length(entry)) FROM entries"));
            table.insert(entries.get(0));
            assertEquals("5", valueOf(other, "SELECT count(*) FROM entries"));
        }
    }

    @Test
    void rocksForcesItsWriteAheadLogOnceForEachBatch() throws Exception {
        try (RocksTable table = RocksTable.create(directory.resolve("rocks"))) {
            long before = table.forced();
            table.putAll(entries);
            assertEquals(before + 1, table.forced());
            table.putAll(entries);
            assertEquals(before + 2, table.forced());
            assertArrayEquals(entries.get(2), table.get(5));
        }
    }

    private static String valueOf(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
