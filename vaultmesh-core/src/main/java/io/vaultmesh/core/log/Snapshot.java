package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.merkle.ConsistencyProof;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * What a log held at one checkpoint. All that it gives out was verified up to that checkpoint's root. Immutable and
 * thread-safe.
 */
final class Snapshot {

    private static final int IDLE = 4;

    private final LogSource source;
    private final TrustedCheckpoint checkpoint;
    private final Tail tail;
    private final Deque<Cursor> idle;

    private Snapshot(LogSource source, TrustedCheckpoint checkpoint, Tail tail, Deque<Cursor> idle) {
        this.source = source;
        this.checkpoint = checkpoint;
        this.tail = tail;
        this.idle = idle;
    }

    /** Reads the right edge of the log, which leads to the checkpoint's root or is refused. The rest is read when asked for. */
    static Snapshot load(LogSource source, TrustedCheckpoint checkpoint) {
        Checkpoint claim = new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root());
        return new Snapshot(source, checkpoint, Tail.load(source::read, claim), new ConcurrentLinkedDeque<>());
    }

    /** The same with another note on the same size and root, which may have more signatures. */
    Snapshot with(TrustedCheckpoint again) {
        return new Snapshot(source, again, tail, idle);
    }

    TrustedCheckpoint checkpoint() {
        return checkpoint;
    }

    LogEntry entry(long index) {
        return read(cursor -> cursor.entries.read(index));
    }

    LogProof inclusion(long index) {
        return read(cursor -> cursor.proofs.inclusion(index, checkpoint));
    }

    ConsistencyProof consistency(long oldSize, long newSize) {
        return read(cursor -> cursor.proofs.consistency(oldSize, newSize));
    }

    /** Whether an earlier checkpoint's tree is a prefix of this one's. */
    Verdict continues(TrustedCheckpoint earlier) {
        return read(cursor -> cursor.proofs.continues(earlier, checkpoint.origin()));
    }

    /** With the cursor that was used last, whose tiles the next reading most likely needs; each thread has its own. */
    private <T> T read(Function<Cursor, T> reading) {
        Cursor cursor = idle.pollFirst();
        if (cursor == null) {
            cursor = new Cursor(source, tail);
        }
        T result = reading.apply(cursor);
        // one that failed is dropped, with the file that it may have kept: the next try reads it anew
        if (idle.size() < IDLE) {
            idle.addFirst(cursor);
        }
        return result;
    }

    /** Reads, and keeps the tiles and the bundle that it read last. Not thread-safe. */
    private static final class Cursor {

        private final EntryReader entries;
        private final Proofs proofs;

        private Cursor(LogSource source, Tail tail) {
            TileReader tiles = new TileReader(source::read, tail);
            entries = new EntryReader(source::read, tail, tiles);
            proofs = new Proofs(tail, tiles);
        }
    }
}
