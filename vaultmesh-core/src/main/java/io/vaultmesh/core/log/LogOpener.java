package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a log: reads what is published, then the history of checkpoints, then the journal, and changes nothing until all
 * of it agrees.
 *
 * @param disk where the writer's own files are
 * @param store where the log is published
 * @param signer signs checkpoints
 * @param publishEvery the least time between two publications in the background
 * @param identity whether the directory may sign for the log
 * @param known a checkpoint that the log must hold
 * @param index where the index of leaf hashes is, if there is one
 * @param deduplicates whether bytes are logged once
 */
record LogOpener(
        Disk disk,
        LogStore store,
        NoteSigner signer,
        Duration publishEvery,
        LogIdentity identity,
        Optional<TrustedCheckpoint> known,
        Optional<Path> index,
        boolean deduplicates,
        Consumer<LogEntry> recovered) {

    /**
     * Opens the log.
     *
     * @param lock keeps other writers out; it is released when the log is closed
     */
    MerkleLog open(Runnable lock) {
        Optional<TrustedCheckpoint> published =
                store.read(LogStore.CHECKPOINT).map(note -> LogReader.trusted(note, signer.verifier()));
        Tail tail = published
                .map(checkpoint -> Tail.load(
                        store::read, new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root())))
                .orElseGet(Tail::new);
        CheckpointHistory history = CheckpointHistory.open(disk, signer.verifier());
        try {
            return open(lock, published, tail, history);
        } catch (RuntimeException | Error e) {
            history.close();
            throw e;
        }
    }

    private MerkleLog open(Runnable lock, Optional<TrustedCheckpoint> published, Tail tail, CheckpointHistory history) {
        boolean copy = published.isPresent() && known.isEmpty() && identity.isCopy();
        String refusal = copy ? CopyAppender.refusal(disk.name(""), signer.name()) : null;
        Checkpoints checkpoints = new Checkpoints(tail, signer, published.orElse(null), refusal);
        Publisher publisher = new Publisher(store, tail, checkpoints, history, published.orElse(null));
        JournalReader.End end = replay(tail, publisher);
        TileReader tiles = new TileReader(publisher::read, tail);
        requireAllOf(history, published, tail, tiles);
        requireNothingBeyond(tail.size());
        known.ifPresent(checkpoint -> require(checkpoint, new Proofs(tail, tiles)));
        LeafIndexing indexing = index.map(directory ->
                        new LeafIndexing(LeafIndex.open(directory, tail.size(), tiles::leaf), deduplicates))
                .orElse(null);
        Appender appender;
        try {
            appender = refusal == null
                    ? appender(tail, end, publisher, indexing, published.isEmpty())
                    : new CopyAppender(refusal, published.orElseThrow().size() == tail.size());
        } catch (RuntimeException | Error e) {
            close(indexing);
            throw e;
        }
        return new MerkleLog(
                signer,
                new OpenedLog(
                        tail,
                        checkpoints,
                        publisher,
                        appender,
                        store,
                        published.isEmpty(),
                        copy,
                        indexing == null ? null : indexing.index(),
                        List.of(() -> close(indexing), history::close, lock)));
    }

    /** From here on, files are changed. */
    private Appender appender(
            Tail tail, JournalReader.End end, Publisher publisher, @Nullable LeafIndexing indexing, boolean created) {
        if (identity.isCopy()) {
            identity.claim();
        }
        Journal journal = Journal.open(disk, end);
        try {
            Appender appender = new DurableAppender(signer.name(), tail, journal, publisher, indexing, publishEvery);
            publish(appender, created);
            return appender;
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private static void close(@Nullable LeafIndexing indexing) {
        if (indexing != null) {
            indexing.index().close();
        }
    }

    private void require(TrustedCheckpoint checkpoint, Proofs proofs) {
        Verdict verdict = proofs.continues(checkpoint, signer.name());
        if (!verdict.holds()) {
            throw new LogDamagedException(disk.name("") + " doesn't hold what is known of it elsewhere: " + verdict
                    + ". It may be an older copy, or have gone another way; it must sign nothing more");
        }
    }

    /** Takes back what the journal has and the store hasn't. */
    private JournalReader.End replay(Tail tail, Publisher publisher) {
        try {
            return new JournalReader(disk, JournalReader.continuing(tail, group -> {
                        EntryBundle entries = group.entries();
                        for (int i = 0; i < entries.count(); i++) {
                            recovered.accept(new LogEntry(tail.size(), entries.entry(i)));
                            tail.append(entries.array(), entries.start(i), entries.length(i), publisher::take);
                        }
                    }))
                    .read();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + disk.name(Journal.DIRECTORY) + ": " + e, e);
        }
    }

    /** No checkpoint that was published may be taken back, whatever else is gone with it. */
    private void requireAllOf(
            CheckpointHistory history, Optional<TrustedCheckpoint> published, Tail tail, TileReader tiles) {
        String name = disk.name(CheckpointHistory.FILE);
        long size = published.map(TrustedCheckpoint::size).orElse(-1L);
        long last = history.last().map(CheckpointHistory.Published::size).orElse(-1L);
        if (last < size) {
            throw new LogDamagedException(name + " ends " + (last < 0 ? "before it begins" : "at size " + last)
                    + ", expected the published checkpoint at size " + size + " in it");
        }
        history.last().ifPresent(newest -> {
            if (newest.size() > tail.size()) {
                throw new LogDamagedException(name + " has a checkpoint at size " + newest.size()
                        + ", but checkpoint and journal reach size " + tail.size() + ": was the log taken back?");
            }
            Hash root = MerkleTree.root(newest.size(), tiles);
            if (!root.equals(newest.root())) {
                throw new LogDamagedException(name + " has a checkpoint at size " + newest.size() + " with root "
                        + newest.root() + ", but the log has root " + root + " at that size");
            }
        });
    }

    private void requireNothingBeyond(long size) {
        List<String> beyond = Beyond.find(new FsckFiles(store), size);
        if (!beyond.isEmpty()) {
            throw new LogDamagedException(disk.name("") + ": checkpoint and journal reach size " + size
                    + ", but there are files of a larger log, " + beyond + "; is the checkpoint an older one?");
        }
    }

    /** Publishes what came from the journal, if the disk lets it. A new log publishes that it is empty. */
    private static void publish(Appender appender, boolean created) {
        try {
            appender.publish();
        } catch (UncheckedIOException diskRefused) {
            if (created) {
                throw diskRefused;
            } // what is only in the journal can be read, and is published when there is space
        }
    }
}
