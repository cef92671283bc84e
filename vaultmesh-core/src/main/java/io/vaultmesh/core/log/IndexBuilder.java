package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Makes runs: of tables, of the log's leaves, and of other runs. Thread-safe. */
final class IndexBuilder {

    private final IndexDirectory directory;
    private final LongFunction<Hash> leaves;
    private final int limit;
    private final long secret;
    private volatile boolean stopped;

    /** A builder that holds so many leaves in memory; the secret is that of its tables. */
    IndexBuilder(IndexDirectory directory, LongFunction<Hash> leaves, int limit, long secret) {
        this.directory = directory;
        this.leaves = leaves;
        this.limit = limit;
        this.secret = secret;
    }

    LeafTable emptyTable(long from) {
        return new LeafTable(from, secret);
    }

    /** Opens the runs that there are, and makes those that are missing. The last leaves come back in a table. */
    LeafTable open(long size, List<IndexRun> runs) {
        long at = 0;
        for (IndexRun run : directory.open(size, leaves)) {
            rebuild(at, run.from(), runs);
            runs.add(run);
            at = run.to();
        }
        return read(at, size, runs);
    }

    /** Makes runs from the log's leaves, and adds them. */
    void rebuild(long from, long to, List<IndexRun> runs) {
        LeafTable rest = read(from, to, runs);
        if (!rest.isEmpty()) {
            add(write(rest), runs);
        }
    }

    private LeafTable read(long from, long to, List<IndexRun> runs) {
        LeafTable table = emptyTable(from);
        for (long index = from; index < to; index++) {
            if (table.count() == limit) {
                add(write(table), runs);
                table = emptyTable(index);
            }
            if (stopped) {
                throw new UncheckedIOException(new InterruptedIOException("the index is being closed"));
            }
            table.add(leaves.apply(index));
        }
        return table;
    }

    private void add(IndexRun run, List<IndexRun> runs) {
        runs.add(run);
        List<IndexRun> due = IndexMerge.due(runs);
        while (!due.isEmpty()) {
            Optional<IndexRun> merged = merge(due);
            if (merged.isEmpty()) {
                return;
            }
            runs.removeAll(due);
            runs.add(merged.get());
            due.forEach(directory::drop);
            due = IndexMerge.due(runs);
        }
    }

    IndexRun write(LeafTable table) {
        return directory.write(table);
    }

    /** Makes one run of the last ones; nothing if one of them turns out to be damaged. */
    Optional<IndexRun> merge(List<IndexRun> runs) {
        try {
            return Optional.of(directory.write(new IndexMerge(runs, this::isStopped)));
        } catch (UncheckedIOException e) {
            if (runs.stream().anyMatch(IndexRun::isDamaged)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Ends what takes long: merges and rebuilds fail. Single tables can still be written. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }
}
