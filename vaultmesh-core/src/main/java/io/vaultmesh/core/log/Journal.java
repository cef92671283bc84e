package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final FileChannel channel;
    private long end;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Entries that became durable together, and the log's root hash after them. */
    record Group(long firstIndex, List<byte[]> entries, Hash rootAfter) {}

    static Journal open(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new Journal(file, channel);
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
                writeAll(ByteBuffer.wrap(MAGIC), 0);
                end = MAGIC.length;
                channel.force(true);
                DirectoryStore.force(requireNonNull(file.toAbsolutePath().getParent()));
            }
            if (end < channel.size()) {
                truncate();
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

    private void truncate() throws IOException {
        channel.truncate(end);
        channel.force(true);
    }

    /**
     * Makes a group durable.
     *
     * @throws UncheckedIOException if that failed; the file then ends where it did before
     * @throws IllegalStateException if not even that could be had, so that nothing more may be appended
     */
    void append(long firstIndex, List<byte[]> entries, Hash rootAfter) {
        byte[] body = EntryBundle.encode(entries);
        ByteBuffer group = ByteBuffer.allocate(HEADER + body.length + Hash.LENGTH);
        group.position(HEADER).put(body).put(rootAfter.bytes()).flip();
        group.putInt(body.length + Hash.LENGTH).putLong(firstIndex).putInt(entries.size());
        group.putInt(nonZero(group.array(), HEADER, group.limit()))
                .putInt(crc(group.array(), 0))
                .rewind();
        int length = group.remaining();
        try {
            writeAll(group, end);
        } catch (IOException e) {
            undo(e);
            throw new UncheckedIOException("can't append to " + file + ", nothing was logged: " + e.getMessage(), e);
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "can't force " + file + " to the disk, so what it holds is unknown; reopen the log", e);
        }
        end += length;
    }

    private void undo(IOException cause) {
        try {
            truncate();
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw new IllegalStateException(
                    "can't append to " + file + " nor restore it, so what it holds is unknown; reopen the log", cause);
        }
    }

    /** Forgets all groups: they are published. */
    void reset() {
        end = MAGIC.length;
        try {
            truncate();
        } catch (IOException e) {
            throw new UncheckedIOException("can't truncate " + file + ": " + e, e);
        }
    }

    static int crc(byte[] bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, HEADER - 4);
        return (int) crc.getValue();
    }

    private void writeAll(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file + ": " + e, e);
        }
    }
}
