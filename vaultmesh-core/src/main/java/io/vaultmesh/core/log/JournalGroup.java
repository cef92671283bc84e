package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Entries that became durable together, or, without any, the mark that the log was closed.
 *
 * <pre>
 * u64 index of the first entry
 * u32 count of entries
 * u32 length of the entries in bytes
 * u32 count of the segment's blocks
 * 32 bytes: the log's root before the first entry
 * entries, each u16 length | bytes
 * </pre>
 *
 * The root makes a journal prove that it continues the log beside it, and each group that it continues the one before.
 *
 * @param firstIndex the log's size before the group
 * @param rootBefore the log's root before the group
 * @param entries the entries, as in a bundle
 */
record JournalGroup(long firstIndex, Hash rootBefore, EntryBundle entries) {

    static final int HEADER = 8 + 4 + 4 + 4 + Hash.LENGTH;

    /** How many blocks a group takes whose entries have this length. */
    static int blocks(long length) {
        return Math.toIntExact((HEADER + length + JournalBlock.PAYLOAD - 1) / JournalBlock.PAYLOAD);
    }

    static void header(byte[] to, long firstIndex, int count, int length, int segmentBlocks, Hash rootBefore) {
        ByteBuffer.wrap(to).putLong(firstIndex).putInt(count).putInt(length).putInt(segmentBlocks);
        rootBefore.write(to, HEADER - Hash.LENGTH);
    }

    /** Reads a group whose blocks are all right; {@code name} is for the error. */
    static JournalGroup read(byte[] payload, int segmentBlocks, String name) {
        ByteBuffer header = ByteBuffer.wrap(payload);
        long firstIndex = header.getLong();
        int count = header.getInt();
        int length = header.getInt();
        int blocks = header.getInt();
        Hash root = Hash.read(payload, header.position());
        if (firstIndex < 0 || count < 0 || length < 0 || length > payload.length - HEADER || count > length / 2) {
            throw new LogDamagedException(name + " says that it has " + count + " entries from " + firstIndex
                    + " on in " + length + " bytes, of which " + (payload.length - HEADER) + " can be there");
        }
        if (blocks != segmentBlocks) {
            throw new LogDamagedException(
                    name + " was written into a file of " + blocks + " blocks, this one has " + segmentBlocks);
        }
        byte[] bytes = Arrays.copyOfRange(payload, HEADER, HEADER + length);
        EntryBundle entries = EntryBundle.ofWhatCanBeRead(bytes, count);
        if (entries.count() != count || entries.end() != length) {
            throw new LogDamagedException(name + " has entries that don't fill its " + length + " bytes");
        }
        return new JournalGroup(firstIndex, root, entries);
    }

    long endIndex() {
        return firstIndex + entries.count();
    }

    /** Whether it is the mark of a log that was closed. */
    boolean isClose() {
        return entries.count() == 0;
    }
}
