package io.vaultmesh.remembrancer.index;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.memory.MemoryRecord;

/**
 * What an index is told of a record. Immutable and thread-safe.
 *
 * @param index the record's leaf index in the log
 * @param record the record
 * @param text the body's text, by which the record is found too; empty if it has none
 */
public record IndexedRecord(long index, MemoryRecord record, String text) {

    /**
     * Creates it.
     *
     * @param index the record's leaf index in the log
     * @param record the record
     * @param text the body's text, by which the record is found too; empty if it has none
     * @throws IllegalArgumentException if the index is negative
     */
    public IndexedRecord {
        requireNonNull(record, "record");
        requireNonNull(text, "text");
        if (index < 0) {
            throw new IllegalArgumentException("index is " + index + ", expected a leaf index from 0");
        }
    }
}
