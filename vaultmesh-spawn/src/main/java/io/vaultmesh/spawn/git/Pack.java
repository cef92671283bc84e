package io.vaultmesh.spawn.git;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one pack (gitformat-pack) whose ids are SHA-1, by the size that they have. JGit's own reader looks into
 * the user's configuration, and may write there.
 *
 * <p>Not thread-safe.
 */
final class Pack implements AutoCloseable {

    /** No object beyond it is read: what is looked for here is much smaller, and what it is a delta to is like it. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /** What git itself allows at most. */
    private static final int MAX_DEPTH = 4095;

    private static final int BUFFER = 512;
    /** Enough for the two numbers that a delta starts with. */
    private static final int DELTA_START = 20;

    private final PackIndex index;
    private final FileChannel channel;

    private Pack(PackIndex index, FileChannel channel) {
        this.index = index;
        this.channel = channel;
    }

    static Pack open(Path indexFile, Path packFile) throws IOException {
        PackIndex index;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(indexFile))) {
            index = PackIndex.read(in);
        }
        return new Pack(index, FileChannel.open(packFile, StandardOpenOption.READ));
    }

    /** What stands before an object: its type, its size, where the object lies that it is a delta to, and its bytes. */
    private record Head(int type, long size, long base, InputStream deflated) {

        boolean isDelta() {
            return type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
        }
    }

    /** Where all objects lie. */
    List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        for (PackIndex.MutableEntry entry : index) {
            offsets.add(entry.getOffset());
        }
        return offsets;
    }

    /** How many bytes an object has. */
    long size(long offset) throws IOException {
        Head head = head(offset);
        if (!head.isDelta()) {
            return head.size;
        }
        byte[] start = inflate(head.deflated, DELTA_START);
        try {
            return BinaryDelta.getResultSize(start);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(offset, e);
        }
    }

    /** The bytes of an object, whatever its type. */
    byte[] read(long offset) throws IOException {
        Deque<byte[]> deltas = new ArrayDeque<>();
        long at = offset;
        while (true) {
            Head head = head(at);
            if (head.size < 0 || head.size > MAX_BYTES || deltas.size() > MAX_DEPTH) {
                throw damaged(offset, null);
            }
            byte[] bytes = inflate(head.deflated, (int) head.size);
            if (bytes.length != head.size) {
                throw damaged(offset, null);
            }
            if (!head.isDelta()) {
                return apply(deltas, bytes, offset);
            }
            deltas.push(bytes);
            at = head.base;
        }
    }

    private static byte[] apply(Deque<byte[]> deltas, byte[] base, long offset) throws IOException {
        byte[] bytes = base;
        try {
            while (!deltas.isEmpty()) {
                byte[] delta = deltas.pop();
                if (BinaryDelta.getResultSize(delta) > MAX_BYTES) {
                    throw damaged(offset, null);
                }
                bytes = BinaryDelta.apply(bytes, delta);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw damaged(offset, e);
        }
        return bytes;
    }

    private static IOException damaged(long offset, @Nullable RuntimeException cause) {
        return new IOException("the object at " + offset + " can't be read, expected one of git's with SHA-1", cause);
    }

    private Head head(long offset) throws IOException {
        if (offset < 0) {
            throw damaged(offset, null);
        }
        channel.position(offset);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        int read = next(in);
        int type = (read >> 4) & 7;
        long size = read & 15;
        for (int shift = 4; (read & 0x80) != 0; shift += 7) {
            read = next(in);
            size |= (long) (read & 0x7F) << shift;
        }
        long base = switch (type) {
            case Constants.OBJ_OFS_DELTA -> offset - distance(in);
            case Constants.OBJ_REF_DELTA ->
                index.findOffset(ObjectId.fromRaw(in.readNBytes(Constants.OBJECT_ID_LENGTH)));
            default -> -1;
        };
        return new Head(type, size, base, in);
    }

    /** A number in base 128, most significant digit first, where every digit but the last counts one more. */
    private static long distance(InputStream in) throws IOException {
        int read = next(in);
        long value = read & 0x7F;
        while ((read & 0x80) != 0) {
            read = next(in);
            value = ((value + 1) << 7) | (read & 0x7F);
        }
        return value;
    }

    private static int next(InputStream in) throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the pack ends too early");
        }
        return read;
    }

    /** The first bytes of a deflated stream; fewer if it has fewer. */
    private static byte[] inflate(InputStream in, int most) throws IOException {
        Inflater inflater = new Inflater();
        try {
            // not closed: the channel below it is read again
            return new InflaterInputStream(in, inflater, BUFFER).readNBytes(most);
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
