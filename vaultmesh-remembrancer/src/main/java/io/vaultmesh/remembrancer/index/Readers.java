package io.vaultmesh.remembrancer.index;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few connections for reading, opened as they are needed. Thread-safe. */
final class Readers {

    private static final int MOST = 8;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A connection, and the identity of the file that it was opened on. */
    private record Connection(Sqlite db, Object opened) {}

    private final Path file;
    private final @Nullable String origin; // whose index it must be; none if nobody else replaces the file
    private final Semaphore permits = new Semaphore(MOST);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private Readers(Path file, @Nullable String origin) {
        this.file = file;
        this.origin = origin;
    }

    /** Those of a file that nobody replaces while they are open. */
    static Readers of(Path file) {
        return new Readers(file, null);
    }

    /**
     * Those of a file that another process may replace at any time: they go on with what takes its place, if it is the
     * index of the same log.
     */
    static Readers following(Path file, String origin) {
        return new Readers(file, origin);
    }

    /** Reads what the database says at one moment. */
    <T> T read(Function<Sqlite, T> reading) {
        permits.acquireUninterruptibly();
        try {
            return origin == null ? readOnce(file, reading) : readFollowing(reading);
        } finally {
            permits.release();
        }
    }

    private <T> T readFollowing(Function<Sqlite, T> reading) {
        for (long end = System.nanoTime() + PATIENCE_NANOS; ; LockSupport.parkNanos(PAUSE_NANOS)) {
            Object now = IndexFiles.identity(file);
            try {
                return readOnce(now, reading);
            } catch (IndexDamagedException | UncheckedIOException e) {
                if (!IndexFiles.isReplaced(file, now) || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private <T> T readOnce(Object now, Function<Sqlite, T> reading) {
        Connection connection = connection(now);
        Sqlite db = connection.db();
        boolean sound = false;
        try {
            T result = db.snapshot(() -> reading.apply(db));
            sound = true;
            return result;
        } catch (IllegalArgumentException e) {
            sound = true;
            throw e;
        } finally {
            if (sound) {
                idle.push(connection);
            } else {
                db.close();
            }
        }
    }

    private Connection connection(Object now) {
        for (Connection open = idle.poll(); open != null; open = idle.poll()) {
            if (open.opened().equals(now)) {
                return open;
            }
            open.db().close(); // SQLite would go on with the file that is gone
        }
        Sqlite db = Sqlite.open(file, Sqlite.Use.READ);
        try {
            requireOfTheLog(db, now);
            return new Connection(db, now);
        } catch (RuntimeException e) {
            db.close();
            throw e;
        }
    }

    private void requireOfTheLog(Sqlite db, Object now) {
        String log = origin;
        if (log == null) {
            return;
        }
        // only once it has been read is the write-ahead log open too, which must be that of the same file
        if (!db.snapshot(() -> Schema.isOf(db, log))
                || !IndexFiles.identity(file).equals(now)) {
            throw new IndexDamagedException(file + " is not the index of " + log + ", or was replaced just now");
        }
    }

    /** Closes the connections that nobody uses; the caller sees to it that these are all. */
    void close() {
        for (Connection open = idle.poll(); open != null; open = idle.poll()) {
            open.db().close();
        }
    }
}
