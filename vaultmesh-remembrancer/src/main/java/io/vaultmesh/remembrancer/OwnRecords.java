package io.vaultmesh.remembrancer;

import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.index.AuthorTail;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.util.Optional;
import java.util.function.Supplier;

/** The records of a memory's own author in one log. */
final class OwnRecords {

    /** How many of the newest entries are looked at for the author's last record, before the index is asked. */
    private static final int NEAR = 256;

    private final MerkleLog log;
    private final String author;

    OwnRecords(MerkleLog log, String author) {
        this.log = log;
        this.author = author;
    }

    boolean has(MemoryRecord record) {
        return record.predicate().author().equals(author);
    }

    /**
     * The number of the author's next record: from the log, whatever the index says.
     *
     * @param returned whether some came back from elsewhere, perhaps not in the order of their numbers
     * @param indexed where the author's records end, as the index has it
     */
    long nextSeq(boolean returned, Supplier<Optional<AuthorTail>> indexed) {
        long last = returned ? highest(0) : newest(Math.max(0, log.size() - NEAR));
        return last >= 0 || returned || log.size() <= NEAR ? last + 1 : nextSeq(indexed.get());
    }

    private long highest(long from) {
        return log.entries(from, log.size())
                .map(this::read)
                .filter(this::has)
                .mapToLong(record -> record.predicate().seq())
                .max()
                .orElse(-1);
    }

    private long newest(long from) {
        for (long i = log.size() - 1; i >= from; i--) {
            MemoryRecord record = read(log.entry(i));
            if (has(record)) {
                return record.predicate().seq();
            }
        }
        return -1;
    }

    private long nextSeq(Optional<AuthorTail> indexed) {
        indexed.ifPresent(tail -> {
            MemoryRecord record = read(log.entry(tail.index()));
            if (!has(record) || record.predicate().seq() != tail.seq()) {
                throw new MemoryDamagedException("the index of " + log.origin() + " says that entry " + tail.index()
                        + " is record " + tail.seq() + " of " + author + ", which it is not; delete the index");
            }
        });
        return indexed.map(tail -> tail.seq() + 1).orElse(0L);
    }

    /** Reads an entry of this log, which was verified when it was appended, and is checked against its leaf hash. */
    MemoryRecord read(LogEntry entry) {
        try {
            return MemoryRecord.unverified(entry.bytes());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(
                    "entry " + entry.index() + " of " + log.origin() + ": " + e.getMessage(), e);
        }
    }
}
