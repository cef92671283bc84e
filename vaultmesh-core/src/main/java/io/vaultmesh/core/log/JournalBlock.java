package io.vaultmesh.core.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        INTS.set(bytes, at + 4, FORMAT << 24 | (last ? LAST : 0) | index);
        LONGS.set(bytes, at + 8, group);
        INTS.set(bytes, at, crc(bytes, at, crc));
    }

    private static int crc(byte[] bytes, int at, CRC32C crc) {
        crc.reset();
        crc.update(bytes, at + 4, SIZE - 4);
        return (int) crc.getValue();
    }

    static State state(byte[] bytes, int at, CRC32C crc) {
        if ((int) INTS.get(bytes, at) == crc(bytes, at, crc) && bytes[at + 4] == FORMAT && group(bytes, at) > 0) {
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
        return (long) LONGS.get(bytes, at + 8);
    }

    static int index(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at + 4) & (LAST - 1);
    }

    static boolean isLast(byte[] bytes, int at) {
        return ((int) INTS.get(bytes, at + 4) & LAST) != 0;
    }
}
