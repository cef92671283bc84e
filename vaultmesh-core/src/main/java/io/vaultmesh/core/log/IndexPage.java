package io.vaultmesh.core.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A page of a run of the index, filled or read in place:
 *
 * <pre>
 * records, at most 255, sorted as unsigned numbers: u64 first 8 bytes of a leaf hash | u64 its index
 * u64 number of the page | u32 count of its records | u32 CRC-32C of all that stands before
 * </pre>
 *
 * All pages but the last are full, which makes them 4096 bytes. Not thread-safe.
 */
final class IndexPage {

    static final int BYTES = 4096;
    static final int RECORDS = 255;

    private static final int RECORD = 16;
    private static final int END = 16;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private int records;

    static int bytesOf(int records) {
        return records * RECORD + END;
    }

    /** How many pages a number of records takes. */
    static long pages(long records) {
        return (records + RECORDS - 1) / RECORDS;
    }

    /** How many bytes a number of records takes, with all pages. */
    static long bytesOf(long records) {
        return records * RECORD + pages(records) * END;
    }

    byte[] array() {
        return bytes.array();
    }

    int records() {
        return records;
    }

    void clear() {
        records = 0;
    }

    void add(long prefix, long index) {
        bytes.putLong(records * RECORD, prefix);
        bytes.putLong(records * RECORD + 8, index);
        records++;
    }

    long prefix(int record) {
        return bytes.getLong(record * RECORD);
    }

    long index(int record) {
        return bytes.getLong(record * RECORD + 8);
    }

    /** Ends a page to which all records were added. */
    void seal(long number) {
        int end = records * RECORD;
        bytes.putLong(end, number);
        bytes.putInt(end + 8, records);
        bytes.putInt(end + 12, crc(end + 12));
    }

    /** Whether the bytes that were put into the array are those of a page as it was sealed. */
    boolean isSealed(long number, int expected) {
        int end = expected * RECORD;
        records = expected;
        return bytes.getLong(end) == number
                && bytes.getInt(end + 8) == expected
                && bytes.getInt(end + 12) == crc(end + 12);
    }

    private int crc(int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, length);
        return (int) crc.getValue();
    }

    /** The first record between two whose prefix is not less. */
    int lowerBound(long prefix, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(prefix(middle), prefix) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
