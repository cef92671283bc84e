package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.BodyRef;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A part of a memory with a log of its own: who may read one namespace learns nothing of another. Got from {@link
 * Remembrancer#namespace}, and closed with it. Thread-safe.
 */
public final class Namespace {

    private final NamespaceName name;
    private final MerkleLog log;
    private final BodyStore bodies;
    private final EnvelopeSigner author;
    private final InstantSource clock;
    private final Listeners listeners;
    private final Map<Hash, Long> indexes = new HashMap<>(); // by id
    private final Map<Hash, Long> keys = new HashMap<>(); // by hash of the idempotency key, of this author
    private long nextSeq;

    Namespace(
            NamespaceName name,
            MerkleLog log,
            BodyStore bodies,
            EnvelopeSigner author,
            InstantSource clock,
            Listeners listeners) {
        this.name = name;
        this.log = log;
        this.bodies = bodies;
        this.author = author;
        this.clock = clock;
        this.listeners = listeners;
        bodies.deleteUnfinished();
        log.entries().forEach(entry -> remember(entry.index(), read(entry)));
    }

    /** Reads an entry of this log, which was verified when it was appended, and is checked against its leaf hash. */
    private MemoryRecord read(LogEntry entry) {
        try {
            return MemoryRecord.unverified(entry.bytes());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(
                    "entry " + entry.index() + " of " + log.origin() + ": " + e.getMessage(), e);
        }
    }

    private void remember(long index, MemoryRecord record) {
        indexes.put(record.id(), index);
        if (record.predicate().author().equals(author.keyId())) {
            nextSeq = record.predicate().seq() + 1;
            record.predicate().key().ifPresent(key -> keys.putIfAbsent(key, index));
        }
    }

    /**
     * The namespace's name.
     *
     * @return the name
     */
    public NamespaceName name() {
        return name;
    }

    /**
     * Records a memory: signs it, logs it, and proves it. When this returns, it is durable.
     *
     * @param memory what is to be remembered
     * @return the receipt. If the memory has an idempotency key that was used before for the same content, nothing is
     *     recorded, and the receipt is of the first record
     * @throws IllegalArgumentException if the memory is too large for an entry, its key was used for other content, or a
     *     link leads to no record of this namespace; nothing is recorded
     * @throws IllegalStateException if the memory has no subject yet, or the remembrancer is closed
     * @throws UncheckedIOException if the disk refuses; nothing is recorded
     */
    @CanIgnoreReturnValue
    public Receipt record(Memory<?> memory) {
        Receipt receipt;
        synchronized (this) {
            Predicate predicate = Predicate.of(memory, author.keyId(), clock.instant(), name, nextSeq);
            Statement statement = new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson());
            Optional<Receipt> first = predicate.key().map(keys::get).map(this::receiptAt);
            if (first.isPresent()) {
                return sameContent(memory, statement, first.get());
            }
            requireLinks(memory);
            receipt = append(memory, statement);
        }
        listeners.tell(receipt);
        return receipt;
    }

    private Receipt sameContent(Memory<?> memory, Statement statement, Receipt first) {
        Predicate predicate = Predicate.parse(statement.predicate());
        Statement content = new Statement(statement.subjects(), statement.predicateType(), predicate.contentToJson());
        if (!Hashing.sha256(content.bytes()).equals(first.record().contentHash())) {
            throw new IllegalArgumentException("key \"" + memory.key().orElse("") + "\" was used for record "
                    + first.id() + ", \"" + first.record().title() + "\", whose content is other than that of " + memory
                    + "; expected the same content, or another key");
        }
        return first;
    }

    private void requireLinks(Memory<?> memory) {
        memory.links().forEach(link -> {
            if (!indexes.containsKey(link.to())) {
                throw new IllegalArgumentException(
                        memory + " links to " + link.to() + ", expected the id of a record in namespace " + name);
            }
        });
    }

    private Receipt append(Memory<?> memory, Statement statement) {
        byte[] entry = Envelope.sign(statement, author).bytes();
        if (entry.length > LogEntry.MAX_LENGTH) {
            throw new IllegalArgumentException(memory + " makes an entry of "
                    + entry.length + " bytes, expected at most " + LogEntry.MAX_LENGTH
                    + "; shorten the title and attributes, or put the text into the body");
        }
        memory.body().ifPresent(bodies::put);
        long index = log.append(entry).index();
        remember(index, MemoryRecord.unverified(entry));
        return Receipt.of(entry, log.proveInclusion(index));
    }

    private Receipt receiptAt(long index) {
        return Receipt.of(log.entry(index).bytes(), log.proveInclusion(index));
    }

    /**
     * The receipt of a record, with the log's newest checkpoint.
     *
     * @param id the record's id
     * @return its receipt; empty if this namespace has no such record
     */
    public synchronized Optional<Receipt> receipt(Hash id) {
        return Optional.ofNullable(indexes.get(requireNonNull(id, "id"))).map(this::receiptAt);
    }

    /**
     * All records, the oldest first.
     *
     * @return the records that there are now, read as the stream is
     */
    public Stream<MemoryRecord> timeline() {
        return log.entries().map(this::read);
    }

    /**
     * The body of a record.
     *
     * @param record the record
     * @return its text; empty if it has none
     * @throws MemoryDamagedException if it is gone or changed
     */
    public Optional<String> body(MemoryRecord record) {
        return record.predicate().body().map(this::text);
    }

    private String text(BodyRef ref) {
        try (InputStream stream = bodies.open(ref)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read body " + ref.digest() + ": " + e, e);
        }
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

    /** Whether the log still holds all that it held at a checkpoint. */
    Verdict continues(TrustedCheckpoint since) {
        return log.verify(since);
    }

    long size() {
        return log.size();
    }

    /** Checks the log to the last byte, and shows every intact entry; appends wait. */
    Report fsck(Consumer<LogEntry> intact) {
        return log.fsck(intact);
    }

    void close() {
        log.close();
    }
}
