package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * A file that stays open when a thread that uses it is interrupted. A channel closes itself then, for everybody; this
 * opens another one, does what was to be done again, and leaves the thread interrupted.
 */
final class ChannelFile implements Disk.File {

    /** The JDK keeps memory outside the heap for each thread, as much as it wrote from an array at once. */
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Path path;
    private final OpenOption[] options;
    private FileChannel channel;

    ChannelFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        this.options = options;
        this.channel = FileChannel.open(path, options);
    }

    private interface Call {
        long on(FileChannel channel) throws IOException;
    }

    @CanIgnoreReturnValue
    private long uninterrupted(Call call) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return call.on(channel);
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                    channel = FileChannel.open(path, options);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long length() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public void read(ByteBuffer to, long position) throws IOException {
        int start = to.position();
        uninterrupted(file -> {
            to.position(start);
            while (to.hasRemaining()) {
                if (file.read(to, position + to.position() - start) < 0) {
                    break;
                }
            }
            return 0;
        });
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        int start = from.position();
        uninterrupted(file -> {
            int end = from.limit();
            for (int at = start; at < end; at = from.position()) {
                from.limit(Math.min(end, at + MOST_AT_ONCE)).position(at);
                if (file.write(from, position + at - start) <= 0) {
                    throw new EOFException("nothing was written to " + path);
                }
            }
            return 0;
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        uninterrupted(file -> file.truncate(length).size());
    }

    @Override
    public void force() throws IOException {
        uninterrupted(file -> {
            file.force(false);
            return 0;
        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
