package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A namespace that is read, beside its writer or without one: what its log has published, which is what was recorded up to
 * a fraction of a second ago. A record that is indexed and not published yet is no hit, and isn't counted.
 * Got from {@link MemoryReader#namespace}, and closed with it. Thread-safe.
 *
 * <p>A search goes on with the new index when the writer replaces its index by one that was made anew. It throws an
 * {@link io.vaultmesh.remembrancer.index.IndexDamagedException} if there is no sound index. A writer that finds none
 * begins an empty one and fills it from the log; until then a search finds what is in it.
 */
public final class NamespaceReader extends Searchable implements AutoCloseable {

    private final NamespaceName name;
    private final LogReader log;
    private final NoteVerifier logKey;
    private final BodyStore bodies;
    private final MemoryIndex index;

    NamespaceReader(NamespaceName name, LogReader log, NoteVerifier logKey, BodyStore bodies, MemoryIndex index) {
        this.name = name;
        this.log = log;
        this.logKey = logKey;
        this.bodies = bodies;
        this.index = index;
    }

    @Override
    public NamespaceName name() {
        return name;
    }

    /**
     * The newest checkpoint that the log has published.
     *
     * @return the checkpoint, verified under the log's key
     * @throws io.vaultmesh.core.log.LogDamagedException if there is none, or it is not signed by that key
     */
    public TrustedCheckpoint checkpoint() {
        return log.refresh();
    }

    /**
     * All records, the oldest first.
     *
     * @return the records that are published now, read from the log as the stream is
     */
    public Stream<MemoryRecord> timeline() {
        return log.entries(0, log.refresh().size()).map(this::read);
    }

    private MemoryRecord read(LogEntry entry) {
        try {
            return MemoryRecord.unverified(entry.bytes());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(
                    "entry " + entry.index() + " of " + log.origin() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The body of a record, as a stream that verifies what is read: see {@link Namespace#openBody}.
     *
     * @param record the record
     * @return the stream, to be closed; empty if the record has no body
     * @throws MemoryDamagedException if the body is gone, or has another size
     */
    public Optional<InputStream> openBody(MemoryRecord record) {
        return record.predicate().body().map(bodies::open);
    }

    /**
     * Whether a receipt is of a record in this namespace's log.
     *
     * @param receipt the receipt
     * @return whether it verifies under the log's key
     */
    public Verdict verify(Receipt receipt) {
        return receipt.verify(logKey);
    }

    @Override
    long end() {
        return log.refresh().size();
    }

    @Override
    Receipt receiptAt(long leafIndex) {
        if (leafIndex >= log.size()) {
            TrustedCheckpoint newest = log.refresh();
            if (leafIndex >= newest.size()) {
                throw new IllegalStateException("record " + leafIndex + " of " + log.origin()
                        + " is indexed, but not published yet: the newest checkpoint has size " + newest.size());
            }
        }
        return Receipt.of(log.entry(leafIndex).bytes(), log.proveInclusion(leafIndex));
    }

    @Override
    <T> T ask(Function<MemoryIndex, T> question) {
        return question.apply(index);
    }

    @Override
    public void close() {
        index.close();
    }
}
