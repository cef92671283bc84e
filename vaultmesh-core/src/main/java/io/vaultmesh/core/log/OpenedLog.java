package io.vaultmesh.core.log;

import org.jspecify.annotations.Nullable;

/** The parts of a log that was opened: in memory, it has neither journal nor lock. */
record OpenedLog(
        Tail tail,
        @Nullable Journal journal,
        @Nullable WriterLock lock,
        @Nullable TrustedCheckpoint published,
        boolean created)
        implements AutoCloseable {

    static OpenedLog empty() {
        return new OpenedLog(new Tail(), null, null, null, true);
    }

    /** Closes the journal, and then lets in another writer. */
    @Override
    public void close() {
        try {
            if (journal != null) {
                journal.close();
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
