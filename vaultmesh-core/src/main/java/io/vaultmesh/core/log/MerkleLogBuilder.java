package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.note.NoteSigner;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a log in a directory, or creates it if the directory is absent or empty. A directory that holds something else
 * is refused. Not thread-safe.
 */
public final class MerkleLogBuilder {

    private static final String INDEX = "index";

    private static final DirectoryKind KIND = new DirectoryKind(
            "a log",
            LogStore.CHECKPOINT,
            Set.of(
                    Journal.DIRECTORY,
                    CheckpointHistory.FILE,
                    InodeIdentity.FILE,
                    InodeIdentity.FILE + DirectoryStore.ASIDE,
                    INDEX,
                    "tile",
                    LogStore.CHECKPOINT + DirectoryStore.ASIDE));

    private static final Duration PUBLISH_EVERY = Duration.ofMillis(200);

    private final Path directory;
    private @Nullable NoteSigner signer;
    private @Nullable String origin;
    private @Nullable Duration publishEvery;
    private @Nullable TrustedCheckpoint known;
    private @Nullable TrustedCheckpoint predecessor;
    private boolean indexed;
    private boolean deduplicated;
    private boolean mustExist;
    private Consumer<LogEntry> recovered = entry -> {};

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
     * Sets how often what was appended is published in the background, if there is something: not before this time has
     * passed since the last publication, or since the first append. Without this, 200 milliseconds.
     *
     * @param interval the least time between two publications
     * @return this builder
     * @throws IllegalStateException if an interval was set before
     * @throws IllegalArgumentException if it is negative, or longer than a day
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder publishEvery(Duration interval) {
        if (publishEvery != null) {
            throw new IllegalStateException("publishEvery is already set to " + publishEvery);
        }
        if (interval.isNegative() || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("publishEvery is " + interval + ", expected zero to a day");
        }
        publishEvery = interval;
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
     * Keeps an index of leaf hashes on disk, for {@link MerkleLog#indexOf}. It takes 16 bytes an entry there, and some 4 MB
     * of memory at most, however large the log is. It is made anew if it is missing or damaged, which takes reading all
     * tiles once.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder indexed() {
        indexed = true;
        return this;
    }

    /**
     * Logs the same bytes once: an append of bytes that are logged already returns their first index and leaves the log as
     * it is. Keeps an index as {@link #indexed()} does. Bytes that were logged twice before stay so.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder deduplicated() {
        deduplicated = true;
        return this;
    }

    /**
     * Names the newest checkpoint of the log that is known elsewhere: to a witness, a peer, an anchor, a reader. A log that
     * doesn't hold all that it held then, unchanged, is refused. A copy of a log, or one that was restored, signs for it
     * only if it is opened so.
     *
     * @param newest the checkpoint
     * @return this builder
     * @throws IllegalStateException if one was named before
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder knownElsewhere(TrustedCheckpoint newest) {
        if (known != null) {
            throw new IllegalStateException("knownElsewhere is already set to " + known);
        }
        known = requireNonNull(newest, "newest");
        return this;
    }

    /**
     * Begins the log as the successor of another one that can't go on: because its key is lost, or because only an older
     * copy of it is left. The first entry is canonical JSON that names the old log's origin, size and root, and has its
     * signed checkpoint.
     *
     * @param end the last checkpoint of the old log that is known. The signer's name must be its origin with {@code /2}
     *     behind it, or with the next number if it has one
     * @return this builder
     * @throws IllegalStateException if one was named before
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder succeeds(TrustedCheckpoint end) {
        if (predecessor != null) {
            throw new IllegalStateException("succeeds is already set to " + predecessor);
        }
        predecessor = requireNonNull(end, "end");
        return this;
    }

    /**
     * Has each entry looked at that a crash left in the journal, before the log takes it back and signs it. Who can write to
     * the disk, and hasn't the log's key, can put entries there.
     *
     * @param check throws if an entry is none that was appended; then the log isn't opened, and nothing is changed
     * @return this builder
     */
    @CanIgnoreReturnValue
    public MerkleLogBuilder checkRecovered(Consumer<LogEntry> check) {
        recovered = recovered.andThen(check);
        return this;
    }

    /**
     * Opens or creates the log.
     *
     * @return the log, to be closed
     * @throws IllegalStateException if no signer was set, its name is not the origin or not the successor's, the log is open
     *     elsewhere, or doesn't begin as the successor
     * @throws IllegalArgumentException if the directory holds something else, or must hold a log and doesn't
     * @throws LogDamagedException if what is on disk contradicts itself, the key, or what is known elsewhere; nothing was
     *     changed
     * @throws UncheckedIOException if the disk refuses
     */
    public MerkleLog open() {
        if (signer == null) {
            throw new IllegalStateException("no signer is set, expected the key that signs the log's checkpoints");
        }
        if (origin != null && !origin.equals(signer.name())) {
            throw new IllegalStateException("origin is " + origin + ", but the signer's name is " + signer.name());
        }
        requireSuccessorsName(signer);
        WriterLock lock = KIND.open(directory, mustExist);
        MerkleLog log;
        try {
            log = opener(signer).open(lock::close);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        try {
            if (predecessor != null) {
                Successor.begin(log, predecessor);
            }
            return log;
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private LogOpener opener(NoteSigner logKey) {
        Disk disk = Disk.at(directory);
        return new LogOpener(
                disk,
                new DirectoryStore(disk),
                logKey,
                Optional.ofNullable(publishEvery).orElse(PUBLISH_EVERY),
                new InodeIdentity(directory),
                Optional.ofNullable(known),
                indexed || deduplicated ? Optional.of(directory.resolve(INDEX)) : Optional.empty(),
                deduplicated,
                recovered);
    }

    private void requireSuccessorsName(NoteSigner logKey) {
        if (predecessor != null && !logKey.name().equals(Successor.originAfter(predecessor.origin()))) {
            throw new IllegalStateException("the signer's name is " + logKey.name() + ", but the successor of "
                    + predecessor.origin() + " is " + Successor.originAfter(predecessor.origin()));
        }
    }
}
