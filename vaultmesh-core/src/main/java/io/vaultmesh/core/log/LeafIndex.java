package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import java.io.FileOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The index of a log's leaf hashes on disk: which entry was the first with a leaf hash. It is disposable: the log has
 * all that it is made of, and what is damaged, missing or another log's is made anew.
 *
 * <p>The newest leaves are in a table in memory. A full one is written as a run, and runs are merged so that each is
 * more than twice as long as all that follow it: there are few. A run knows 8 bytes of each hash, so that the leaf itself
 * decides, and damage costs time, never the right answer.
 *
 * <p>Memory: a table of at most 1.5 MiB, and another one while it is written, unless more is added at once; and up to 132
 * KiB a run.
 *
 * <p>Threads: {@link #find} and {@link #maintain} may be called from any, beside one that adds. {@link #find} and {@link
 * #maintain} ask for the log's leaves, and nothing but {@link #close} and another {@link #maintain} waits for them then.
 */
final class LeafIndex implements AutoCloseable {

    private static final int LIMIT = 1 << 15;

    private final IndexBuilder builder;
    private final IndexRuns runs;
    private final int limit;
    private final Object flushing = new Object(); // is taken before this
    private @Nullable LeafTable full;
    private LeafTable newest;
    private boolean closed;

    private LeafIndex(IndexBuilder builder, IndexRuns runs, LeafTable newest, int limit) {
        this.builder = builder;
        this.runs = runs;
        this.newest = newest;
        this.limit = limit;
    }

    /**
     * Opens the index of a log, and makes what is missing of it.
     *
     * @param directory where it lies; it is created if need be
     * @param size the log's size; what the index has beyond it is dropped
     * @param leaves the log's leaf hashes by index. May be slow: asked for in order to make what is missing, else only
     *     for those that may be what is sought. Must be thread-safe
     * @throws UncheckedIOException if the disk refuses
     */
    static LeafIndex open(Path directory, long size, LongFunction<Hash> leaves) {
        return open(new IndexDirectory(directory, FileOutputStream::new), size, leaves, LIMIT);
    }

    /** Opens an index that holds so many leaves in memory. */
    static LeafIndex open(IndexDirectory directory, long size, LongFunction<Hash> leaves, int limit) {
        IndexBuilder builder = new IndexBuilder(directory, leaves, limit, new SecureRandom().nextLong());
        try {
            List<IndexRun> runs = new ArrayList<>();
            LeafTable newest = builder.open(size, runs);
            return new LeafIndex(builder, new IndexRuns(directory, builder, leaves, runs), newest, limit);
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /**
     * The first index of an entry with this leaf hash.
     *
     * @throws IllegalStateException if the index is closed
     */
    OptionalLong find(Hash leafHash) {
        // in this order: what is written meanwhile is in a run before it leaves memory
        long recent = findInMemory(leafHash);
        long older = runs.find(leafHash);
        long first = older < 0 ? recent : older;
        return first < 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    private synchronized long findInMemory(Hash leafHash) {
        long index = full == null ? -1 : full.find(leafHash);
        return index < 0 ? newest.find(leafHash) : index;
    }

    /**
     * Makes sure that so many leaves can be added without a need to write before: the memory that they take is bounded.
     *
     * @throws UncheckedIOException if the disk refuses what must be written; it stays in memory
     * @throws IllegalStateException if the index is closed
     */
    void makeRoom(int more) {
        while (!hasRoom(more)) {
            flush();
        }
    }

    private synchronized boolean hasRoom(int more) {
        requireOpen();
        return newest.isEmpty() || newest.count() + more <= limit || startTable();
    }

    /** Whether there is an empty table now: not while the last one that got full isn't written. */
    @CanIgnoreReturnValue
    private synchronized boolean startTable() {
        if (full != null) {
            return false;
        }
        full = newest;
        newest = builder.emptyTable(full.to());
        return true;
    }

    private synchronized void startTableIfLongerThan(long count) {
        if (newest.count() > count) {
            startTable();
        }
    }

    /** Writes the table that is full, if there is one. */
    private void flush() {
        synchronized (flushing) {
            LeafTable table = full();
            if (table != null) {
                runs.add(table);
                forgetFull();
            }
        }
    }

    /** What {@link #close} couldn't write isn't written afterwards: the directory may be another writer's by then. */
    private synchronized @Nullable LeafTable full() {
        return closed ? null : full;
    }

    private synchronized void forgetFull() {
        full = null;
    }

    /**
     * Adds the next leaf. It takes no disk.
     *
     * @throws IllegalArgumentException if {@code index} isn't {@link #size()}
     * @throws IllegalStateException if the index is closed
     */
    synchronized void add(long index, Hash leafHash) {
        requireOpen();
        if (index != newest.to()) {
            throw new IllegalArgumentException("index is " + index + ", expected " + newest.to());
        }
        newest.add(leafHash);
    }

    /** How many leaves the index has: the index of the next one. */
    synchronized long size() {
        return newest.to();
    }

    /**
     * Writes the table that is full, makes anew what was found to be damaged, and merges runs. To be called now and then
     * by a thread that may be kept waiting. {@link #close} ends it early, and once the index is closed it does nothing.
     *
     * @throws UncheckedIOException if the disk refuses; nothing is lost, and the next call tries again
     */
    void maintain() {
        startTableIfLongerThan(limit);
        flush();
        runs.maintain();
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the index is closed");
        }
    }

    /**
     * Writes what is in memory, so that the next {@link #open} needs to make nothing, and closes the index. Closing it
     * twice does nothing. Waits for a {@link #maintain} to end, so the caller must hold no lock that the leaves need.
     *
     * @throws UncheckedIOException if the disk refuses; the index is closed, and the next {@link #open} makes the rest
     */
    @Override
    public void close() {
        builder.stop();
        try {
            flushAll();
        } finally {
            runs.close();
        }
    }

    private void flushAll() {
        synchronized (flushing) {
            try {
                flush();
                startTableIfLongerThan(0);
                flush();
            } finally {
                markClosed();
            }
        }
    }

    private synchronized void markClosed() {
        closed = true;
    }
}
