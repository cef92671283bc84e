package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was appended and may not be published yet. An append is durable once its group is here: in a file whose blocks
 * were allocated and zeroed ahead, so that it takes one write and one force.
 *
 * <p>A journal is a directory of segments, numbered files of which each is a sequence of {@link JournalGroup}s in {@link
 * JournalBlock}s, and zeros behind them. A segment is deleted when all of it is published. One thread appends; another
 * may {@link #prepare} and {@link #release} at the same time.
 */
final class Journal implements AutoCloseable {

    static final String DIRECTORY = "journal";

    private static final int LEAST_BLOCKS = (64 << 10) / JournalBlock.SIZE;
    private static final int MOST_BLOCKS = (16 << 20) / JournalBlock.SIZE;
    private static final int BUFFER_BLOCKS = 256;

    private final Disk disk;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BLOCKS * JournalBlock.SIZE);
    private final byte[] block = new byte[JournalBlock.SIZE];
    private final byte[] header = new byte[JournalGroup.HEADER];
    private final Deque<JournalSegment> segments = new ArrayDeque<>(); // guarded by this
    private volatile @Nullable JournalSegment prepared; // changed under this
    private volatile @Nullable JournalSegment unprepared; // the current one when the disk refused to make the next
    private volatile @Nullable JournalSegment current; // the last one; replaced by the thread that appends
    private long nextGroup;
    private boolean unknown;

    private Journal(Disk disk, long nextGroup) {
        this.disk = disk;
        this.nextGroup = nextGroup;
    }

    static boolean isSegment(String name) {
        return name.length() == 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Opens the journal of a log after it was read; only now is cut off what a crash left of a group. */
    static Journal open(Disk disk, JournalReader.End end) {
        try {
            disk.createDirectories(DIRECTORY);
            Journal journal = new Journal(disk, end.nextGroup());
            for (String path : end.unused()) {
                disk.delete(path);
                disk.force(DIRECTORY);
            }
            for (JournalReader.Segment read : end.segments()) {
                journal.segments.add(JournalSegment.open(disk, read));
            }
            if (!journal.segments.isEmpty()) {
                journal.current = journal.segments.getLast();
                journal.current.continueAt(end.blocks(), end.torn());
            }
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("can't continue " + disk.name(DIRECTORY) + ": " + e, e);
        }
    }

    /**
     * Makes a group durable.
     *
     * @throws UncheckedIOException if that failed; then nothing of it is there, unless the journal {@link #isUnknown()}
     */
    void append(long firstIndex, Hash rootBefore, List<? extends EncodedEntries> entries) {
        int count = 0;
        int length = 0;
        for (EncodedEntries some : entries) {
            count += some.count();
            length = Math.addExact(length, some.length());
        }
        int blocks = JournalGroup.blocks(length);
        JournalSegment segment = segmentFor(blocks, firstIndex);
        try {
            write(segment, firstIndex, rootBefore, entries, count, length);
        } catch (IOException e) {
            undo(segment, blocks, e);
            throw new UncheckedIOException("can't append to " + segment.name() + ", nothing was logged: " + e, e);
        }
        try {
            segment.force();
        } catch (IOException e) {
            unknown = true;
            throw new UncheckedIOException(
                    "can't force " + segment.name() + " to the disk, so what it holds is unknown; reopen the log: " + e,
                    e);
        }
        segment.extend(blocks, firstIndex + count);
        nextGroup++;
    }

    private void write(
            JournalSegment segment,
            long firstIndex,
            Hash rootBefore,
            List<? extends EncodedEntries> entries,
            int count,
            int length)
            throws IOException {
        GroupWriter writer = new GroupWriter(segment);
        JournalGroup.header(header, firstIndex, count, length, segment.blocks(), rootBefore);
        writer.put(header, JournalGroup.HEADER);
        for (EncodedEntries some : entries) {
            writer.put(some.array(), some.length());
        }
        writer.finish();
    }

    /** Cuts a group into blocks. */
    private final class GroupWriter {

        private final JournalSegment segment;
        private int index;
        private int filled = JournalBlock.HEADER;
        private int at;

        GroupWriter(JournalSegment segment) {
            this.segment = segment;
            this.at = segment.used();
            buffer.clear();
        }

        void put(byte[] bytes, int length) throws IOException {
            for (int from = 0; from < length; ) {
                if (filled == JournalBlock.SIZE) {
                    seal(false);
                }
                int part = Math.min(length - from, JournalBlock.SIZE - filled);
                System.arraycopy(bytes, from, block, filled, part);
                filled += part;
                from += part;
            }
        }

        void finish() throws IOException {
            Arrays.fill(block, filled, JournalBlock.SIZE, (byte) 0);
            seal(true);
            flush();
        }

        private void seal(boolean last) throws IOException {
            JournalBlock.seal(block, 0, crc, nextGroup, index++, last);
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put(block);
            filled = JournalBlock.HEADER;
        }

        private void flush() throws IOException {
            int blocks = buffer.position() / JournalBlock.SIZE;
            segment.write(buffer.flip(), at);
            buffer.clear();
            at += blocks;
        }
    }

    private void undo(JournalSegment segment, int blocks, IOException cause) {
        try {
            segment.erase(segment.used(), segment.used() + blocks);
        } catch (IOException e) {
            unknown = true;
            cause.addSuppressed(e);
            throw new UncheckedIOException(
                    "can't append to " + segment.name()
                            + " nor restore it, so what it holds is unknown; reopen the log: " + cause,
                    cause);
        }
    }

    /** Whether a failure left it unknown what the files hold, so that nothing more may be appended. */
    boolean isUnknown() {
        return unknown;
    }

    /** The segment that has room for a group: the current one, the prepared one, or one that is made now. */
    private JournalSegment segmentFor(int blocks, long index) {
        JournalSegment last = current;
        if (last != null && blocks <= last.free()) {
            return last;
        }
        try {
            JournalSegment next = next(blocks, index);
            current = next;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't make room in " + disk.name(DIRECTORY) + " for " + blocks * (long) JournalBlock.SIZE
                            + " bytes, nothing was logged: " + e,
                    e);
        }
    }

    private synchronized JournalSegment next(int blocks, long index) throws IOException {
        JournalSegment next = prepared;
        prepared = null;
        if (next != null && next.free() < blocks) {
            next.delete();
            next = null;
        }
        if (next == null) {
            next = create(Math.max(blocks, nextBlocks()), index);
        }
        segments.addLast(next);
        return next;
    }

    private int nextBlocks() {
        JournalSegment last = segments.peekLast();
        return last == null ? LEAST_BLOCKS : Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, last.blocks() * 4));
    }

    private JournalSegment create(int blocks, long index) throws IOException {
        JournalSegment last = segments.peekLast();
        long number = last == null ? 1 : last.number() + 1;
        return JournalSegment.create(disk, number, blocks, index);
    }

    /** Whether the next segment should be prepared: the current one is more than half full. */
    boolean wantsToPrepare() {
        JournalSegment last = current;
        return prepared == null && last != null && last != unprepared && last.free() < last.blocks() / 2;
    }

    /** Makes the next segment ahead of its need. If the disk refuses, who needs it will try again. */
    synchronized void prepare() {
        if (wantsToPrepare()) {
            try {
                prepared = create(nextBlocks(), 0);
            } catch (IOException appendTriesAgain) { // and says what is wrong, if it lasts
                unprepared = current;
            }
        }
    }

    /** Deletes the segments all of whose entries are published, but for the last one. */
    synchronized void release(long published) {
        while (segments.size() > 1 && segments.getFirst().endIndex() <= published) {
            try {
                segments.getFirst().delete();
            } catch (IOException tryAgainNextTime) {
                return; // nothing is lost: what is published is passed over when the journal is read
            }
            segments.removeFirst();
        }
    }

    /** Deletes all that there is: everything is published. */
    synchronized void clear() {
        try {
            if (prepared != null) {
                prepared.delete();
                prepared = null;
            }
            while (!segments.isEmpty()) {
                segments.getFirst().delete();
                segments.removeFirst();
            }
        } catch (IOException staysUntilItIsOpened) {
            return; // nothing is lost: what is published is passed over when the journal is read
        }
    }

    /** Reads it all again, while nothing is appended. */
    synchronized Check check(Tail tail) {
        try {
            JournalReader.End end = new JournalReader(disk, JournalReader.continuing(tail, group -> {})).read();
            return Check.pass(
                    DIRECTORY, end.nextGroup() - 1 + " groups were written, and those that are there are whole");
        } catch (LogDamagedException e) {
            return Check.fail(DIRECTORY, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Check.fail(DIRECTORY, "can't read " + disk.name(DIRECTORY) + ": " + e);
        }
    }

    /** Marks the end of what is not published, so that no part of it can be taken for the trace of a crash. */
    void markClosed(long size, Hash root) {
        append(size, root, List.of());
    }

    @Override
    public synchronized void close() {
        IOException failure = null;
        for (JournalSegment segment : segments) {
            failure = segment.close(failure);
        }
        if (prepared != null) {
            failure = prepared.close(failure);
        }
        if (failure != null) {
            throw new UncheckedIOException("can't close " + disk.name(DIRECTORY) + ": " + failure, failure);
        }
    }
}
