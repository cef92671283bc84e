package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Every checkpoint that a log published, in the file {@code checkpoints}, the oldest first. It shows that none of them
 * was taken back: each must be a prefix of the log. Only grows; one thread at a time writes.
 *
 * <pre>
 * u16 length of size, root and signatures
 * u64 tree size | 32 bytes root hash | signature lines of the note
 * u32 CRC-32C of all before
 * u16 the length again, so that the last one can be read from the end
 * </pre>
 *
 * A checkpoint is here, and forced to the disk, before it is shown to anybody.
 */
final class CheckpointHistory implements AutoCloseable {

    static final String FILE = "checkpoints";

    private static final int AROUND = 2 + 4 + 2;
    private static final int FIXED = 8 + Hash.LENGTH;
    private static final int BUFFER = 1 << 20;

    private final Disk disk;
    private final NoteVerifier logKey;
    private Disk.@Nullable File file; // none until there is a record
    private long end;
    private @Nullable Published last;

    private CheckpointHistory(Disk disk, NoteVerifier logKey, Disk.@Nullable File file) {
        this.disk = disk;
        this.logKey = logKey;
        this.file = file;
    }

    /**
     * A checkpoint that was published.
     *
     * @param size its tree size
     * @param root its root hash
     * @param note the whole note
     */
    record Published(long size, Hash root, String note) {}

    /** Opens the history, of which a torn end is no part. Nothing is changed. */
    static CheckpointHistory open(Disk disk, NoteVerifier logKey) {
        try {
            boolean begun = disk.list("").contains(FILE);
            CheckpointHistory history = new CheckpointHistory(disk, logKey, begun ? disk.open(FILE) : null);
            history.findEnd();
            return history;
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + disk.name(FILE) + ": " + e, e);
        }
    }

    private void findEnd() throws IOException {
        end = length();
        last = lastBefore(end);
        if (last == null && end > 0) {
            Cursor all = cursor();
            for (Published next; (next = all.next()) != null; ) {
                last = next;
            }
            end = all.position();
        }
    }

    /** The record that ends at an offset, if it is whole. */
    private @Nullable Published lastBefore(long offset) throws IOException {
        if (offset < AROUND + FIXED) {
            return null;
        }
        int size = Short.toUnsignedInt(bytes(offset - 2, 2).getShort());
        long start = offset - size - AROUND;
        return start < 0 ? null : record(bytes(start, size + AROUND));
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (file != null) {
            file.read(bytes, at);
        }
        return bytes.flip();
    }

    /** Reads a record from the start of a buffer, and moves behind it; null, and unmoved, if it is not whole. */
    private @Nullable Published record(ByteBuffer from) {
        int length = from.remaining() < 2 ? 0 : Short.toUnsignedInt(from.getShort(from.position()));
        if (length < FIXED || from.remaining() < length + AROUND) {
            return null;
        }
        int at = from.position();
        ByteBuffer record = from.slice(at, length + AROUND);
        CRC32C crc = new CRC32C();
        crc.update(record.slice(0, 2 + length));
        if (record.getInt(2 + length) != (int) crc.getValue()
                || Short.toUnsignedInt(record.getShort(2 + length + 4)) != length) {
            return null;
        }
        from.position(at + length + AROUND);
        byte[] root = new byte[Hash.LENGTH];
        record.position(2 + 8).get(root);
        byte[] signatures = new byte[length - FIXED];
        record.get(signatures);
        long size = record.getLong(2);
        return size < 0 ? null : new Published(size, Hash.of(root), note(size, Hash.of(root), signatures));
    }

    private String note(long size, Hash root, byte[] signatures) {
        String text = new Checkpoint(logKey.name(), size, root).toText();
        return text + "\n" + new String(signatures, StandardCharsets.UTF_8);
    }

    /** Reads the records from the first one on, up to one that is not whole. */
    final class Cursor {

        private ByteBuffer ahead = ByteBuffer.allocate(0);
        private long at; // where `ahead` starts

        @Nullable
        Published next() throws IOException {
            Published next = record(ahead);
            if (next == null) {
                at += ahead.position();
                ahead = bytes(at, (int) Math.min(BUFFER, length() - at));
                next = record(ahead);
            }
            return next;
        }

        /** Where the last record that was read ends. */
        long position() {
            return at + ahead.position();
        }
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** How long the file is, whatever is in it. */
    long length() throws IOException {
        return file == null ? 0 : file.length();
    }

    Optional<Published> last() {
        return Optional.ofNullable(last);
    }

    /**
     * Adds a checkpoint; when this returns, it lasts.
     *
     * @throws UncheckedIOException if the disk refuses; then it is not part of the history
     */
    void add(TrustedCheckpoint checkpoint) {
        try {
            if (last != null && last.size() == checkpoint.size()) {
                // it was added before the disk refused to replace the checkpoint, or by a process that died before it
                // forced it
                force();
                return;
            }
            Disk.File open = file == null ? disk.open(FILE) : file;
            file = open;
            if (end < open.length()) {
                open.truncate(end);
            }
            byte[] record = record(checkpoint);
            open.write(ByteBuffer.wrap(record), end);
            force();
            end += record.length;
            last = new Published(
                    checkpoint.size(), checkpoint.root(), checkpoint.note().toText());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + disk.name(FILE) + ": " + e, e);
        }
    }

    /** Copies the history to another file system, which has none. */
    void copyTo(Disk target) {
        try (Disk.File copy = target.open(FILE)) {
            for (long at = 0; at < end; at += BUFFER) {
                copy.write(bytes(at, (int) Math.min(BUFFER, end - at)), at);
            }
            copy.force();
            target.force("");
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy " + disk.name(FILE) + " to " + target.name(FILE) + ": " + e, e);
        }
    }

    private void force() throws IOException {
        if (file != null) {
            file.force();
        }
        disk.force("");
    }

    private static byte[] record(TrustedCheckpoint checkpoint) {
        byte[] note = checkpoint.note().bytes();
        int text = checkpoint.note().text().getBytes(StandardCharsets.UTF_8).length + 1;
        int length = FIXED + note.length - text;
        ByteBuffer record = ByteBuffer.allocate(AROUND + length)
                .putShort((short) length)
                .putLong(checkpoint.size())
                .put(checkpoint.root().bytes())
                .put(note, text, note.length - text);
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, record.position());
        return record.putInt((int) crc.getValue()).putShort((short) length).array();
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + disk.name(FILE) + ": " + e, e);
        }
    }
}
