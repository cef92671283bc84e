package io.vaultmesh.federation.wire;

import io.vaultmesh.core.log.LogEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Records' bytes as they travel, and as a bundle of C2SP tlog-tiles has them: a length of 16 bits, big-endian, and the bytes. */
public final class EntryList {

    /** How many bytes one message may have. */
    public static final int MOST_BYTES = 1 << 20;

    /** How many entries one message may have: as many as can be asked for. */
    public static final int MOST = IdList.MOST;

    private static final int PREFIX = 2;

    private EntryList() {}

    /**
     * How many bytes an entry takes.
     *
     * @param entry the entry
     * @return its length with what stands before it
     */
    public static int lengthOf(byte[] entry) {
        return PREFIX + entry.length;
    }

    /**
     * Writes entries.
     *
     * @param entries the entries, of at most 65,535 bytes each
     * @return the bytes
     */
    public static byte[] encode(List<byte[]> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(
                entries.stream().mapToInt(EntryList::lengthOf).sum());
        for (byte[] entry : entries) {
            if (entry.length > LogEntry.MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "an entry has " + entry.length + " bytes, expected at most " + LogEntry.MAX_LENGTH);
            }
            bytes.putShort((short) entry.length).put(entry);
        }
        return bytes.array();
    }

    /**
     * Reads entries.
     *
     * @param bytes the bytes
     * @return the entries; there may be none
     * @throws WireException if the last one ends early, or there are too many bytes or entries
     */
    public static List<byte[]> decode(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new WireException("entries have " + bytes.length + " bytes, expected at most " + MOST_BYTES);
        }
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            int length = rest.remaining() < PREFIX ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                throw new WireException("entry " + entries.size() + " ends after " + rest.remaining()
                        + " bytes, expected " + (length == Integer.MAX_VALUE ? "its length" : length + " bytes"));
            }
            if (entries.size() == MOST) {
                throw new WireException("there are more than " + MOST + " entries, expected at most so many");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
