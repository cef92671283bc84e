package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a log has published, without opening it for writing: any number of processes may, while one writes. It
 * needs the log's key, and trusts nothing but that.
 *
 * <p>A reader holds one checkpoint, which it reads when it is first asked for anything. All that it gives out is of the
 * log at that checkpoint, and was verified up to the checkpoint's root, which the key signed. {@link #refresh()} moves it
 * to a newer one, if the log only grew in between: of what it held once, nothing is ever changed or taken back without
 * an exception.
 *
 * <p>Guarantees: what files or a server say is given out only if the log's key vouches for it. Not guaranteed: that the
 * checkpoint is the newest (whoever holds back newer ones shows an old log), and that others are shown the same log
 * (compare checkpoints, by {@link #verify}).
 *
 * <p>Thread-safe. Threads that read don't wait for each other, nor for one that refreshes. Keeps some of the
 * tiles and bundles that it read: at most 256 tiles (4 MiB) and two bundles.
 */
public final class LogReader {

    private final LogSource source;
    private final NoteVerifier logKey;
    private final NewestSnapshot newest;
    private volatile @Nullable Snapshot held;

    private LogReader(LogSource source, NoteVerifier logKey) {
        this.source = requireNonNull(source, "source");
        this.logKey = requireNonNull(logKey, "logKey");
        this.newest = new NewestSnapshot(source, logKey);
    }

    /**
     * Reads the log in a store or source of one's own.
     *
     * @param source where the log's published files are
     * @param logKey the log's key
     * @return the reader; nothing is read yet
     */
    public static LogReader of(LogSource source, NoteVerifier logKey) {
        return new LogReader(source, logKey);
    }

    /**
     * Reads the log in a directory.
     *
     * @param directory the log's directory
     * @param logKey the log's key
     * @return the reader; nothing is read yet
     */
    public static LogReader of(Path directory, NoteVerifier logKey) {
        return new LogReader(new DirectoryStore(directory), logKey);
    }

    /**
     * Reads the log that a web server shows, as {@link LogSource#http(URI)} says.
     *
     * @param base where the log's files are: its checkpoint is at {@code base/checkpoint}
     * @param logKey the log's key
     * @return the reader; nothing is read yet
     * @throws IllegalArgumentException if the URI is not one of http or https with a host, or has user info, a query or
     *     a fragment
     */
    public static LogReader of(URI base, NoteVerifier logKey) {
        return new LogReader(LogSource.http(base), logKey);
    }

    /**
     * The log's name, which is its key's.
     *
     * @return the origin
     */
    public String origin() {
        return logKey.name();
    }

    /**
     * The checkpoint that this reader holds.
     *
     * @return the checkpoint
     * @throws LogDamagedException if none was held, and there is none, or it is not signed by the log's key, or the log's
     *     files don't lead to its root
     * @throws java.io.UncheckedIOException if none was held, and it can't be read
     */
    public TrustedCheckpoint checkpoint() {
        return snapshot().checkpoint();
    }

    /**
     * Reads the newest published checkpoint, and holds it from now on, if the log that it is of contains all of the log
     * at the checkpoint held until now, unchanged. If not, this reader stays as it is.
     *
     * @return the checkpoint that is held now; the same as before if nothing was published
     * @throws LogDamagedException if the newest checkpoint is older than the one held, or contradicts it: then the message
     *     has both signed notes, which together prove it to anybody. Also if there is none, or it is not signed by the
     *     log's key, or the log's files don't lead to its root
     * @throws java.io.UncheckedIOException if it can't be read
     */
    @CanIgnoreReturnValue
    public synchronized TrustedCheckpoint refresh() {
        // one at a time: a checkpoint that was read before another one was taken would look like a step back
        Snapshot next = newest.after(held);
        held = next;
        return next.checkpoint();
    }

    private Snapshot snapshot() {
        Snapshot snapshot = held;
        return snapshot != null ? snapshot : first();
    }

    private synchronized Snapshot first() {
        Snapshot snapshot = held;
        if (snapshot == null) {
            snapshot = newest.after(null);
            held = snapshot;
        }
        return snapshot;
    }

    static TrustedCheckpoint trusted(Optional<byte[]> file, NoteVerifier logKey) {
        return trusted(
                file.orElseThrow(() -> new LogDamagedException("there is no checkpoint of " + logKey.name())), logKey);
    }

    static TrustedCheckpoint trusted(byte[] note, NoteVerifier logKey) {
        try {
            return TrustedCheckpoint.verify(SignedNote.parse(note), logKey);
        } catch (IllegalArgumentException | RefutedException e) {
            throw new LogDamagedException(
                    "the checkpoint of " + logKey.name() + " can't be trusted: " + e.getMessage(), e);
        }
    }

    /**
     * How many entries the log has at the checkpoint held.
     *
     * @return the tree size
     * @throws LogDamagedException as {@link #checkpoint()}
     * @throws java.io.UncheckedIOException as {@link #checkpoint()}
     */
    public long size() {
        return checkpoint().size();
    }

    /**
     * An entry.
     *
     * @param index its index
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such entry at the checkpoint held
     * @throws LogDamagedException if what is there is not what was logged, or is gone
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public LogEntry entry(long index) {
        Snapshot snapshot = snapshot();
        long size = snapshot.checkpoint().size();
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("there is no entry " + index + " in a log of " + size);
        }
        return snapshot.entry(index);
    }

    /**
     * The entries from one index up to another, in order, read as the stream is.
     *
     * @param from the first index
     * @param to the index after the last one
     * @return the entries; reading one throws as {@link #entry} does
     * @throws IndexOutOfBoundsException if not {@code 0 <= from <= to <= size()}
     * @throws LogDamagedException as {@link #checkpoint()}
     * @throws java.io.UncheckedIOException as {@link #checkpoint()}
     */
    public Stream<LogEntry> entries(long from, long to) {
        Snapshot snapshot = snapshot();
        long size = snapshot.checkpoint().size();
        if (from < 0 || from > to || to > size) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " of a log of " + size + ", expected 0 <= from <= to <= size");
        }
        return LongStream.range(from, to).mapToObj(snapshot::entry);
    }

    /**
     * Proves that an entry is in the log.
     *
     * @param index the entry's index
     * @return the proof, with the checkpoint held inside
     * @throws IllegalArgumentException if there is no such entry at the checkpoint held
     * @throws LogDamagedException if what is there is not what was logged, or is gone
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public LogProof proveInclusion(long index) {
        return snapshot().inclusion(index);
    }

    /**
     * Proves that the log at one size is a prefix of the log at another.
     *
     * @param oldSize the smaller size, from 1
     * @param newSize the larger size, at most {@link #size()}
     * @return the proof
     * @throws IllegalArgumentException if the sizes are not 0 &lt; old &lt;= new &lt;= size
     * @throws LogDamagedException if what is there is not what was logged, or is gone
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public ConsistencyProof proveConsistency(long oldSize, long newSize) {
        return snapshot().consistency(oldSize, newSize);
    }

    /**
     * Whether the log still held, at the checkpoint held, all that it held at an earlier one: one that was kept from
     * another time, or that somebody else was shown.
     *
     * @param since a checkpoint of this log
     * @return whether the log at that size is a prefix of the log now
     * @throws LogDamagedException if what is there is not what was logged, or is gone
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public Verdict verify(TrustedCheckpoint since) {
        return snapshot().continues(since);
    }

    /**
     * Checks every published byte: the newest checkpoint's signature, every entry against its leaf hash, every tile
     * against the tiles below it, and the root against the checkpoint; and, if this reader holds a checkpoint, that the
     * log still contains it. What can't be checked is a check that was not made: of a log that is read over HTTP, which
     * files there are.
     *
     * @return the report; it names each entry and file that is not as it should be
     * @throws java.io.UncheckedIOException if the thread is interrupted, or a server stops answering
     */
    public Report fsck() {
        return fsck(Fsck.NOBODY);
    }

    /**
     * Checks every published byte, and shows every entry that is intact on the way: all that the checkpoint promises that
     * is there when this begins. If the log publishes so often that nothing can be said of what lies beyond the
     * checkpoint, a check {@code checkpoint} was not made, instead of {@code end}.
     *
     * @param intact called for each entry whose bytes have the leaf hash that the tiles give, in order and once, in this
     *     thread. Whether the tiles are what was signed is known at the end, by the report
     * @return the report; it names each entry and file that is not as it should be
     * @throws java.io.UncheckedIOException if the thread is interrupted, or a server stops answering
     */
    public Report fsck(Consumer<LogEntry> intact) {
        return new PublishedFsck(source, logKey, () -> Optional.ofNullable(held)).run(intact);
    }
}
