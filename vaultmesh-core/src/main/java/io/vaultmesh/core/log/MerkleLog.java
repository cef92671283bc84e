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
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A transparency log: entries are appended and never changed, and for each there is a proof that anyone can check with
 * the log's key alone.
 *
 * <p>In memory ({@link #inMemory()}), for a test suite that asserts on an audit trail; or in a directory ({@link
 * #builder(Path)}), as C2SP tlog-tiles that any client of the transparency ecosystem reads.
 *
 * <p>Guarantees, of a log in a directory: when an append returns, the entry's bytes and its index are on the disk;
 * checkpoints are signed over such entries only, and never two that contradict each other, as long as one directory is
 * not copied and continued twice. Files are published in the background ({@link MerkleLogBuilder#publishEvery}), by {@link
 * #publish()} and by {@link #close()}; until then they are in the journal, from which they come back after a crash.
 *
 * <p>Not guaranteed: that everybody is shown the same log. That takes a witness, or a checkpoint that was kept elsewhere.
 *
 * <p>Thread-safe. One process writes at a time; others read what is published, by {@link #read}.
 */
public final class MerkleLog implements AutoCloseable {

    private final NoteSigner signer;
    private final OpenedLog opened;
    private final Tail tail;
    private final Appender appender;
    private final Proofs proofs;
    private final EntryReader entries;
    private volatile boolean closed;

    MerkleLog(NoteSigner signer, OpenedLog opened) {
        this.signer = signer;
        this.opened = opened;
        this.tail = opened.tail();
        this.appender = opened.appender();
        TileReader tiles = new TileReader(opened.publisher()::read, tail);
        this.proofs = new Proofs(tail, tiles);
        this.entries = new EntryReader(opened.publisher()::read, tail, tiles);
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
        return new MerkleLog(signer, OpenedLog.inMemory(signer));
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
     * @param directory its directory
     * @param logKey its key
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

    /** {@return the log's name, which its checkpoints carry} */
    public String origin() {
        return signer.name();
    }

    /**
     * The key with which others check the log's proofs.
     *
     * @return the verifier
     */
    public NoteVerifier verifier() {
        return signer.verifier();
    }

    /**
     * Whether opening the log created it.
     *
     * @return whether there was none before
     */
    public boolean created() {
        return opened.created();
    }

    /**
     * Whether the log's directory is a copy, or was restored from one, as far as the file system shows that: nothing can be
     * appended or signed until it is opened with {@link MerkleLogBuilder#knownElsewhere}.
     *
     * @return {@code true} if it is a copy
     */
    public boolean copied() {
        return opened.copied();
    }

    /**
     * How many entries the log has.
     *
     * @return the tree size
     */
    public long size() {
        return tail.size();
    }

    /**
     * The root hash over all entries.
     *
     * @return the root hash; of the empty log, SHA-256 of nothing
     */
    public Hash root() {
        return tail.root();
    }

    /**
     * The root hash that the log had when it had only its first entries.
     *
     * @param size how many entries
     * @return the root hash
     * @throws IllegalArgumentException if the log doesn't have so many
     * @throws IllegalStateException if the log is closed
     */
    public Hash root(long size) {
        requireOpen();
        return proofs.root(size);
    }

    /**
     * Appends an entry. When this returns, the entry is durable and its index is fixed.
     *
     * @param entry the bytes, at most {@link LogEntry#MAX_LENGTH}; they are copied. An empty entry is legal
     * @return the entry's index and leaf hash
     * @throws IllegalArgumentException if the entry is too long; nothing is logged
     * @throws UncheckedIOException if the disk refuses; nothing is logged and the log stays open, unless the message says
     *     that it must be reopened: then nobody knows what reached the disk
     * @throws IllegalStateException if the log is closed or a copy, or an earlier failure left its journal unknown
     */
    @CanIgnoreReturnValue
    public Appended append(byte[] entry) {
        LogEntry.requireLength(entry);
        requireOpen();
        return appender.append(entry);
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
     * @throws IllegalStateException if the log is closed or a copy, or an earlier failure left its journal unknown
     */
    @CanIgnoreReturnValue
    public List<Appended> appendAll(List<byte[]> entries) {
        List<byte[]> each = List.copyOf(entries);
        each.forEach(LogEntry::requireLength);
        requireOpen();
        return each.isEmpty() ? List.of() : appender.appendAll(each);
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
    public LogEntry entry(long index) {
        requireOpen();
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("there is no entry " + index + " in a log of " + size());
        }
        return entries.read(index);
    }

    /**
     * Where some bytes were logged first, by the index of leaf hashes.
     *
     * @param leafHash the hash of their leaf
     * @return the index of the first entry with this leaf hash, if there is one
     * @throws IllegalStateException if the log is closed, or was opened without {@link MerkleLogBuilder#indexed()}
     */
    public OptionalLong indexOf(Hash leafHash) {
        requireOpen();
        LeafIndex index = opened.index();
        if (index == null) {
            throw new IllegalStateException(
                    "the log " + origin() + " has no index of leaf hashes; open it with indexed()");
        }
        return index.find(leafHash);
    }

    /**
     * The entries from one index up to another, in order.
     *
     * @param from the first index
     * @param to the index after the last one
     * @return the entries, read as the stream is
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
     * All entries that the log has now, in order.
     *
     * @return the entries
     */
    public Stream<LogEntry> entries() {
        return entries(0, size());
    }

    /**
     * A signed checkpoint over all entries that the log has now.
     *
     * @return the checkpoint
     * @throws IllegalStateException if the log is closed, or is a copy that holds more than is published
     */
    public TrustedCheckpoint checkpoint() {
        requireOpen();
        return opened.checkpoints().newest();
    }

    /**
     * Proves that an entry is in the log.
     *
     * @param index the entry's index
     * @return the proof, with the checkpoint of {@link #checkpoint()} inside
     * @throws IllegalArgumentException if there is no such entry
     * @throws IllegalStateException if the log is closed
     */
    public LogProof proveInclusion(long index) {
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
    public ConsistencyProof proveConsistency(long oldSize, long newSize) {
        requireOpen();
        return proofs.consistency(oldSize, newSize);
    }

    /**
     * Whether this log still holds all that it held at an earlier checkpoint, unchanged.
     *
     * @param since a checkpoint of this log
     * @return whether the log at that size is a prefix of the log now
     * @throws IllegalStateException if the log is closed
     */
    public Verdict verify(TrustedCheckpoint since) {
        requireOpen();
        return proofs.continues(since, origin());
    }

    /**
     * Writes what is only in the journal to the store, and replaces the checkpoint, unless that is done already.
     *
     * @throws UncheckedIOException if the disk refuses; the entries stay in the journal
     * @throws IllegalStateException if the log is closed, or must be reopened
     * @throws LogDamagedException if what is to be published contradicts what is there
     */
    public void publish() {
        requireOpen();
        appender.publish();
    }

    /** {@return the log's files as {@link #publish} wrote them, for another's {@link LogReader}} */
    public LogSource published() {
        return opened.store();
    }

    /**
     * Publishes, and copies what is published then, durably, the checkpoint last. Appends go on meanwhile. The copy can be
     * read and checked; it continues this log only if it is opened with {@link MerkleLogBuilder#knownElsewhere}.
     *
     * @param target the directory, absent or empty
     * @return the checkpoint that the copy has
     * @throws IllegalArgumentException if there is something in the directory
     * @throws UncheckedIOException if the disk refuses; what was copied by then stays, without a checkpoint
     * @throws IllegalStateException if the log is closed
     */
    @CanIgnoreReturnValue
    public TrustedCheckpoint copyTo(Path target) {
        requireOpen();
        return opened.publisher().copyTo(target);
    }

    /** {@return what {@link #fsck(Consumer)} reports} */
    public Report fsck() {
        return fsck(Fsck.NOBODY);
    }

    /**
     * Publishes, and checks every published byte and the journal, and shows every entry that is intact on the way. What
     * can't be published is a check {@code publish} that was not made; the rest is checked. Appends go on meanwhile.
     *
     * @param intact called for each entry whose bytes have the leaf hash that the tiles give, in order. Whether the tiles
     *     are what was signed is known at the end, by the report
     * @return the report; it names each entry and file that is not as it should be
     * @throws LogDamagedException if what is to be published contradicts what is there
     */
    public Report fsck(Consumer<LogEntry> intact) {
        requireOpen();
        List<Check> checks = new ArrayList<>();
        try {
            appender.publish();
        } catch (UncheckedIOException | IllegalStateException refused) {
            checks.add(Check.notChecked("publish", String.valueOf(refused.getMessage())));
        }
        Report published = LogReader.of(opened.store(), verifier()).fsck(intact);
        checks.addAll(0, published.checks());
        checks.addAll(appender.check());
        return new Report(published.title(), checks);
    }

    /**
     * Publishes and closes the log, once; what other threads append at the same time is refused or logged whole.
     *
     * @throws UncheckedIOException if the disk refuses to publish; the entries stay in the journal, and the log is closed
     */
    @Override
    public void close() {
        closed = true;
        opened.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the log " + origin() + " is closed");
        }
    }
}
