package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a log has published, without opening it for writing: any number of processes may, while one writes. It
 * needs the log's key, and trusts nothing but that.
 *
 * <p>Sees what is in the checkpoint file; an append becomes visible when its log publishes. Immutable and thread-safe.
 */
public final class LogReader {

    private final LogStore store;
    private final NoteVerifier logKey;

    private LogReader(LogStore store, NoteVerifier logKey) {
        this.store = requireNonNull(store, "store");
        this.logKey = requireNonNull(logKey, "logKey");
    }

    /**
     * Reads the log in a store of one's own.
     *
     * @param store where the log's published files are
     * @param logKey the log's key
     * @return the reader; nothing is read yet
     */
    public static LogReader of(LogStore store, NoteVerifier logKey) {
        return new LogReader(store, logKey);
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
     * The newest published checkpoint.
     *
     * @return the checkpoint
     * @throws LogDamagedException if there is none, or it is not signed by the log's key
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public TrustedCheckpoint checkpoint() {
        return trusted(store.read(LogStore.CHECKPOINT), logKey);
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
     * Checks every published byte: the checkpoint's signature, every entry against its leaf hash, every tile against
     * the tiles below it, and the root against the checkpoint.
     *
     * @return the report; it names each entry and file that is not as it should be
     */
    public Report fsck() {
        return fsck(entry -> {});
    }

    /**
     * Checks every published byte, and shows every entry that is intact on the way: all that the checkpoint promises that
     * is there when this begins. If the log publishes so often that nothing can be said of what lies beyond the
     * checkpoint, a check {@code checkpoint} was not made, instead of {@code end}.
     *
     * @param intact called for each entry whose bytes have the leaf hash that the tiles give, in order and once, in this
     *     thread. Whether the tiles are what was signed is known at the end, by the report
     * @return the report; it names each entry and file that is not as it should be
     */
    public Report fsck(Consumer<LogEntry> intact) {
        return new Fsck(new FsckFiles(store), logKey, intact).run();
    }
}
