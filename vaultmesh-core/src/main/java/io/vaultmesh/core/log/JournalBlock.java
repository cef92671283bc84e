package io.vaultmesh.core.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A block of the journal: as much as a disk writes whole or not at all.
 *
 * <pre>
 * u32 CRC-32C of the 508 bytes behind it
 * u8  format, 1
 * u24 index of the block in its group; the highest bit is set in the group's last block
 * u64 number of the group, from 1
 * 496 bytes of the group, zeros behind its end
 * </pre>
 *
 * A block that was never written has nothing but zeros. So a torn group is known from a damaged one block by block: what
 * a crash leaves of it is blocks that are right and blocks that are empty, and nothing else.
 */
final class JournalBlock {

    static final int SIZE = 512;
    static final int HEADER = 16;
    static final int PAYLOAD = SIZE - HEADER;

    /** The most blocks that a group may have. */
    static final int MOST = 1 << 23;

    private static final int FORMAT = 1;
    private static final int LAST = 1 << 23;

    /** What stands in a block's place. */
    enum State {
        EMPTY,
        WRITTEN,
        DAMAGED
    }

    private JournalBlock() {}

    /** Completes a block whose payload is in its place. */
    static void seal(byte[] bytes, int at, CRC32C crc, long group, int index, boolean last) {
        ByteBuffer.wrap(bytes, at + 4, HEADER - 4)
                .putInt(FORMAT << 24 | (last ? LAST : 0) | index)
                .putLong(group);
        ByteBuffer.wrap(bytes, at, 4).putInt(crc(bytes, at, crc));
    }

    private static int crc(byte[] bytes, int at, CRC32C crc) {
        crc.reset();
        crc.update(bytes, at + 4, SIZE - 4);
        return (int) crc.getValue();
    }

    static State state(byte[] bytes, int at, CRC32C crc) {
        ByteBuffer block = ByteBuffer.wrap(bytes);
        if (block.getInt(at) == crc(bytes, at, crc) && bytes[at + 4] == FORMAT && group(bytes, at) > 0) {
            return State.WRITTEN;
        }
        for (int i = at; i < at + SIZE; i++) {
            if (bytes[i] != 0) {
                return State.DAMAGED;
            }
        }
        return State.EMPTY;
    }

    static long group(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at + 8);
    }

    static int index(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at + 4) & (LAST - 1);
    }

    static boolean isLast(byte[] bytes, int at) {
        return (ByteBuffer.wrap(bytes).getInt(at + 4) & LAST) != 0;
    }
}
