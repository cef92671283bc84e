package io.vaultmesh.examples.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Asks a database in SQLite with statements that stay prepared. Not thread-safe. */
final class SqliteReader implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private SqliteReader(Connection connection) {
        this.connection = connection;
    }

    // unchecked, as in Scratch
    static SqliteReader open(Path file) {
        try {
            return new SqliteReader(DriverManager.getConnection("jdbc:sqlite:" + file));
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite can't open " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads every column of every row, and returns how many rows there were. */
    int readAll(String query, String value) throws SQLException {
        PreparedStatement statement = statements.get(query);
        if (statement == null) {
            statement = connection.prepareStatement(query);
            statements.put(query, statement);
        }
        statement.setString(1, value);
        int rows = 0;
        try (ResultSet row = statement.executeQuery()) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int column = 1; column <= columns; column++) {
                    var unused = row.getObject(column);
                }
                rows++;
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
