package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import java.util.List;

/**
 * An index that is made anew beside the one that is in use, which answers until this one takes its place. Not
 * thread-safe.
 */
public interface BulkLoad extends AutoCloseable {

    /**
     * Adds records. Nobody sees them before {@link #finish}.
     *
     * @param records the next records: the first of all has leaf index 0
     * @throws IllegalArgumentException if the leaf indexes don't continue; none of these records is added
     * @throws IllegalStateException if it is finished or closed
     * @throws IndexDamagedException if the file was changed from outside, or a record contradicts itself
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    void add(List<IndexedRecord> records);

    /**
     * Takes the place of the index that was in use, durably. Records that were added to that one meanwhile are not in
     * this one.
     *
     * @param root the log's root hash over the records that were added
     * @throws IllegalStateException if it is finished or closed, or the index is closed
     * @throws IndexDamagedException if the file was changed from outside
     * @throws java.io.UncheckedIOException if the disk refuses; the index may be damaged then
     */
    void finish(Hash root);

    /** Throws away what was added, unless it is finished. */
    @Override
    void close();
}
