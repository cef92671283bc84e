package io.vaultmesh.examples.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A table of entries in SQLite, set up so that a commit is durable: a write-ahead log which each commit forces to the
 * disk. Thread-safe: a thread takes a connection out of a pool, and waits while there is none.
 */
final class SqliteTable implements AutoCloseable {

    private static final int BUSY_MILLIS = 60_000;

    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<PreparedStatement> pool;

    private SqliteTable(String url, int size) throws SQLException {
        pool = new ArrayBlockingQueue<>(size);
        for (int i = 0; i < size; i++) {
            Connection connection = DriverManager.getConnection(url);
            connections.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL"); // a connection's own, unlike the journal's mode
                statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL)");
            }
            pool.add(connection.prepareStatement("INSERT INTO entries (entry) VALUES (?)"));
        }
    }

    // unchecked, as in Scratch
    static SqliteTable create(Path file, int connections) {
        try {
            return new SqliteTable("jdbc:sqlite:" + file, connections);
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite can't create " + file + ": " + e.getMessage(), e);
        }
    }

    /** Inserts a row in a transaction of its own. */
    void insert(byte[] entry) throws SQLException, InterruptedException {
        PreparedStatement insert = pool.take();
        try {
            insert.setBytes(1, entry);
            insert.executeUpdate();
        } finally {
            pool.add(insert);
        }
    }

    /** Inserts rows in one transaction. */
    void insertAll(List<byte[]> entries) throws SQLException, InterruptedException {
        PreparedStatement insert = pool.take();
        try {
            insert.getConnection().setAutoCommit(false);
            for (byte[] entry : entries) {
                insert.setBytes(1, entry);
                insert.executeUpdate();
            }
            insert.getConnection().commit();
            insert.getConnection().setAutoCommit(true);
        } finally {
            pool.add(insert);
        }
    }

    /** What each connection answers to a query of one value. */
    List<String> ask(String query) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (Connection connection : connections) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                answers.add(row.getString(1));
            }
        }
        return answers;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
