package io.vaultmesh.core.log;

import io.vaultmesh.core.note.NoteSigner;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a log that is open.
 *
 * @param store where it publishes
 * @param created whether there was no log before
 * @param copied whether it is a copy, which signs nothing
 * @param index the index of leaf hashes, if there is one
 * @param resources what is closed after the appender, in order
 */
record OpenedLog(
        Tail tail,
        Checkpoints checkpoints,
        Publisher publisher,
        Appender appender,
        LogStore store,
        boolean created,
        boolean copied,
        @Nullable LeafIndex index,
        List<Runnable> resources)
        implements AutoCloseable {

    static OpenedLog inMemory(NoteSigner signer) {
        Tail tail = new Tail();
        MemoryStore store = new MemoryStore();
        Checkpoints checkpoints = new Checkpoints(tail, signer, null);
        Publisher publisher = new Publisher(store, tail, checkpoints, null, null);
        Appender appender = new MemoryAppender(tail, store, publisher);
        return new OpenedLog(tail, checkpoints, publisher, appender, store, true, false, null, List.of());
    }

    /** Closes the appender, and whatever that does, the rest, so that another writer can come. */
    @Override
    public void close() {
        close(resources.iterator(), appender::close);
    }

    private static void close(Iterator<Runnable> next, Runnable first) {
        try {
            first.run();
        } finally {
            if (next.hasNext()) {
                close(next, next.next());
            }
        }
    }
}
