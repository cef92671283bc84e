package io.vaultmesh.remembrancer;

import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.index.BulkLoad;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.IndexState;
import io.vaultmesh.remembrancer.index.IndexedRecord;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a namespace's index at its log: adds what was recorded, and makes the index anew where it isn't that of the log, or
 * is damaged. Thread-safe.
 */
final class IndexKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    /** What is added at once: the more, the fewer lists of words the index has to merge. */
    private static final int MOST_RECORDS = 8192;

    private static final int MOST_CHARACTERS = 8 << 20;

    private final NamespaceName name;
    private final MerkleLog log;
    private final Path file;
    private final LongFunction<IndexedRecord> records;
    private final LongConsumer covered;
    private final IndexProgress progress;
    private @Nullable MemoryIndex index; // guarded by this; none if the disk refused it
    private volatile long size; // how many records it covers

    /**
     * Creates a keeper.
     *
     * @param name whose index it is
     * @param log the log
     * @param file where the index is
     * @param records what is to be indexed of the record that has a leaf index
     * @param covered told how many records the index covers, whenever that has grown
     * @param progress told how far an index is that is made anew
     */
    IndexKeeper(
            NamespaceName name,
            MerkleLog log,
            Path file,
            LongFunction<IndexedRecord> records,
            LongConsumer covered,
            IndexProgress progress) {
        this.name = name;
        this.log = log;
        this.file = file;
        this.records = records;
        this.covered = covered;
        this.progress = progress;
    }

    boolean isBehind() {
        return size < log.size();
    }

    /** Sees to it that the index covers all that is logged now. */
    void update() {
        long unused = ask(of -> of.state().size());
    }

    /** Asks the index, once it covers all that is logged. If it turns out to be damaged, it is made anew, and asked again. */
    <T> T ask(Function<MemoryIndex, T> question) {
        try {
            return question.apply(upToDate());
        } catch (IndexDamagedException e) {
            LOG.warn("the index of namespace {} is damaged, and made anew from the log", name, e);
            rebuild();
            return question.apply(upToDate());
        }
    }

    /** The index, covering all that is logged now, whatever its state is otherwise. */
    synchronized MemoryIndex upToDate() {
        MemoryIndex current = opened();
        for (long end = log.size(); size < end; ) {
            List<IndexedRecord> batch = read(size, end);
            long next = size + batch.size();
            current.add(batch, log.root(next));
            cover(next);
        }
        return current;
    }

    private MemoryIndex opened() {
        MemoryIndex current = index;
        if (current == null) {
            current = MemoryIndex.sqlite(file, log.origin());
            try {
                if (isOfLog(current.state())) {
                    cover(current.state().size());
                } else {
                    rebuild(current);
                }
            } catch (RuntimeException | Error e) {
                current.close();
                throw e;
            }
            index = current;
        }
        return current;
    }

    /** One that is empty beside a log that isn't was begun just now: it is sooner made as a whole. */
    private boolean isOfLog(IndexState state) {
        return (state.size() > 0 || log.size() == 0)
                && state.size() <= log.size()
                && log.root(state.size()).equals(state.root());
    }

    private void cover(long now) {
        size = now;
        covered.accept(now);
    }

    /** As many records from a leaf index on as are added at once. */
    private List<IndexedRecord> read(long from, long end) {
        List<IndexedRecord> batch = new ArrayList<>();
        long characters = 0;
        for (long i = from; i < end && batch.size() < MOST_RECORDS && characters < MOST_CHARACTERS; i++) {
            IndexedRecord record = records.apply(i);
            characters += record.text().length();
            batch.add(record);
        }
        return batch;
    }

    /** Makes the index anew from the log. */
    synchronized void rebuild() {
        rebuild(opened());
    }

    private void rebuild(MemoryIndex current) {
        long end = log.size();
        // a thread of its own: those of a common pool may all wait for this keeper
        ExecutorService reading = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "vaultmesh-reindex-" + name.pathName());
            thread.setDaemon(true);
            return thread;
        });
        try (BulkLoad load = current.rebuild()) {
            List<IndexedRecord> batch = read(0, end);
            for (long done = 0; done < end; ) {
                long ahead = done + batch.size();
                // reading and taking apart what is logged takes as long as indexing it, so the two go side by side
                CompletableFuture<List<IndexedRecord>> next =
                        CompletableFuture.supplyAsync(() -> read(ahead, end), reading);
                load.add(batch);
                batch = join(next);
                done = ahead;
                progress.indexed(name, done, end);
            }
            load.finish(log.root(end));
        } finally {
            reading.shutdown();
        }
        cover(end);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (index != null) {
            index.close();
        }
    }
}
