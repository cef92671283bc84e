package io.vaultmesh.remembrancer.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** A connection to a database file, whose failures are those of an index. Not thread-safe. */
final class Sqlite implements AutoCloseable {

    /** What a connection is for. */
    enum Use {
        /** Nothing but reading. */
        READ,
        /** Short transactions that a reader may watch. */
        WRITE,
        /** Filling a file that nobody else opens, and that is thrown away after a crash. */
        LOAD
    }

    /** Makes a value from a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sqlite.class);
    private static final int STATEMENTS = 48;
    private static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private Sqlite(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens a database.
     *
     * @throws IndexDamagedException if the file is none
     * @throws UncheckedIOException if the disk refuses
     */
    static Sqlite open(Path file, Use use) {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.setReadOnly(use == Use.READ);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false); // else the driver asks for one after each row that is written
        Sqlite opened;
        // the driver waits for a program when it looks for its native library, and forgets that it was interrupted
        boolean interrupted = Thread.interrupted();
        try {
            // as a URI, in which a question mark of the path is not taken for the driver's
            opened = new Sqlite(file, config.createConnection("jdbc:sqlite:" + uri(file)));
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            opened.prepareFor(use);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString().replace("file:///", "file:/");
    }

    private void prepareFor(Use use) {
        execute("PRAGMA trusted_schema = OFF");
        execute("PRAGMA cell_size_check = ON");
        switch (use) {
            case READ -> {
                execute("PRAGMA cache_size = -16000");
                execute("PRAGMA query_only = ON");
            }
            case WRITE -> {
                execute("PRAGMA cache_size = -16000");
                execute("PRAGMA journal_mode = WAL");
                execute("PRAGMA synchronous = NORMAL");
            }
            case LOAD -> {
                execute("PRAGMA cache_size = -64000");
                execute("PRAGMA locking_mode = EXCLUSIVE");
                execute("PRAGMA journal_mode = OFF");
                execute("PRAGMA synchronous = OFF");
            }
        }
    }

    /** Runs a statement that gives nothing of interest. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Runs a statement that changes something. */
    void update(String sql, @Nullable Object... values) {
        try {
            int unused = bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            forget(sql, e);
            throw failure(file, e);
        }
    }

    /** All rows of a query. */
    <T> List<T> list(Row<T> reader, String sql, @Nullable Object... values) {
        try {
            return read(reader, bound(sql, values));
        } catch (SQLException e) {
            forget(sql, e);
            throw failure(file, e);
        }
    }

    /**
     * All rows of a query that looks for a text which somebody else wrote in the syntax of FTS5.
     *
     * @throws IllegalArgumentException if it isn't
     */
    <T> List<T> match(Row<T> reader, String sql, @Nullable Object... values) {
        PreparedStatement sound;
        try {
            sound = bound(sql, values);
        } catch (SQLException e) {
            throw failure(file, e);
        }
        try {
            return read(reader, sound);
        } catch (SQLException e) {
            forget(sql, e);
            if (code(e) == SQLiteErrorCode.SQLITE_ERROR) { // the statement was sound, so that its text is not
                throw new IllegalArgumentException("the expression is not in the syntax of FTS5: " + reason(e), e);
            }
            throw failure(file, e);
        }
    }

    /** The first row of a query. */
    <T> Optional<T> first(Row<T> reader, String sql, @Nullable Object... values) {
        return list(reader, sql, values).stream().findFirst();
    }

    private <T> List<T> read(Row<T> reader, PreparedStatement statement) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(value(reader, row));
            }
        }
        return rows;
    }

    private <T> T value(Row<T> reader, ResultSet row) throws SQLException {
        try {
            return reader.read(row);
        } catch (RuntimeException e) {
            throw new IndexDamagedException(file + " holds what no record has: " + e.getMessage(), e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > STATEMENTS) {
                var eldest = statements.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** The driver doesn't let a statement that failed be used again. */
    private void forget(String sql, SQLException reason) {
        try (PreparedStatement broken = statements.remove(sql)) {
            if (broken == null) {
                return;
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Does something as a whole or not at all. */
    void transaction(Runnable changes) {
        execute("BEGIN IMMEDIATE");
        try {
            changes.run();
            execute("COMMIT");
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /**
     * Begins or ends the one long transaction of a load. The driver knows of it, and doesn't ask before each row whether
     * there is one.
     */
    void loading(boolean begins) {
        try {
            connection.setAutoCommit(!begins);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Reads what the database says at one moment. */
    <T> T snapshot(Supplier<T> reading) {
        execute("BEGIN");
        try {
            T result = reading.get();
            execute("COMMIT");
            return result;
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    private void undo(RuntimeException reason) {
        try {
            execute("ROLLBACK");
        } catch (IndexDamagedException | UncheckedIOException e) { // SQLite may have rolled back itself
            reason.addSuppressed(e);
        }
    }

    /**
     * Leaves the file in a mode in which it is read without writing anything beside it, as long as nobody else has it open:
     * who does may need the write-ahead log, which stays then. Waits for nobody.
     */
    void makeReadableAlone() {
        try {
            execute("PRAGMA journal_mode = DELETE");
        } catch (UncheckedIOException | IndexDamagedException e) {
            LOG.debug("{} stays in the mode of a write-ahead log", file, e);
        }
    }

    /** Closes the connection; the last one of a file moves what stands in the WAL into it. */
    @Override
    public void close() {
        try {
            connection.close(); // with its statements
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private static RuntimeException failure(Path file, SQLException e) {
        SQLiteErrorCode code = code(e);
        boolean damaged = switch (code) {
            case SQLITE_CANTOPEN -> !Files.exists(file);
            case SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_DATA, SQLITE_IOERR_CORRUPTFS -> true;
            default -> !isOfTheSystem(code);
        };
        String message = file + ": " + reason(e) + advice(code);
        return damaged ? new IndexDamagedException(message, e) : new UncheckedIOException(new IOException(message, e));
    }

    /** What who may not write beside the file can do about it. */
    private static String advice(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_CANTINIT, SQLITE_READONLY_RECOVERY ->
                "; it wasn't closed by its writer, or others had it open then: open and close the memory for writing once, "
                        + "or let this process write to the directory";
            default -> "";
        };
    }

    /** Whether the disk, the memory or another process is in the way, and not what the file holds. */
    private static boolean isOfTheSystem(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_IOERR.code
                || primary == SQLiteErrorCode.SQLITE_FULL.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_PERM.code
                || primary == SQLiteErrorCode.SQLITE_BUSY.code
                || primary == SQLiteErrorCode.SQLITE_LOCKED.code
                || primary == SQLiteErrorCode.SQLITE_PROTOCOL.code
                || primary == SQLiteErrorCode.SQLITE_NOMEM.code;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private static String reason(SQLException e) {
        return String.valueOf(e.getMessage());
    }
}
