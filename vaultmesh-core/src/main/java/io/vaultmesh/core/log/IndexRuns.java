package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** The runs of an index, in order and without gaps: what is looked up while others take their place. Thread-safe. */
final class IndexRuns implements AutoCloseable {

    private final IndexDirectory directory;
    private final IndexBuilder builder;
    private final LongFunction<Hash> leaves;
    private final Object maintaining = new Object();
    private List<IndexRun> runs;
    private boolean closed;

    IndexRuns(IndexDirectory directory, IndexBuilder builder, LongFunction<Hash> leaves, List<IndexRun> runs) {
        this.directory = directory;
        this.builder = builder;
        this.leaves = leaves;
        this.runs = List.copyOf(runs);
    }

    /** The runs that there are now. */
    private synchronized List<IndexRun> runs() {
        if (closed) {
            throw new IllegalStateException("the index is closed");
        }
        return runs;
    }

    /** The first index of a leaf, or -1. */
    long find(Hash leafHash) {
        while (true) {
            try {
                for (IndexRun run : runs()) {
                    long index = run.find(leafHash, leaves);
                    if (index >= 0) {
                        return index;
                    }
                }
                return -1;
            } catch (IndexRun.ReplacedException e) {
                // by one that is there now
            }
        }
    }

    /** Makes a run of the leaves that follow. */
    void add(LeafTable table) {
        IndexRun run = builder.write(table);
        replace(List.of(), List.of(run));
    }

    /** Puts runs in the place of others, or behind all if there are none. */
    private synchronized void replace(List<IndexRun> old, List<IndexRun> next) {
        List<IndexRun> replaced = new ArrayList<>(runs);
        int at = old.isEmpty() ? replaced.size() : replaced.indexOf(old.get(0));
        replaced.subList(at, at + old.size()).clear();
        replaced.addAll(at, next);
        runs = List.copyOf(replaced);
    }

    /**
     * Makes anew what was found to be damaged, and merges what is due, until that is done or the builder is stopped.
     *
     * @throws UncheckedIOException if the disk refuses; nothing is lost
     */
    void maintain() {
        synchronized (maintaining) {
            try {
                if (!builder.isStopped()) {
                    rebuildDamaged();
                    mergeDue();
                }
            } catch (UncheckedIOException e) {
                if (!builder.isStopped()) {
                    throw e;
                }
            }
        }
    }

    private void rebuildDamaged() {
        for (IndexRun run : runs()) {
            if (run.isDamaged()) {
                List<IndexRun> rebuilt = new ArrayList<>();
                try {
                    builder.rebuild(run.from(), run.to(), rebuilt);
                } catch (RuntimeException | Error e) {
                    rebuilt.forEach(directory::drop);
                    throw e;
                }
                replace(List.of(run), rebuilt);
                directory.drop(run);
            }
        }
    }

    private void mergeDue() {
        List<IndexRun> due = IndexMerge.due(runs());
        while (!due.isEmpty()) {
            Optional<IndexRun> merged = builder.merge(due);
            if (merged.isEmpty()) {
                return; // one of them is damaged, and made anew the next time
            }
            replace(due, List.of(merged.get()));
            due.forEach(directory::drop);
            due = IndexMerge.due(runs());
        }
    }

    /** Closes the runs, once nobody maintains them any more. */
    @Override
    public void close() {
        synchronized (maintaining) {
            synchronized (this) {
                closed = true;
            }
            directory.close();
        }
    }
}
