package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One run out of some that follow each other. */
final class IndexMerge implements IndexDirectory.Records {

    private static final int FACTOR = 2;
    private static final int MAX_RUNS = 16;

    private final List<IndexRun> runs;
    private final BooleanSupplier stopped;

    /** A merge of runs, which may be stopped: writing it fails then. */
    IndexMerge(List<IndexRun> runs, BooleanSupplier stopped) {
        this.runs = runs;
        this.stopped = stopped;
    }

    /**
     * Which of the runs, the last ones of them, should become one; none if each is more than twice as long as all that
     * follow it. With a factor of 2, ten million leaves are in 3 runs on average, at most 5, and a leaf is written 7.4
     * times; with 1, it would be 4 runs, at most 8, and 5.2 times.
     */
    static List<IndexRun> due(List<IndexRun> runs) {
        int first = runs.size() - 1;
        long after = 0;
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).length() <= FACTOR * after) {
                first = i;
            }
            after += runs.get(i).length();
        }
        List<IndexRun> due = first < runs.size() - 1 ? runs.subList(first, runs.size()) : List.of();
        return List.copyOf(due.subList(Math.max(0, due.size() - MAX_RUNS), due.size()));
    }

    @Override
    public long from() {
        return runs.get(0).from();
    }

    @Override
    public long to() {
        return last().to();
    }

    @Override
    public long count() {
        return runs.stream().mapToLong(IndexRun::count).sum();
    }

    @Override
    public Hash lastHash() {
        return last().lastHash();
    }

    private IndexRun last() {
        return runs.get(runs.size() - 1);
    }

    /** Of equal prefixes, that of the earlier run comes first: its indexes are smaller. */
    @Override
    public void writeTo(IndexRunWriter writer) throws IOException {
        List<Cursor> cursors = new ArrayList<>();
        for (IndexRun run : runs) {
            cursors.add(new Cursor(run));
        }
        while (!cursors.isEmpty()) {
            Cursor least = cursors.get(0);
            for (int i = 1; i < cursors.size(); i++) {
                if (Long.compareUnsigned(cursors.get(i).prefix, least.prefix) < 0) {
                    least = cursors.get(i);
                }
            }
            writer.add(least.prefix, least.index);
            if (!least.next()) {
                cursors.remove(least);
            }
        }
    }

    /** Stands at a record of a run. */
    private final class Cursor {

        private final IndexRun run;
        private final IndexPage page = new IndexPage();
        private long record;
        private long prefix;
        private long index;

        Cursor(IndexRun run) throws IOException {
            this.run = run;
            load();
        }

        /** Goes to the next record, if there is one. */
        boolean next() throws IOException {
            record++;
            boolean isThere = record < run.count();
            if (isThere) {
                load();
            }
            return isThere;
        }

        private void load() throws IOException {
            int at = (int) (record % IndexPage.RECORDS);
            if (at == 0) {
                if (stopped.getAsBoolean()) {
                    throw new InterruptedIOException("the index is being closed");
                }
                run.read(record / IndexPage.RECORDS, page);
            }
            prefix = page.prefix(at);
            index = page.index(at);
        }
    }
}
