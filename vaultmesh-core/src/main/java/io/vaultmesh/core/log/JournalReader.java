package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a journal's bytes, and changes nothing: the groups that continue a log, up to one that a crash tore.
 *
 * <p>A crash leaves whole blocks unwritten, which read as zeros or lie behind the end of the file, and only in the last
 * group, which nobody was told of. Whatever else is wrong with a group is damage: it may have been acknowledged.
 */
final class JournalReader {

    private static final int BLOCK = 512;

    private final Path file;
    private final byte[] bytes;
    private final CompactRange range;

    /** Reads a file's bytes; {@code range} is the log that is published, and grows by what is read. */
    JournalReader(Path file, byte[] bytes, CompactRange range) {
        this.file = file;
        this.bytes = bytes;
        this.range = range;
    }

    /** The groups that the published log doesn't have yet, and where the file's last whole group ends. */
    record Content(List<Journal.Group> groups, int end) {}

    Content read() {
        int magic = Math.min(bytes.length, Journal.MAGIC.length);
        if (!Arrays.equals(bytes, 0, magic, Journal.MAGIC, 0, magic)) {
            throw new LogDamagedException(file + " doesn't start with \"vaultmesh-journal 1\"");
        }
        List<Journal.Group> groups = new ArrayList<>();
        if (bytes.length < Journal.MAGIC.length) {
            return new Content(groups, 0);
        }
        long published = range.size();
        int at = Journal.MAGIC.length;
        for (int next; at < bytes.length && (next = endOf(at)) <= bytes.length; at = next) {
            Journal.Group group = group(at, next);
            if (group.firstIndex() + group.entries().size() <= published) {
                continue;
            }
            Batch batch = Batch.of(group.entries(), range);
            if (group.firstIndex() != range.size() || !batch.after().root().equals(group.rootAfter())) {
                requireTornBody(at, next, group);
                break;
            }
            batch.leafHashes().forEach(range::append);
            groups.add(group);
        }
        return new Content(groups, at);
    }

    /** Where the group ends that starts at {@code at}; behind the end of the file if a crash tore it. */
    private int endOf(int at) {
        if (bytes.length - at < Journal.HEADER) {
            return Integer.MAX_VALUE;
        }
        if (isHeader(bytes, at)) {
            int length = ByteBuffer.wrap(bytes).getInt(at);
            return length > bytes.length - at - Journal.HEADER ? Integer.MAX_VALUE : at + Journal.HEADER + length;
        }
        if (!lostBlockOfHeader(at) || isOneByteFromHeader(at) || isFollowed(at)) {
            throw new LogDamagedException(
                    file + ": the group at byte " + at + " has a header that is not what was written");
        }
        return Integer.MAX_VALUE;
    }

    private Journal.Group group(int at, int end) {
        ByteBuffer header = ByteBuffer.wrap(bytes, at + 4, Journal.HEADER - 4);
        long firstIndex = header.getLong();
        int count = header.getInt();
        byte[] body = Arrays.copyOfRange(bytes, at + Journal.HEADER, end - Hash.LENGTH);
        if (firstIndex < 0 || count < 1 || count > body.length / 2) {
            throw new LogDamagedException(file + ": the group at byte " + at + " says that it has " + count
                    + " entries from " + firstIndex + " on in " + body.length + " bytes");
        }
        return new Journal.Group(
                firstIndex, EntryBundle.decodeWhatCanBe(body, count), Hash.read(bytes, end - Hash.LENGTH));
    }

    private void requireTornBody(int at, int end, Journal.Group group) {
        int from = at + Journal.HEADER;
        int written = ByteBuffer.wrap(bytes).getInt(at + Journal.HEADER - 8);
        // one byte that became zero is no crash, even if it was the only one in its block
        if (end < bytes.length || !hasZeroBlock(from, end) || Journal.nonZero(bytes, from, end) >= written - 1) {
            throw new LogDamagedException(file + ": the group at byte " + at + " doesn't lead from size " + range.size()
                    + " to root " + group.rootAfter() + ", with which it was written");
        }
    }

    /** Whether the range has nothing but zeros in one of the blocks of the file that it touches. */
    private boolean hasZeroBlock(int from, int to) {
        for (int start = from, end; start < to; start = end) {
            end = Math.min(to, blockEnd(start));
            if (Journal.nonZero(bytes, start, end) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the blocks with the header has nothing but zeros where the group had other bytes. */
    private boolean lostBlockOfHeader(int at) {
        int middle = Math.min(bytes.length, blockEnd(at));
        int first = middle - at;
        if (first < Journal.HEADER && Journal.nonZero(bytes, middle, Math.min(bytes.length, blockEnd(middle))) == 0) {
            return true;
        }
        // the first bytes of the length may be zeros that were written
        int length = bytes.length - at - Journal.HEADER;
        boolean hadBytes = first >= Integer.BYTES || length >>> (8 * (Integer.BYTES - first)) != 0;
        return hadBytes && Journal.nonZero(bytes, at, middle) == 0;
    }

    private static int blockEnd(int at) {
        return (at / BLOCK + 1) * BLOCK;
    }

    /** Whether one changed byte explains it all: then the group may have been acknowledged. */
    private boolean isOneByteFromHeader(int at) {
        byte[] header = Arrays.copyOfRange(bytes, at, at + Journal.HEADER);
        for (int i = 0; i < header.length; i++) {
            byte found = header[i];
            for (int value = 0; value < 256; value++) {
                header[i] = (byte) value;
                if (isHeader(header, 0) && hasWholeBody(header, at + Journal.HEADER)) {
                    return true;
                }
            }
            header[i] = found;
        }
        return false;
    }

    private boolean hasWholeBody(byte[] header, int from) {
        int length = ByteBuffer.wrap(header).getInt();
        int written = ByteBuffer.wrap(header).getInt(Journal.HEADER - 8);
        return length <= bytes.length - from && Journal.nonZero(bytes, from, from + length) == written;
    }

    /** Whether there is a header of a later group: then the one at {@code at} was acknowledged. */
    private boolean isFollowed(int at) {
        for (int later = at + 1; later <= bytes.length - Journal.HEADER; later++) {
            if (ByteBuffer.wrap(bytes).getLong(later + 4) > range.size() && isHeader(bytes, later)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeader(byte[] bytes, int at) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        return header.getInt(at) >= Hash.LENGTH && header.getInt(at + Journal.HEADER - 4) == Journal.crc(bytes, at);
    }
}
