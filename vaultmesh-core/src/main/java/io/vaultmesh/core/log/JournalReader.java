package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads a journal, and changes nothing: the groups that continue a log, up to one that a crash tore.
 *
 * <p>A crash leaves whole blocks unwritten, which are empty, and only in the last group, which nobody was told of.
 * Whatever else is wrong with a block is damage: its group may have been acknowledged.
 */
final class JournalReader {

    /** The log that a journal continues. */
    interface Continued {

        long size();

        /** The root at that size, if it is known. */
        Optional<Hash> root();

        void append(JournalGroup group);
    }

    /** The log that a tail has. */
    static Continued continuing(Tail tail, Consumer<JournalGroup> append) {
        return new Continued() {
            @Override
            public long size() {
                return tail.size();
            }

            @Override
            public Optional<Hash> root() {
                return Optional.of(tail.root());
            }

            @Override
            public void append(JournalGroup group) {
                append.accept(group);
            }
        };
    }

    /**
     * How a journal ends.
     *
     * @param segments the files that have groups, the oldest first
     * @param unused the files without any
     * @param blocks how many blocks of the last segment have whole groups
     * @param torn whether there are blocks of another group behind them
     * @param nextGroup the number of the next group
     */
    record End(List<Segment> segments, List<String> unused, int blocks, boolean torn, long nextGroup) {}

    /**
     * A file with groups.
     *
     * @param path its path
     * @param blocks how many blocks it has
     * @param endIndex the log's size after its last group
     */
    record Segment(String path, int blocks, long endIndex) {}

    private final Disk disk;
    private final Continued log;
    private final CRC32C crc = new CRC32C();
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();
    private final long published;
    private long nextGroup; // 0 until the first one was met
    private long nextIndex = -1; // until the first one was met
    private int blocks;
    private boolean torn;

    JournalReader(Disk disk, Continued log) {
        this.disk = disk;
        this.log = log;
        this.published = log.size();
    }

    End read() throws IOException {
        List<String> names = new ArrayList<>(disk.list(Journal.DIRECTORY));
        names.removeIf(name -> !Journal.isSegment(name));
        names.sort(null);
        for (String name : names) {
            String path = Journal.DIRECTORY + "/" + name;
            read(path, disk.read(path).orElse(new byte[0]));
        }
        return new End(List.copyOf(segments), List.copyOf(unused), blocks, torn, Math.max(1, nextGroup));
    }

    private void read(String path, byte[] bytes) {
        if (isEmpty(bytes)) {
            unused.add(path);
            return;
        }
        String name = disk.name(path);
        int count = bytes.length / JournalBlock.SIZE;
        if (!unused.isEmpty() || torn || bytes.length % JournalBlock.SIZE != 0) {
            throw new LogDamagedException(name + " has " + bytes.length + " bytes that aren't all zero, "
                    + (torn
                            ? "behind a group that never became whole"
                            : unused.isEmpty()
                                    ? "expected a multiple of " + JournalBlock.SIZE
                                    : "behind a file that was never written, " + disk.name(unused.get(0))));
        }
        if (nextGroup == 0) {
            nextGroup = firstGroup(bytes);
        }
        int at = 0;
        for (int next; (next = endOfGroup(bytes, at)) > at; at = next) {
            take(JournalGroup.read(
                    payload(bytes, at, next), count, name + ": the group at byte " + at * JournalBlock.SIZE));
        }
        requireTornOrNothing(bytes, at, name);
        segments.add(new Segment(path, count, nextIndex));
        blocks = at;
    }

    /** The number of the first group, of which a crash may have lost the first blocks. */
    private long firstGroup(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += JournalBlock.SIZE) {
            if (JournalBlock.state(bytes, at, crc) == JournalBlock.State.WRITTEN) {
                return JournalBlock.group(bytes, at);
            }
        }
        return 0;
    }

    private static boolean isEmpty(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The block behind the whole group that starts at a block; that block if none does. */
    private int endOfGroup(byte[] bytes, int start) {
        for (int at = start; at * JournalBlock.SIZE < bytes.length && belongs(bytes, start, at); at++) {
            if (JournalBlock.isLast(bytes, at * JournalBlock.SIZE)) {
                return at + 1;
            }
        }
        return start;
    }

    /** Whether a block is right, and in its place in the next group, if that starts at a block. */
    private boolean belongs(byte[] bytes, int start, int block) {
        int at = block * JournalBlock.SIZE;
        return JournalBlock.state(bytes, at, crc) == JournalBlock.State.WRITTEN
                && JournalBlock.group(bytes, at) == nextGroup
                && JournalBlock.index(bytes, at) == block - start;
    }

    private static byte[] payload(byte[] bytes, int from, int to) {
        byte[] payload = new byte[(to - from) * JournalBlock.PAYLOAD];
        for (int block = from; block < to; block++) {
            System.arraycopy(
                    bytes,
                    block * JournalBlock.SIZE + JournalBlock.HEADER,
                    payload,
                    (block - from) * JournalBlock.PAYLOAD,
                    JournalBlock.PAYLOAD);
        }
        return payload;
    }

    private void take(JournalGroup group) {
        boolean follows = nextIndex < 0 || group.firstIndex() == nextIndex;
        boolean straddles = group.firstIndex() < published && group.endIndex() > published;
        if (!follows || straddles || group.firstIndex() > log.size()) {
            throw new LogDamagedException(disk.name(Journal.DIRECTORY) + ": group " + nextGroup
                    + " has the entries from "
                    + group.firstIndex() + " to " + group.endIndex() + ", expected them to continue the log at size "
                    + (nextIndex < 0 ? log.size() : nextIndex));
        }
        if (group.firstIndex() == log.size()) {
            Hash root = log.root().orElse(group.rootBefore());
            if (!root.equals(group.rootBefore())) {
                throw new LogDamagedException(disk.name(Journal.DIRECTORY) + ": group " + nextGroup
                        + " continues a log of size " + group.firstIndex() + " and root " + group.rootBefore()
                        + ", but the root at that size is " + root);
            }
            log.append(group);
        }
        nextIndex = group.endIndex();
        nextGroup++;
    }

    /** Behind the last whole group there may be blocks of the next one, if others of it are missing, and no more. */
    private void requireTornOrNothing(byte[] bytes, int start, String name) {
        boolean missing = false;
        for (int block = start; block * JournalBlock.SIZE < bytes.length; block++) {
            if (JournalBlock.state(bytes, block * JournalBlock.SIZE, crc) == JournalBlock.State.EMPTY) {
                missing = true;
            } else if (belongs(bytes, start, block)) {
                torn = true;
            } else {
                throw new LogDamagedException(name + ": the block at byte " + block * JournalBlock.SIZE
                        + " is not what was written, or what was written at byte " + start * JournalBlock.SIZE
                        + " for group " + nextGroup + " is gone");
            }
        }
        if (torn && !missing) {
            throw new LogDamagedException(name + ": its end is missing, in the middle of group " + nextGroup);
        }
    }
}
