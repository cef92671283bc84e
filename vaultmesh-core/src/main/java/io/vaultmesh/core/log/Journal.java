package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final byte[] MAGIC = "vaultmesh-journal 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 24;
    private static final int BLOCK = 512;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Entries that became durable together; {@code offset} is where the group starts in the file. */
    record Group(long offset, long firstIndex, List<byte[]> entries, Hash rootAfter, boolean mayBeTorn) {}

    static Journal open(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel);
            if (channel.size() < MAGIC.length && isPrefixOfMagic(Files.readAllBytes(file))) {
                journal.writeAll(ByteBuffer.wrap(MAGIC), 0);
                channel.force(true);
                DirectoryStore.force(directory);
            }
            journal.end = MAGIC.length;
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + file + ": " + e, e);
        }
    }

    private static boolean isPrefixOfMagic(byte[] bytes) {
        return Arrays.equals(bytes, Arrays.copyOf(MAGIC, bytes.length));
    }

    /** Reads all groups, and cuts off what a crash left of a group that was never acknowledged. */
    List<Group> replay() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < MAGIC.length || !isPrefixOfMagic(Arrays.copyOf(bytes, MAGIC.length))) {
                throw new LogDamagedException(file + " doesn't start with \"vaultmesh-journal 1\"");
            }
            List<Group> groups = new ArrayList<>();
            int at = MAGIC.length;
            while (at < bytes.length) {
                int length = bodyLength(bytes, at);
                if (length < 0 || length > bytes.length - at - HEADER) {
                    break;
                }
                groups.add(group(bytes, at, length));
                at += HEADER + length;
            }
            end = at;
            if (at < bytes.length) {
                truncate();
            }
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    /** The length of the body of the group at {@code at}; -1 if its header was never wholly written. */
    private int bodyLength(byte[] bytes, int at) {
        if (bytes.length - at < HEADER) {
            return -1;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, at, HEADER);
        int length = header.getInt();
        if (crc(bytes, at) == header.getInt(at + HEADER - 4) && length >= Hash.LENGTH) {
            return length;
        }
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                throw new LogDamagedException(
                        file + ": the group at byte " + at + " has a header that is not what was written");
            }
        }
        return -1;
    }

    private Group group(byte[] bytes, int at, int length) {
        ByteBuffer header = ByteBuffer.wrap(bytes, at + 4, HEADER - 8);
        long firstIndex = header.getLong();
        int count = header.getInt();
        int written = header.getInt();
        int root = at + HEADER + length - Hash.LENGTH;
        byte[] body = Arrays.copyOfRange(bytes, at + HEADER, root);
        // a crash leaves whole blocks unwritten, which read as zeros; a changed byte is not a crash, whatever was
        // logged
        boolean mayBeTorn = root + Hash.LENGTH == bytes.length
                && hasZeroBlock(bytes, at + HEADER, bytes.length)
                && nonZero(bytes, at + HEADER, bytes.length) < written - 1;
        List<byte[]> entries = EntryBundle.decodeWhatCanBe(body, count);
        return new Group(at, firstIndex, entries, Hash.read(bytes, root), mayBeTorn);
    }

    /** Whether the range has nothing but zeros in one of the blocks of the file that it touches. */
    private static boolean hasZeroBlock(byte[] file, int from, int to) {
        for (int start = from, end; start < to; start = end) {
            end = Math.min(to, (start / BLOCK + 1) * BLOCK);
            if (nonZero(file, start, end) == 0) {
                return true;
            }
        }
        return false;
    }

    private static int nonZero(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == 0 ? 0 : 1;
        }
        return count;
    }

    /** Cuts the file off where a group starts that was never acknowledged. */
    void cutBefore(Group torn) {
        end = torn.offset();
        try {
            truncate();
        } catch (IOException e) {
            throw new UncheckedIOException("can't truncate " + file + ": " + e, e);
        }
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

    private static int crc(byte[] bytes, int at) {
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
