package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
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
    private final List<Hash> all = new ArrayList<>(0); // with those that were logged before
    private final byte[] hash = new byte[Hash.LENGTH];
    private byte[] bytes = new byte[0];
    private int length;
    private long firstIndex;
    private long @Nullable [] logged; // where each entry is that was logged before; -1 for the others
    private @Nullable RuntimeException failure;
    private @Nullable Thread thread;
    private volatile State state = State.WAITING;

    /** Empties the request, for entries that take so many bytes with their lengths. */
    void clear(int capacity) {
        leafHashes.clear();
        length = 0;
        failure = null;
        logged = null;
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
        TreeHasher.ofThread().leafInPlace(bytes, length + 2, entry.length, hash, 0);
        leafHashes.add(Hash.read(hash, 0));
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

    /**
     * Drops the entries that were logged before.
     *
     * @param find the index that the log has for a leaf hash, or -1 if it is new
     */
    void dropLogged(ToLongFunction<Hash> find) {
        long[] indexes = new long[leafHashes.size()];
        List<Hash> added = new ArrayList<>();
        int from = 0;
        int to = 0;
        for (int i = 0; i < indexes.length; i++) {
            int size = 2 + EntryBundle.length(bytes, from);
            indexes[i] = find.applyAsLong(leafHashes.get(i));
            if (indexes[i] < 0) {
                added.add(leafHashes.get(i));
                System.arraycopy(bytes, from, bytes, to, size);
                to += size;
            }
            from += size;
        }
        logged = indexes;
        all.clear();
        all.addAll(leafHashes);
        leafHashes.clear();
        leafHashes.addAll(added);
        length = to;
    }

    /** What the log answers, for all entries that were added. */
    List<Appended> appended() {
        List<Appended> appended = new ArrayList<>();
        long next = firstIndex;
        long[] before = logged;
        List<Hash> hashes = before == null ? leafHashes : all;
        for (int i = 0; i < hashes.size(); i++) {
            long index = before == null ? -1 : before[i];
            appended.add(new Appended(index < 0 ? next++ : index, hashes.get(i)));
        }
        return appended;
    }

    /** What the log answers, for the one entry that was added. */
    Appended onlyAppended() {
        return logged == null
                ? new Appended(firstIndex, leafHashes.get(0))
                : appended().get(0);
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
