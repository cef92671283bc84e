package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.note.NoteSigner;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a log in a directory, or creates it if the directory is absent or empty. A directory that holds something else
 * is refused. Not thread-safe.
 */
public final class MerkleLogBuilder {

    private static final DirectoryKind KIND = new DirectoryKind(
            "a log", LogStore.CHECKPOINT, Set.of(Journal.FILE, "tile", LogStore.CHECKPOINT + DirectoryStore.ASIDE));

    private final Path directory;
    private @Nullable NoteSigner signer;
    private @Nullable String origin;
    private boolean mustExist;

    MerkleLogBuilder(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Sets the key that signs checkpoints. Its name is the log's origin. Required.
     *
     * @param logKey the signer
     * @return this builder
     * @throws IllegalStateException if a signer was set before
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder signer(NoteSigner logKey) {
        if (signer != null) {
            throw new IllegalStateException("signer is already set to that of " + signer.name());
        }
        signer = requireNonNull(logKey, "logKey");
        return this;
    }

    /**
     * States the origin that the signer must have; without this, the signer's name is not questioned.
     *
     * @param name the log's name
     * @return this builder
     * @throws IllegalStateException if an origin was set before
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder origin(String name) {
        if (origin != null) {
            throw new IllegalStateException("origin is already set to " + origin);
        }
        origin = requireNonNull(name, "name");
        return this;
    }

    /**
     * Never creates: a directory without a log is refused.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder mustExist() {
        mustExist = true;
        return this;
    }

    /**
     * Opens or creates the log.
     *
     * @return the log, to be closed
     * @throws IllegalStateException if no signer was set, its name is not the origin, or the log is open elsewhere
     * @throws IllegalArgumentException if the directory holds something else, or must hold a log and doesn't
     * @throws LogDamagedException if what is on disk contradicts itself or the key; nothing was changed
     * @throws UncheckedIOException if the disk refuses
     */
    public MerkleLog open() {
        if (signer == null) {
            throw new IllegalStateException("no signer is set, expected the key that signs the log's checkpoints");
        }
        if (origin != null && !origin.equals(signer.name())) {
            throw new IllegalStateException("origin is " + origin + ", but the signer's name is " + signer.name());
        }
        WriterLock lock = KIND.open(directory, mustExist);
        try {
            return open(lock, signer);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private MerkleLog open(WriterLock lock, NoteSigner logKey) {
        LogStore store = new DirectoryStore(directory);
        Optional<TrustedCheckpoint> published =
                store.read(LogStore.CHECKPOINT).map(note -> LogReader.trusted(note, logKey.verifier()));
        Tail tail = published
                .map(checkpoint -> Tail.load(
                        store::read, new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root())))
                .orElseGet(Tail::new);
        Journal journal = Journal.open(directory);
        try {
            JournalReader.Content content = journal.replay(tail.range());
            requireNothingBeyond(
                    store,
                    tail.size()
                            + content.groups().stream()
                                    .mapToLong(g -> g.entries().size())
                                    .sum());
            journal.continueAfter(content);
            MerkleLog log = new MerkleLog(
                    store, logKey, new OpenedLog(tail, journal, lock, published.orElse(null), published.isEmpty()));
            log.restore(content.groups());
            return log;
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private void requireNothingBeyond(LogStore store, long size) {
        List<String> beyond = Beyond.find(new FsckFiles(store), size);
        if (!beyond.isEmpty()) {
            throw new LogDamagedException(directory + ": checkpoint and journal reach size " + size
                    + ", but there are files of a larger log, " + beyond + "; is the checkpoint an older one?");
        }
    }
}
