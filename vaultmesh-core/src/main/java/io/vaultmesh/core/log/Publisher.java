package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings a log to its store: bundles and tiles first, then the history of checkpoints, then the checkpoint, each durable
 * before the next, so that a checkpoint never promises what is not there. Thread-safe; one publication at a time.
 */
final class Publisher {

    private final LogStore store;
    private final Tail tail;
    private final Checkpoints checkpoints;
    private final @Nullable CheckpointHistory history;
    // full files that are not in the store yet, and are read from here
    private final Map<String, byte[]> filled = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final NavigableSet<Long> written = new TreeSet<>(); // the sizes whose partial files may be in the store
    private @Nullable TrustedCheckpoint published;
    /** One that may be in its place by now, or not: the disk refused when it was put there. The next one follows it. */
    private @Nullable TrustedCheckpoint unsettled;

    Publisher(
            LogStore store,
            Tail tail,
            Checkpoints checkpoints,
            @Nullable CheckpointHistory history,
            @Nullable TrustedCheckpoint published) {
        this.store = store;
        this.tail = tail;
        this.checkpoints = checkpoints;
        this.history = history;
        this.published = published;
        this.written.add(published == null ? 0 : published.size());
    }

    /** Takes a full bundle or tile from the tail, to be stored when there is time. */
    void take(String path, byte[] content) {
        filled.put(path, content);
        waiting.addAndGet(content.length);
    }

    /** How many bytes of full files wait for the store. */
    long waiting() {
        return waiting.get();
    }

    /** Reads a full file, stored or not. */
    Optional<byte[]> read(String path) {
        byte[] content = filled.get(path);
        return content != null ? Optional.of(content) : store.read(path);
    }

    /** Publishes all that there is. Returns the size that is published then. */
    @CanIgnoreReturnValue
    synchronized long publish() {
        if (unsettled != null) {
            replaceCheckpoint(unsettled);
        }
        Map<String, byte[]> full;
        Map<String, byte[]> files;
        long size;
        Hash root;
        synchronized (tail) {
            size = tail.size();
            if (published != null && published.size() == size) {
                return size;
            }
            root = tail.root();
            full = new LinkedHashMap<>(filled);
            files = tail.partials();
        }
        files.putAll(full);
        written.add(size);
        store.writeAllIfAbsent(files);
        TrustedCheckpoint next = checkpoints.of(size, root);
        if (history != null) {
            history.add(next);
        }
        replaceCheckpoint(next);
        full.forEach((path, content) -> {
            filled.remove(path);
            waiting.addAndGet(-content.length);
        });
        return size;
    }

    /** Publishes, and copies what is published then; the next publication waits. */
    synchronized TrustedCheckpoint copyTo(Path target) {
        publish();
        TrustedCheckpoint now = requireNonNull(published, "published");
        LogCopy.copy(store, now, history, target);
        return now;
    }

    private void replaceCheckpoint(TrustedCheckpoint next) {
        unsettled = next;
        store.replaceCheckpoint(
                Optional.ofNullable(published).map(old -> old.note().bytes()),
                next.note().bytes());
        unsettled = null;
        published = next;
        for (Long before = written.first(); before < next.size(); before = written.first()) {
            deleteReplacedPartials(before, next.size());
            written.remove(before);
        }
    }

    /** Deletes the partial forms of the files that the published log has in full by now. */
    private void deleteReplacedPartials(long before, long size) {
        for (int level = 0; TilePath.hashes(level, before) > 0; level++) {
            long number = TilePath.hashes(level, before) / TilePath.WIDTH;
            if (number < TilePath.hashes(level, size) / TilePath.WIDTH) {
                deletePartials(TilePath.tile(level, number, TilePath.WIDTH));
                if (level == 0) {
                    deletePartials(TilePath.entries(number, TilePath.WIDTH));
                }
            }
        }
    }

    private void deletePartials(String full) {
        String directory = TilePath.partials(full);
        store.list(directory).forEach(name -> store.delete(directory + "/" + name));
    }
}
