package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.List;

/** Compares an index with the log that it was made of, while the log is audited. Used for one namespace, once. */
public interface IndexAudit {

    /**
     * A record of the log. Called in the order of the log, in one thread, for every entry that is intact and signed.
     *
     * @param index the entry's index in the log
     * @param record the record
     */
    void record(long index, MemoryRecord record);

    /**
     * Ends the comparison.
     *
     * @param whole whether every entry of the log was shown; if not, what the index has beyond them is not to be blamed
     * @return the checks, which stand behind those of links
     */
    List<Check> finish(boolean whole);

    /**
     * The audit of no index.
     *
     * @return one without a check
     */
    static IndexAudit none() {
        return of(List.of());
    }

    /**
     * The audit of an index that can't be compared.
     *
     * @param reason why
     * @return one with a failed check
     */
    static IndexAudit failed(String reason) {
        return of(List.of(Check.fail("index", reason)));
    }

    private static IndexAudit of(List<Check> checks) {
        return new IndexAudit() {
            @Override
            public void record(long index, MemoryRecord record) {}

            @Override
            public List<Check> finish(boolean whole) {
                return checks;
            }
        };
    }
}
