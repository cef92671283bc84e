package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory to one writer at a time, among processes and within one, by a lock on its file {@code lock}. The
 * operating system releases it when the process ends, however it ends; the file stays.
 */
public final class WriterLock implements AutoCloseable {

    /** The name of the file that is locked. */
    public static final String FILE = "lock";

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory the directory, which exists
     * @return the lock, to be closed
     * @throws IllegalStateException if somebody else holds it
     * @throws UncheckedIOException if the file can't be written
     */
    public static WriterLock take(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new IllegalStateException(directory + " is already open for writing, in this process or another"
                        + " one; expected to be its only writer. Close the other, or wait for it to end.");
            }
            return new WriterLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    /** Releases the lock. Closing it twice does nothing. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release the writer's lock: " + e.getMessage(), e);
        }
    }
}
