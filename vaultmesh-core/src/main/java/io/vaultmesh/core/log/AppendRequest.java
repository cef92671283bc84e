package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one thread appends at a time: a copy of its entries, encoded as they are written, with their leaf hashes. It is
 * filled and hashed before its thread waits for the disk. Can be used again.
 */
final class AppendRequest implements EncodedEntries {

    /** Above this, the array isn't kept for the next use. */
    private static final int KEPT = 2 + LogEntry.MAX_LENGTH;

    private enum State {
        WAITING,
        LEADING,
        DONE
    }

    private final List<Hash> leafHashes = new ArrayList<>(1);
    private byte[] bytes = new byte[0];
    private int length;
    private long firstIndex;
    private @Nullable RuntimeException failure;
    private @Nullable Thread thread;
    private volatile State state = State.WAITING;

    /** Empties the request, for entries that take so many bytes with their lengths. */
    void clear(int capacity) {
        leafHashes.clear();
        length = 0;
        failure = null;
        thread = Thread.currentThread();
        state = State.WAITING;
        if (bytes.length < capacity) {
            bytes = new byte[capacity];
        }
    }

    /** Copies an entry, and hashes the copy: the caller may change its array meanwhile. */
    void add(byte[] entry) {
        bytes[length] = (byte) (entry.length >>> 8);
        bytes[length + 1] = (byte) entry.length;
        System.arraycopy(entry, 0, bytes, length + 2, entry.length);
        byte[] hash = new byte[Hash.LENGTH];
        TreeHasher.ofThread().leaf(bytes, length + 2, entry.length, hash, 0);
        leafHashes.add(Hash.of(hash));
        length += 2 + entry.length;
    }

    @Override
    public int count() {
        return leafHashes.size();
    }

    @Override
    public byte[] array() {
        return bytes;
    }

    @Override
    public int length() {
        return length;
    }

    Hash leafHash(int i) {
        return leafHashes.get(i);
    }

    /** What the log answers. */
    Appended appended(int i) {
        return new Appended(firstIndex + i, leafHashes.get(i));
    }

    boolean canBeKept() {
        return bytes.length <= KEPT;
    }

    /** Waits until another thread has committed this, or leaves it to this thread to lead. An interrupt is kept for later. */
    void await() {
        boolean interrupted = false;
        while (state == State.WAITING) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isDone() {
        return state == State.DONE;
    }

    void lead() {
        state = State.LEADING;
        LockSupport.unpark(thread);
    }

    /** Notes where the entries are, before {@link #done()}. */
    void committed(long index) {
        firstIndex = index;
    }

    void failed(RuntimeException why) {
        failure = why;
    }

    void done() {
        Thread waiting = thread; // once done, its thread may use this again
        state = State.DONE;
        if (waiting != Thread.currentThread()) {
            LockSupport.unpark(waiting);
        }
    }

    @Nullable
    RuntimeException failure() {
        return failure;
    }
}
