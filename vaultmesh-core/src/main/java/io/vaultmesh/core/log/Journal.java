package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What was appended since the checkpoint was last published. An append is durable once its group is here.
 *
 * <pre>
 * "vaultmesh-journal 1\n"
 * groups: u32 length of the body | u64 first index | u32 count | u32 bytes of the body that aren't zero
 *         u32 CRC-32C of the 20 bytes before
 *         body: count × (u16 length | entry) | 32 bytes: the log's root hash after the group
 * </pre>
 *
 * The root makes a group prove itself: no byte of it, or of what it continues, can change unseen.
 */
final class Journal implements AutoCloseable {

    static final String FILE = "journal";

    static final byte[] MAGIC = "vaultmesh-journal 1\n".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER = 24;

    private final Path file;
    private final RandomAccessFile open;
    private long end;
    private boolean unknown;

    Journal(Path file, RandomAccessFile open) {
        this.file = file;
        this.open = open;
    }

    /** Entries that became durable together, and the log's root hash after them. */
    record Group(long firstIndex, List<byte[]> entries, Hash rootAfter) {}

    static Journal open(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            // not a channel: an interrupted thread would close it for all others
            return new Journal(file, new RandomAccessFile(file.toFile(), "rw"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + file + ": " + e, e);
        }
    }

    /** Reads the groups that continue the published log, which is left as it is, and so is the file. */
    JournalReader.Content replay(CompactRange published) {
        try {
            return new JournalReader(file, Files.readAllBytes(file), published.copy()).read();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    /** Cuts off what a crash left of a group that was never acknowledged, and goes on behind the others. */
    void continueAfter(JournalReader.Content content) {
        end = content.end();
        try {
            if (end < MAGIC.length) {
                write(MAGIC, 0);
                force();
                DirectoryStore.force(requireNonNull(file.toAbsolutePath().getParent()));
                end = MAGIC.length;
            }
            if (end < open.length()) {
                open.setLength(end);
                force();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }

    static int nonZero(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == 0 ? 0 : 1;
        }
        return count;
    }

    /**
     * Makes a group durable.
     *
     * @throws UncheckedIOException if that failed; the file then ends where it did before, unless it {@link #isUnknown()}
     */
    void append(long firstIndex, List<byte[]> entries, Hash rootAfter) {
        byte[] body = EntryBundle.encode(entries);
        ByteBuffer group = ByteBuffer.allocate(HEADER + body.length + Hash.LENGTH);
        group.position(HEADER).put(body).put(rootAfter.bytes()).flip();
        group.putInt(body.length + Hash.LENGTH).putLong(firstIndex).putInt(entries.size());
        group.putInt(nonZero(group.array(), HEADER, group.limit())).putInt(crc(group.array(), 0));
        try {
            write(group.array(), end);
        } catch (IOException e) {
            undo(e);
            throw new UncheckedIOException("can't append to " + file + ", nothing was logged: " + e, e);
        }
        try {
            force();
        } catch (IOException e) {
            unknown = true;
            throw new UncheckedIOException(
                    "can't force " + file + " to the disk, so what it holds is unknown; reopen the log: " + e, e);
        }
        end += group.capacity();
    }

    private void undo(IOException cause) {
        try {
            open.setLength(end);
            force();
        } catch (IOException e) {
            unknown = true;
            cause.addSuppressed(e);
            throw new UncheckedIOException(
                    "can't append to " + file + " nor restore it, so what it holds is unknown; reopen the log: "
                            + cause,
                    cause);
        }
    }

    /** Whether a failure left it unknown what the file holds, so that nothing more may be appended. */
    boolean isUnknown() {
        return unknown;
    }

    /**
     * Forgets all groups: they are published. If the disk refuses, they stay until the next time, and what is appended
     * follows them.
     */
    void reset() {
        try {
            open.setLength(MAGIC.length);
            end = MAGIC.length;
            force();
        } catch (IOException tryAgainNextTime) {
            // nothing is lost: a replay skips what is published, and forces of appended groups fail if this one's lasts
        }
    }

    static int crc(byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, HEADER - 4);
        return (int) crc.getValue();
    }

    private void write(byte[] bytes, long position) throws IOException {
        open.seek(position);
        open.write(bytes);
    }

    private void force() throws IOException {
        open.getFD().sync();
    }

    @Override
    public void close() {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file + ": " + e, e);
        }
    }
}
