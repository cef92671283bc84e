package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory to one writer at a time, among processes and within one, by a lock on its file {@code lock}. The
 * operating system releases it when the process ends, however it ends; the file stays.
 */
public final class WriterLock implements AutoCloseable {

    /** The name of the file that is locked. */
    public static final String FILE = "lock";

    // To close any channel on a file releases all locks that a process has on it (POSIX). So a second channel must not
    // even be opened: the attempt that is refused would let in another process.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private WriterLock(Path directory, FileChannel channel) {
        this.directory = directory;
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
            Path real = directory.toRealPath();
            if (!HELD.add(real)) {
                throw alreadyOpen(directory);
            }
            try {
                return new WriterLock(real, lock(directory, file));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }

    private static FileChannel lock(Path directory, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw alreadyOpen(directory);
            }
            return channel;
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            channel.close();
            throw alreadyOpen(directory);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IllegalStateException alreadyOpen(Path directory) {
        return new IllegalStateException(directory + " is already open for writing, in this process or another one;"
                + " expected to be its only writer. Close the other, or wait for it to end.");
    }

    /** Releases the lock. Closing it twice does nothing. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return; // by now, HELD may name somebody else
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release the writer's lock: " + e, e);
        } finally {
            HELD.remove(directory);
        }
    }
}
