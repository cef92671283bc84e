package io.vaultmesh.examples.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A table of entries in SQLite, set up so that a commit is durable: a write-ahead log which each commit forces to the
 * disk. Thread-safe: one connection, and who uses it holds the lock.
 */
final class SqliteTable implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement insert;

    private SqliteTable(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL)");
        }
        this.insert = connection.prepareStatement("INSERT INTO entries (entry) VALUES (?)");
    }

    // unchecked, as in Scratch
    static SqliteTable create(Path file) {
        try {
            return new SqliteTable(DriverManager.getConnection("jdbc:sqlite:" + file));
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite can't create " + file + ": " + e.getMessage(), e);
        }
    }

    /** Inserts a row in a transaction of its own. */
    synchronized void insert(byte[] entry) throws SQLException {
        insert.setBytes(1, entry);
        insert.executeUpdate();
    }

    /** Inserts rows in one transaction. */
    synchronized void insertAll(List<byte[]> entries) throws SQLException {
        connection.setAutoCommit(false);
        for (byte[] entry : entries) {
            insert.setBytes(1, entry);
            insert.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    synchronized long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM entries")) {
            return row.getLong(1);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public synchronized void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
