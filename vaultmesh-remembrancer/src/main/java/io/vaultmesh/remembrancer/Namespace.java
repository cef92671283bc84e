package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.audit.IndexAudit;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.index.IndexDamagedException;
import io.vaultmesh.remembrancer.index.IndexedRecord;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a memory with a log of its own: who may read one namespace learns nothing of another. Got from {@link
 * Remembrancer#namespace}, and closed with it. Thread-safe.
 */
public final class Namespace extends Searchable {

    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);

    /** Of a longer body only the beginning can be searched. */
    private static final int MOST_SEARCHED = 1 << 20;

    private static final int MOST_SHOWN = 60;

    /** How many records wait in memory to be indexed; others are read from the log. */
    private static final int MOST_FRESH = 8192;

    private final NamespaceName name;
    private final MerkleLog log;
    private final BodyStore bodies;
    private final OwnRecords own;
    private final Listeners listeners;
    private final IndexKeeper index;
    private final KeyBook keys;
    private final RecordWriter writer;
    private final Gate gate;
    private final IndexThread indexing;
    private final Map<Long, MemoryRecord> fresh = new ConcurrentHashMap<>(); // by leaf index; to be indexed

    Namespace(
            NamespaceName name,
            MerkleLog log,
            Path indexFile,
            BodyStore bodies,
            AdmittedAuthors others,
            EnvelopeSigner author,
            RemembrancerBuilder settings,
            Namespaces all) {
        this.name = name;
        this.log = log;
        this.bodies = bodies;
        this.own = new OwnRecords(log, author.keyId());
        this.listeners = all.listeners();
        bodies.deleteUnfinished();
        this.keys = new KeyBook(key -> ask(of -> of.indexOfKey(author.keyId(), key)));
        this.index = new IndexKeeper(name, log, indexFile, this::toIndex, this::indexedUpTo, settings.indexProgress());
        try {
            openIndex();
            long next = own.nextSeq(others.contains(author.keyId()), () -> ask(of -> of.lastOf(author.keyId())));
            this.writer = new RecordWriter(name, log, bodies, author, settings.clock(), next);
        } catch (RuntimeException | Error e) {
            index.close();
            throw e;
        }
        this.gate = new Gate(name, log, author.keyId(), others, writer::skip);
        this.indexing = IndexThread.start(index, all::publishRoots, "vaultmesh-index-" + name.pathName());
    }

    private void openIndex() {
        try {
            index.update();
        } catch (UncheckedIOException e) {
            LOG.warn("namespace {} can't be searched until its index can be written", name, e);
        }
    }

    private IndexedRecord toIndex(long leafIndex) {
        MemoryRecord justRecorded = fresh.remove(leafIndex);
        MemoryRecord record = justRecorded == null ? own.read(log.entry(leafIndex)) : justRecorded;
        Optional<String> text = record.predicate().body().flatMap(ref -> bodies.text(ref, MOST_SEARCHED));
        return new IndexedRecord(leafIndex, record, text.orElse(""));
    }

    private void indexedUpTo(long size) {
        keys.forgetBefore(size);
        fresh.keySet().removeIf(leafIndex -> leafIndex < size);
    }

    @Override
    <T> T ask(Function<MemoryIndex, T> question) {
        return index.ask(question);
    }

    /**
     * The namespace's name.
     *
     * @return the name
     */
    @Override
    public NamespaceName name() {
        return name;
    }

    /**
     * Records a memory: signs it, logs it, and proves it. When this returns, it is durable.
     *
     * @param memory what is to be remembered
     * @return the receipt. If the memory has an idempotency key that was used before for the same content, nothing is
     *     recorded, and the receipt is of the first record
     * @throws IllegalArgumentException if the memory is too large for an entry, its key was used for other content, a
     *     link leads to no record of this namespace, or it is an erasure of a body that its record doesn't have; nothing is
     *     recorded
     * @throws IllegalStateException if the memory has no subject yet, or the remembrancer is closed
     * @throws UncheckedIOException if the disk refuses; nothing is recorded
     */
    @CanIgnoreReturnValue
    public Receipt record(Memory<?> memory) {
        KeyBook.Recorded recorded = memory.key()
                .map(Predicate::hashOfKey)
                .map(key -> keys.once(key, first -> firstOf(memory, key, first), () -> writer.append(memory)))
                .orElseGet(() -> new KeyBook.Recorded(writer.append(memory), true));
        if (recorded.isNew()) {
            toBeIndexed(recorded.receipt().index(), recorded.receipt().record());
            indexing.wake();
            listeners.tell(recorded.receipt());
        }
        return recorded.receipt();
    }

    private void toBeIndexed(long leafIndex, MemoryRecord record) {
        if (fresh.size() < MOST_FRESH) {
            fresh.put(leafIndex, record);
        }
    }

    /**
     * Takes over records that others made, as a peer sends them: verifies each one's signature, and logs those that the
     * policy admits. When this returns, they are durable. A bad entry costs itself alone. Listeners are not told.
     *
     * <p>A record of the memory's own author is admitted too: it outlived an older copy of this memory elsewhere, and the
     * next record gets a number after it.
     *
     * @param entries the bytes of the entries
     * @param policy whether a record is admitted; called by several threads
     * @return what became of each, in the same order
     * @throws IllegalStateException if the remembrancer is closed, or is a copy that signs nothing
     * @throws MemoryDamagedException if the file that names the other authors is damaged
     * @throws UncheckedIOException if the disk refuses; none of them is logged
     */
    public List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy) {
        List<Admission> admitted = gate.admit(entries, policy);
        admitted.stream()
                .filter(admission -> admission.outcome() == Admission.Outcome.ADMITTED)
                .forEach(admission -> toBeIndexed(
                        admission.index().getAsLong(), admission.record().orElseThrow()));
        indexing.wake();
        return admitted;
    }

    /** A text as a message shows it: its beginning, if it is long. */
    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }

    private Receipt firstOf(Memory<?> memory, Hash key, long leafIndex) {
        Receipt first = receiptAt(leafIndex);
        MemoryRecord record = first.record();
        if (!own.has(record) || !record.predicate().key().equals(Optional.of(key))) {
            throw new MemoryDamagedException("the index of namespace " + name + " says that record " + first.id()
                    + " has the key of " + memory + ", which it has not; make the index anew");
        }
        if (!writer.contentHash(memory).equals(record.contentHash())) {
            throw new IllegalArgumentException("key \"" + shown(memory.key().orElse("")) + "\" was used for record "
                    + first.id() + ", \"" + shown(record.title()) + "\", whose content is other than that of " + memory
                    + "; expected the same content, or another key");
        }
        return first;
    }

    /** No bound: the index has nothing that isn't in this log. */
    @Override
    long end() {
        return Long.MAX_VALUE;
    }

    @Override
    Receipt receiptAt(long leafIndex) {
        return Receipt.of(log.entry(leafIndex).bytes(), log.proveInclusion(leafIndex));
    }

    /**
     * The receipt of a record, with the log's newest checkpoint.
     *
     * @param id the record's id
     * @return its receipt; empty if this namespace has no such record
     */
    public Optional<Receipt> receipt(Hash id) {
        OptionalLong leafIndex = log.indexOf(id);
        return leafIndex.isPresent() ? Optional.of(receiptAt(leafIndex.getAsLong())) : Optional.empty();
    }

    /**
     * All records, the oldest first.
     *
     * @return the records that there are now, read from the log as the stream is
     */
    public Stream<MemoryRecord> timeline() {
        return log.entries().map(own::read);
    }

    /**
     * Makes the index anew from the log, whatever state it is in. What is searched for meanwhile is found in the old one,
     * or waits. Progress is told to {@link RemembrancerBuilder#onIndexing}.
     *
     * @throws UncheckedIOException if the disk refuses
     * @throws io.vaultmesh.core.log.LogDamagedException if what is on disk is not what was logged
     */
    public void reindex() {
        index.rebuild();
    }

    /**
     * The body of a record, as a stream that verifies what is read: it throws a {@link MemoryDamagedException}, at the latest
     * where it would end, if the body is not the one that was recorded. Who doesn't read to the end knows nothing.
     *
     * @param record the record
     * @return the stream, to be closed; empty if the record has no body
     * @throws MemoryDamagedException if the body is gone, or has another size
     * @throws UncheckedIOException if it can't be read
     */
    public Optional<InputStream> openBody(MemoryRecord record) {
        return record.predicate().body().map(bodies::open);
    }

    /**
     * The body of a record as a text, in memory.
     *
     * @param record the record
     * @return its text, as UTF-8; empty if the record has no body
     * @throws MemoryDamagedException if the body is gone or changed
     * @throws UncheckedIOException if it can't be read
     */
    public Optional<String> body(MemoryRecord record) {
        return openBody(record).map(stream -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("can't read the body of record " + record.id() + ": " + e, e);
            }
        });
    }

    /**
     * Whether a receipt is of a record in this namespace's log.
     *
     * @param receipt the receipt
     * @return whether it verifies under the log's key
     */
    public Verdict verify(Receipt receipt) {
        return receipt.verify(verifier());
    }

    /**
     * The key that verifies this namespace's receipts: publish its {@link NoteVerifier#toText()}.
     *
     * @return the log's public key
     */
    public NoteVerifier verifier() {
        return log.verifier();
    }

    /**
     * A signed checkpoint over all records that there are now.
     *
     * @return the checkpoint
     */
    public TrustedCheckpoint checkpoint() {
        return log.checkpoint();
    }

    /**
     * Whether the log still holds all that it held at a checkpoint.
     *
     * @param since a checkpoint of this log, of this memory or of a copy
     * @return whether it does; if not, the log is another one since, such as that of an older backup
     */
    public Verdict continues(TrustedCheckpoint since) {
        return log.verify(since);
    }

    /**
     * Whether its log is a copy, or was restored, and so signs nothing: nothing can be recorded in it.
     *
     * @return whether it is
     * @see RemembrancerBuilder#knownElsewhere
     */
    public boolean isCopy() {
        return log.copied();
    }

    /** {@return how many records there are now} */
    public long size() {
        return log.size();
    }

    /** {@return the bodies of the namespace's records} */
    public BodyStore bodies() {
        return bodies;
    }

    /** {@return the log's files as they are published, for peers and other readers} */
    public LogSource published() {
        return log.published();
    }

    /**
     * The bytes of records, as they are logged and signed.
     *
     * @param from the leaf index of the first
     * @param to the leaf index after the last
     * @return the entries, read as the stream is
     * @throws IllegalArgumentException if it is not 0 &lt;= from &lt;= to &lt;= {@link #size}
     */
    public Stream<LogEntry> entries(long from, long to) {
        return log.entries(from, to);
    }

    /**
     * Where a record stands in the log.
     *
     * @param id the record's id
     * @return its leaf index; empty if this namespace has no such record
     */
    public OptionalLong indexOf(Hash id) {
        return log.indexOf(id);
    }

    /** Checks the log to the last byte, and shows every intact entry; appends wait. */
    Report fsck(Consumer<LogEntry> intact) {
        return log.fsck(intact);
    }

    /** Compares the index with the log, as it is: without mending it first. */
    IndexAudit indexAudit() {
        long size = log.size(); // before the index is brought up to it
        try {
            return new IndexComparison(index.upToDate(), size);
        } catch (UncheckedIOException | IndexDamagedException e) {
            return IndexAudit.failed(String.valueOf(e.getMessage()));
        }
    }

    void copyLogTo(Path target) {
        log.copyTo(target);
    }

    void close() {
        indexing.close();
        try (log;
                index) {
            if (index.isBehind() && !indexing.isCurrent()) {
                openIndex(); // so that the next one to open it doesn't have to wait
            }
        }
    }
}
