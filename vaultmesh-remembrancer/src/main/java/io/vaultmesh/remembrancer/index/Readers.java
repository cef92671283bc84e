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
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

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
        return origin == null ? readOnce(file, reading) : readFollowing(reading);
    }

    private <T> T readFollowing(Function<Sqlite, T> reading) {
        for (long end = System.nanoTime() + PATIENCE_NANOS; ; LockSupport.parkNanos(PAUSE_NANOS)) {
            Object now = IndexFiles.identity(file);
            try {
                return readOnce(now, reading);
            } catch (IndexDamagedException | UncheckedIOException e) {
                if (!isReplaced(now, e)
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /** Whether another file is there than before, or will be in a moment. */
    private boolean isReplaced(Object before, RuntimeException failure) {
        // in this order: the successor is there until it is the file
        boolean soon = before.equals(IndexFiles.NONE) || failure instanceof IndexReplacedException;
        return (soon && IndexFiles.hasSuccessor(file)) || !before.equals(IndexFiles.identity(file));
    }

    private <T> T readOnce(Object now, Function<Sqlite, T> reading) {
        permits.acquireUninterruptibly();
        try {
            return read(connection(now), reading);
        } finally {
            permits.release();
        }
    }

    private <T> T read(Connection connection, Function<Sqlite, T> reading) {
        Sqlite db = connection.db();
        boolean sound = false;
        try {
            T result = db.snapshot(() -> reading.apply(db));
            requireStill(connection.opened());
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

    /** SQLite opens the write-ahead log when it first reads, by its name: it might be that of another file. */
    private void requireStill(Object opened) {
        if (origin != null && !IndexFiles.identity(file).equals(opened)) {
            throw new IndexReplacedException(file + " was replaced while it was read");
        }
    }

    private Connection connection(Object now) {
        for (Connection open = idle.poll(); open != null; open = idle.poll()) {
            if (open.opened().equals(now)) {
                return open;
            }
            open.db().close(); // SQLite would go on with the file that is gone
        }
        if (now.equals(IndexFiles.NONE)) {
            throw new IndexDamagedException("there is no index " + file + "; its writer makes it");
        }
        return IndexFiles.beforeOrAfterAReplacement(() -> {
            Sqlite db = Sqlite.open(file, Sqlite.Use.READ);
            try {
                String log = origin;
                if (log != null && !db.snapshot(() -> Schema.isOf(db, log))) {
                    throw new IndexDamagedException(file + " is not the index of " + log + "; its writer makes that");
                }
                requireStill(now);
                return new Connection(db, now);
            } catch (RuntimeException e) {
                db.close();
                throw e;
            }
        });
    }

    /** Closes the connections that nobody uses; the caller sees to it that these are all. */
    void close() {
        for (Connection open = idle.poll(); open != null; open = idle.poll()) {
            open.db().close();
        }
    }
}
