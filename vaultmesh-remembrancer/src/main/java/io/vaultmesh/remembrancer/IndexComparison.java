package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.remembrancer.audit.IndexAudit;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.IndexRow;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares every row of an index with the record that is logged in its place, and checks the index in itself. */
final class IndexComparison implements IndexAudit {

    private static final String NAME = "index";
    private static final int SHOWN = 20;
    private static final String REMEDY = "; make the index anew";

    private final MemoryIndex index;
    private final long size;
    private final Iterator<IndexRow> rows;
    private final List<Check> findings = new ArrayList<>();
    private long found;
    private long compared;
    private @Nullable IndexRow next;
    private boolean unreadable;

    /**
     * Creates a comparison.
     *
     * @param index the index
     * @param size how many records of the log are compared
     */
    IndexComparison(MemoryIndex index, long size) {
        this.index = index;
        this.size = size;
        this.rows = index.rows(0, size).iterator();
    }

    @Override
    public void record(long leafIndex, MemoryRecord record) {
        if (unreadable || leafIndex >= size) {
            return; // what was recorded after the comparison began
        }
        try {
            compare(IndexRow.of(leafIndex, record));
        } catch (IndexDamagedException e) {
            unreadable = true;
            find(NAME, e.getMessage());
        }
    }

    private void compare(IndexRow logged) {
        IndexRow row = row(logged.index());
        String name = "index of entry " + logged.index();
        if (row == null) {
            find(name, "the index doesn't have record " + logged.id());
        } else if (row.equals(logged)) {
            compared++;
        } else {
            find(name, "the index has " + row + ", expected " + logged);
        }
    }

    /** The row that has a leaf index; those before it are of entries that are damaged, which are reported as such. */
    private @Nullable IndexRow row(long leafIndex) {
        IndexRow row = next;
        while ((row == null || row.index() < leafIndex) && rows.hasNext()) {
            row = rows.next();
        }
        boolean isIt = row != null && row.index() == leafIndex;
        next = isIt ? null : row;
        return isIt ? row : null;
    }

    private void find(String name, @Nullable String what) {
        found++;
        if (findings.size() < SHOWN) {
            findings.add(Check.fail(name, what + REMEDY));
        }
    }

    @Override
    public List<Check> finish(boolean whole) {
        Verdict sound = index.check();
        sound.reason().ifPresent(reason -> find(NAME, reason));
        if (found > findings.size()) {
            findings.add(Check.fail(NAME, "and " + (found - findings.size()) + " more"));
        }
        return findings.isEmpty()
                ? List.of(Check.pass(NAME, compared + " records are indexed as they are logged"))
                : List.copyOf(findings);
    }
}
