package io.vaultmesh.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file of the journal, whose blocks are allocated and zeroed before it is used. Not thread-safe. */
final class JournalSegment {

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(256 * JournalBlock.SIZE).asReadOnlyBuffer();

    private final Disk disk;
    private final String path;
    private final Disk.File file;
    private final int blocks;
    private volatile int used;
    private long endIndex;

    private JournalSegment(Disk disk, String path, Disk.File file, int blocks, long endIndex) {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.blocks = blocks;
        this.endIndex = endIndex;
    }

    /** Makes a segment; when this returns it lasts. If the disk refuses, nothing of it is left. */
    static JournalSegment create(Disk disk, long number, int blocks, long index) throws IOException {
        String path = Journal.DIRECTORY + "/" + String.format(Locale.ROOT, "%010d", number);
        Disk.File file = disk.open(path);
        JournalSegment segment = new JournalSegment(disk, path, file, blocks, index);
        try {
            segment.erase(0, blocks);
            disk.force(Journal.DIRECTORY);
            return segment;
        } catch (IOException e) {
            try {
                segment.delete();
            } catch (IOException alsoRefused) {
                e.addSuppressed(alsoRefused);
            }
            throw e;
        }
    }

    /** Opens a segment that was read. */
    static JournalSegment open(Disk disk, JournalReader.Segment read) throws IOException {
        JournalSegment segment =
                new JournalSegment(disk, read.path(), disk.open(read.path()), read.blocks(), read.endIndex());
        segment.used = read.blocks();
        return segment;
    }

    /**
     * Goes on behind the whole groups; empties the blocks behind them if a crash left something there. The groups last from
     * here on: the process that wrote the last one may have died before it forced it, and what is published of it must not
     * outlive it.
     */
    void continueAt(int block, boolean torn) throws IOException {
        if (torn) {
            erase(block, blocks);
        } else {
            file.force();
        }
        used = block;
    }

    long number() {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }

    String name() {
        return disk.name(path);
    }

    int blocks() {
        return blocks;
    }

    int used() {
        return used;
    }

    int free() {
        return blocks - used;
    }

    /** The log's size after the last group. */
    long endIndex() {
        return endIndex;
    }

    void write(ByteBuffer bytes, int block) throws IOException {
        file.write(bytes, (long) block * JournalBlock.SIZE);
    }

    void force() throws IOException {
        file.force();
    }

    /** Takes note of a group that was written and forced. */
    void extend(int by, long index) {
        int before = used;
        used = before + by;
        endIndex = index;
    }

    /** Writes zeros from one block up to another, and forces them. */
    void erase(int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            int count = Math.min(to - at, ZEROS.capacity() / JournalBlock.SIZE);
            write(ZEROS.duplicate().limit(count * JournalBlock.SIZE), at);
            at += count;
        }
        file.force();
    }

    /** Closes and deletes it, for good. */
    void delete() throws IOException {
        file.close();
        disk.delete(path);
        disk.force(Journal.DIRECTORY);
    }

    /** Closes it; what goes wrong is added to an earlier failure. */
    @Nullable
    IOException close(@Nullable IOException before) {
        try {
            file.close();
            return before;
        } catch (IOException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
