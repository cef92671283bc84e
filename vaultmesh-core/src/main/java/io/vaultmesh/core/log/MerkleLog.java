package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A transparency log: entries are appended and never changed, and for each there is a proof that anyone can check with
 * the log's key alone.
 *
 * <p>In memory ({@link #inMemory()}), for a test suite that asserts on an audit trail; or in a directory ({@link
 * #builder(Path)}), as C2SP tlog-tiles that any client of the transparency ecosystem reads.
 *
 * <p>Guarantees, of a log in a directory: when an append returns, the entry's bytes and its index are on the disk;
 * checkpoints are signed over such entries only, and never two that contradict each other, as long as one directory is
 * not copied and continued twice. Files are published (a bundle, tiles, then the checkpoint) whenever 256 more entries
 * are there, by {@link #publish()} and by {@link #close()}; until then they are in the journal, from which they come back
 * after a crash.
 *
 * <p>Not guaranteed: that the log's owner shows everybody the same log. That takes a witness, or a checkpoint that was
 * kept elsewhere.
 *
 * <p>Thread-safe. One process writes at a time; others read what is published, by {@link #read}.
 */
public final class MerkleLog implements AutoCloseable {

    private final LogStore store;
    private final NoteSigner signer;
    private final @Nullable Journal journal;
    private final OpenedLog opened;
    private final Tail tail;
    private final Proofs proofs;
    private final EntryReader entries;
    private final Publisher publisher;
    private @Nullable TrustedCheckpoint newest;
    private @Nullable Exception failed;
    private boolean closed;

    MerkleLog(LogStore store, NoteSigner signer, OpenedLog opened) {
        this.store = store;
        this.signer = signer;
        this.journal = opened.journal();
        this.opened = opened;
        this.tail = opened.tail();
        this.publisher = new Publisher(store, journal, opened.published());
        TileReader tiles = new TileReader(publisher::read, tail);
        this.proofs = new Proofs(tail, tiles);
        this.entries = new EntryReader(publisher::read, tail, tiles);
    }

    /**
     * An empty log that is gone with the process, with a key of its own and the origin {@code in-memory}.
     *
     * @return the log; closing it is optional
     */
    public static MerkleLog inMemory() {
        return inMemory(NoteSigner.ed25519("in-memory", Ed25519PrivateKey.generate(new SecureRandom())));
    }

    /**
     * An empty log that is gone with the process.
     *
     * @param signer signs its checkpoints; its name is the log's origin
     * @return the log; closing it is optional
     */
    public static MerkleLog inMemory(NoteSigner signer) {
        return new MerkleLog(new MemoryStore(), signer, OpenedLog.empty());
    }

    /**
     * Opens or creates a log in a directory.
     *
     * @param directory the log's directory
     * @return a builder, which still needs a signer
     */
    public static MerkleLogBuilder builder(Path directory) {
        return new MerkleLogBuilder(directory);
    }

    /**
     * Reads what a log in a directory has published, beside its writer or without one.
     *
     * @param directory the log's directory
     * @param logKey the log's key
     * @return a reader
     */
    public static LogReader read(Path directory, NoteVerifier logKey) {
        return LogReader.of(directory, logKey);
    }

    /**
     * Reads what a log has published that a web server shows.
     *
     * @param base where the log's files are: its checkpoint is at {@code base/checkpoint}
     * @param logKey the log's key
     * @return a reader
     * @throws IllegalArgumentException if the URI is not one of http or https with a host, or has user info, a query or
     *     a fragment
     */
    public static LogReader read(URI base, NoteVerifier logKey) {
        return LogReader.of(base, logKey);
    }

    /**
     * The log's name, which its checkpoints carry.
     *
     * @return the origin
     */
    public String origin() {
        return signer.name();
    }

    /**
     * The key that verifies the log's checkpoints: what others need to check its proofs.
     *
     * @return the verifier
     */
    public NoteVerifier verifier() {
        return signer.verifier();
    }

    /**
     * Whether opening the log created it.
     *
     * @return {@code true} if there was no log before
     */
    public boolean created() {
        return opened.created();
    }

    /**
     * How many entries the log has.
     *
     * @return the tree size
     */
    public synchronized long size() {
        return tail.size();
    }

    /**
     * The root hash over all entries.
     *
     * @return the root hash; of the empty log, SHA-256 of nothing
     */
    public synchronized Hash root() {
        return tail.range().root();
    }

    /**
     * Appends an entry. When this returns, the entry is durable and its index is fixed.
     *
     * @param entry the bytes, at most {@link LogEntry#MAX_LENGTH}; they are copied. An empty entry is legal
     * @return the entry's index and leaf hash
     * @throws IllegalArgumentException if the entry is too long; nothing is logged
     * @throws UncheckedIOException if the disk refuses; nothing is logged and the log stays open, unless the message says
     *     that it must be reopened: then nobody knows what reached the disk
     * @throws IllegalStateException if the log is closed, or an earlier failure left its journal unknown
     */
    @CanIgnoreReturnValue
    public Appended append(byte[] entry) {
        return appendAll(List.of(entry)).get(0);
    }

    /**
     * Appends entries, one after the other, with nothing of other threads between them. When this returns, all are
     * durable; if the process dies before, either all of them are there or none is.
     *
     * @param entries the entries, each at most {@link LogEntry#MAX_LENGTH} bytes; they are copied
     * @return their indexes and leaf hashes, in the same order
     * @throws IllegalArgumentException if an entry is too long; nothing is logged
     * @throws UncheckedIOException if the disk refuses; nothing is logged and the log stays open, unless the message says
     *     that it must be reopened: then nobody knows what reached the disk
     * @throws IllegalStateException if the log is closed, or an earlier failure left its journal unknown
     */
    @CanIgnoreReturnValue
    public synchronized List<Appended> appendAll(List<byte[]> entries) {
        requireOpen();
        Batch batch = Batch.copyOf(entries, tail.range());
        if (batch.entries().isEmpty()) {
            return List.of();
        }
        long first = tail.size();
        makeDurable(batch);
        tail.append(batch, publisher::take);
        if (publisher.hasFilled()) {
            publishLater();
        }
        return batch.appendedFrom(first);
    }

    /** Takes back what the journal holds, and publishes it if the disk lets it. A new log publishes that it is empty. */
    synchronized void restore(List<Journal.Group> groups) {
        groups.forEach(group -> tail.append(Batch.of(group.entries(), tail.range()), publisher::take));
        try {
            publish();
        } catch (UncheckedIOException diskRefused) {
            if (created()) {
                throw diskRefused;
            } // what is only in the journal can be read, and is published when there is space
        }
    }

    private void makeDurable(Batch batch) {
        if (journal == null) {
            return;
        }
        try {
            journal.append(tail.size(), batch.entries(), batch.after().root());
        } catch (UncheckedIOException e) {
            failed = journal.isUnknown() ? e : null;
            throw e;
        }
    }

    /** Publishes if that can be done; if not, what was appended is durable all the same, and the next one tries again. */
    private void publishLater() {
        if (journal == null) {
            publisher.storeFilled();
            return;
        }
        try {
            publish();
        } catch (UncheckedIOException diskRefused) {
            // the journal has it all; the next append tries again, and publish() and close() throw if it lasts
        } catch (LogDamagedException changedFromOutside) {
            failed = changedFromOutside; // what was appended is durable, but nothing more may be
        }
    }

    /**
     * An entry.
     *
     * @param index its index
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such entry
     * @throws LogDamagedException if what is on disk is not what was logged
     * @throws IllegalStateException if the log is closed
     */
    public synchronized LogEntry entry(long index) {
        requireReadable();
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("there is no entry " + index + " in a log of " + size());
        }
        return entries.read(index);
    }

    /**
     * The entries from one index up to another, in order, read as the stream is.
     *
     * @param from the first index
     * @param to the index after the last one
     * @return the entries
     * @throws IndexOutOfBoundsException if not {@code 0 <= from <= to <= size()}
     */
    public Stream<LogEntry> entries(long from, long to) {
        if (from < 0 || from > to || to > size()) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " of a log of " + size() + ", expected 0 <= from <= to <= size");
        }
        return LongStream.range(from, to).mapToObj(this::entry);
    }

    /**
     * All entries, in order.
     *
     * @return the entries that the log has now
     */
    public Stream<LogEntry> entries() {
        return entries(0, size());
    }

    /**
     * A signed checkpoint over all entries that the log has now.
     *
     * @return the checkpoint
     * @throws IllegalStateException if the log is closed
     */
    public synchronized TrustedCheckpoint checkpoint() {
        requireReadable();
        if (newest == null || newest.size() != size()) {
            Checkpoint checkpoint = new Checkpoint(origin(), size(), root());
            newest = new TrustedCheckpoint(checkpoint, SignedNote.sign(checkpoint.toText(), signer));
        }
        return newest;
    }

    /**
     * Proves that an entry is in the log.
     *
     * @param index the entry's index
     * @return the proof, with the checkpoint of {@link #checkpoint()} inside
     * @throws IllegalArgumentException if there is no such entry
     * @throws IllegalStateException if the log is closed
     */
    public synchronized LogProof proveInclusion(long index) {
        return proofs.inclusion(index, checkpoint());
    }

    /**
     * Proves that the log at one size is a prefix of the log at another.
     *
     * @param oldSize the smaller size, from 1
     * @param newSize the larger size, at most {@link #size()}
     * @return the proof
     * @throws IllegalArgumentException if the sizes are not 0 &lt; old &lt;= new &lt;= size
     * @throws IllegalStateException if the log is closed
     */
    public synchronized ConsistencyProof proveConsistency(long oldSize, long newSize) {
        requireReadable();
        return proofs.consistency(oldSize, newSize);
    }

    /**
     * Whether this log still holds all that it held at an earlier checkpoint, unchanged.
     *
     * @param since a checkpoint of this log
     * @return whether the log at that size is a prefix of the log now
     * @throws IllegalStateException if the log is closed
     */
    public synchronized Verdict verify(TrustedCheckpoint since) {
        requireReadable();
        return proofs.continues(since, origin());
    }

    /**
     * Writes what is only in the journal to the store, and replaces the checkpoint. If it is published already, nothing
     * happens.
     *
     * @throws UncheckedIOException if the disk refuses; the entries stay in the journal
     */
    public synchronized void publish() {
        requireOpen();
        publisher.publish(tail, this::checkpoint);
    }

    /**
     * Publishes, and checks every published byte, as {@link #fsck(Consumer)} does.
     *
     * @return the report; it names each entry and file that is not as it should be
     */
    public Report fsck() {
        return fsck(entry -> {});
    }

    /**
     * Publishes, and checks every published byte, and shows every entry that is intact on the way. What the disk refuses
     * to publish is a check {@code publish} that was not made; the rest is checked.
     *
     * @param intact called for each entry whose bytes have the leaf hash that the tiles give, in order, while nothing
     *     can be appended. Whether the tiles are what was signed is known at the end, by the report
     * @return the report; it names each entry and file that is not as it should be
     * @throws IllegalStateException if the log is closed, or must be reopened
     * @throws LogDamagedException if what is to be published contradicts what is there
     */
    public synchronized Report fsck(Consumer<LogEntry> intact) {
        List<Check> checks = new ArrayList<>();
        try {
            publish();
        } catch (UncheckedIOException diskRefused) {
            checks.add(Check.notChecked("publish", String.valueOf(diskRefused.getMessage())));
        }
        Report published = LogReader.of(store, verifier()).fsck(intact);
        checks.addAll(0, published.checks());
        return new Report(published.title(), checks);
    }

    /** Publishes and closes the log. Closing it twice does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            if (failed == null && journal != null) {
                publish();
            }
        } finally {
            closed = true;
            opened.close();
        }
    }

    private void requireReadable() {
        if (closed) {
            throw new IllegalStateException("the log " + origin() + " is closed");
        }
    }

    private void requireOpen() {
        requireReadable();
        if (failed != null) {
            throw new IllegalStateException("the log " + origin() + " failed before and must be reopened", failed);
        }
    }
}
