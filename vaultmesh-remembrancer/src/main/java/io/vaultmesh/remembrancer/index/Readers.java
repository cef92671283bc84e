package io.vaultmesh.remembrancer.index;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A few connections for reading, opened as they are needed. Thread-safe. */
final class Readers {

    private static final int MOST = 8;

    private final Path file;
    private final Semaphore permits = new Semaphore(MOST);
    private final ConcurrentLinkedDeque<Sqlite> idle = new ConcurrentLinkedDeque<>();

    Readers(Path file) {
        this.file = file;
    }

    /** Reads what the database says at one moment. */
    <T> T read(Function<Sqlite, T> reading) {
        permits.acquireUninterruptibly();
        try {
            Sqlite open = idle.poll();
            Sqlite db = open == null ? Sqlite.open(file, Sqlite.Use.READ) : open;
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
                    idle.push(db);
                } else {
                    db.close();
                }
            }
        } finally {
            permits.release();
        }
    }

    /** Closes the connections that nobody uses; the caller sees to it that these are all. */
    void close() {
        for (Sqlite db = idle.poll(); db != null; db = idle.poll()) {
            db.close();
        }
    }
}
