package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands behind the pages of a run of the index:
 *
 * <pre>
 * for each value of the prefixes' first bits, and once more: u64 count of the records with smaller ones
 * "vaultmesh-index 1\n" | u64 from | u64 to | u64 count of records | 32 bytes: the leaf hash of entry to - 1
 * u32 how many first bits | u32 CRC-32C of all of the footer before
 * </pre>
 *
 * The run is about the entries with indexes in {@code [from, to)}. The leaf hash tells another log's run. Immutable.
 */
final class IndexFooter {

    private static final byte[] MAGIC = "vaultmesh-index 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = MAGIC.length + 3 * Long.BYTES + Hash.LENGTH + 2 * Integer.BYTES;
    private static final int MIN_BITS = 1;
    private static final int MAX_BITS = 14; // 128 KiB
    private static final int RECORDS_FOR_A_START = 512;

    private final long from;
    private final long to;
    private final long count;
    private final Hash lastHash;
    private final long[] starts;

    IndexFooter(long from, long to, long count, Hash lastHash, long[] starts) {
        this.from = from;
        this.to = to;
        this.count = count;
        this.lastHash = lastHash;
        this.starts = starts;
    }

    /** How many first bits the table should have for so many records. */
    static int bits(long count) {
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(count / RECORDS_FOR_A_START | 1);
        return Math.min(Math.max(bits, MIN_BITS), MAX_BITS);
    }

    /** Reads the end of a file; empty if the file isn't a whole one with a footer as it was written. */
    static Optional<IndexFooter> read(RandomAccessFile file) throws IOException {
        byte[] fixed = readEnd(file, FIXED);
        int bits = ByteBuffer.wrap(fixed).getInt(FIXED - 2 * Integer.BYTES);
        if (bits < MIN_BITS || bits > MAX_BITS) {
            return Optional.empty();
        }
        byte[] bytes = readEnd(file, tableBytes(bits) + FIXED);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        in.position(tableBytes(bits)).get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.getInt(bytes.length - Integer.BYTES) != crc(bytes)) {
            return Optional.empty();
        }
        long[] starts = new long[(1 << bits) + 1];
        ByteBuffer.wrap(bytes).asLongBuffer().get(starts);
        long from = in.getLong();
        long to = in.getLong();
        long count = in.getLong();
        IndexFooter footer = new IndexFooter(from, to, count, Hash.read(bytes, in.position()), starts);
        boolean whole = file.length() == IndexPage.bytesOf(count) + bytes.length;
        return whole && footer.isSound() ? Optional.of(footer) : Optional.empty();
    }

    private boolean isSound() {
        boolean sound = from >= 0 && count > 0 && count <= to - from && starts[0] == 0;
        for (int i = 1; i < starts.length; i++) {
            sound &= starts[i - 1] <= starts[i];
        }
        return sound && starts[starts.length - 1] == count;
    }

    private static int tableBytes(int bits) {
        return ((1 << bits) + 1) * Long.BYTES;
    }

    private static byte[] readEnd(RandomAccessFile file, int length) throws IOException {
        byte[] end = new byte[length];
        file.seek(Math.max(0, file.length() - length));
        file.readFully(end);
        return end;
    }

    byte[] toBytes() {
        int table = starts.length * Long.BYTES;
        ByteBuffer out = ByteBuffer.allocate(table + FIXED);
        out.asLongBuffer().put(starts);
        out.position(table).put(MAGIC).putLong(from).putLong(to).putLong(count).put(lastHash.bytes());
        out.putInt(Integer.numberOfTrailingZeros(starts.length - 1));
        return out.putInt(crc(out.array())).array();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    Hash lastHash() {
        return lastHash;
    }

    long count() {
        return count;
    }

    /** The first record whose prefix has the same first bits, if there is one. */
    long start(long prefix) {
        return starts[bucket(prefix)];
    }

    /** The record after the last one whose prefix has the same first bits. */
    long end(long prefix) {
        return starts[bucket(prefix) + 1];
    }

    /** Where a prefix would lie between {@link #start} and {@link #end} if hashes were spread evenly. */
    long guess(long prefix) {
        long start = start(prefix);
        long afterFirstBits = prefix << Integer.numberOfTrailingZeros(starts.length - 1);
        // a fraction of 2^64, unsigned, times the count
        return start + (long) ((afterFirstBits >>> 1) * 0x1p-63 * (end(prefix) - start));
    }

    private int bucket(long prefix) {
        return (int) (prefix >>> (Long.SIZE - Integer.numberOfTrailingZeros(starts.length - 1)));
    }
}
