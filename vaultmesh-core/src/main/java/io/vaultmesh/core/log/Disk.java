package io.vaultmesh.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the journal, the history of checkpoints and the directory store need of a file system below one directory, so
 * that tests can take the power away beneath them. What is written lasts once it is forced; that a file exists, or has
 * its name, lasts once its directory is forced. Paths are relative, with {@code /}; the empty one is the directory itself.
 *
 * <p>Implementations are thread-safe, and no call is broken by the interruption of its thread: the flag stays set.
 */
interface Disk {

    /** The file system's directory {@code root}, which may not exist yet. */
    static Disk at(Path root) {
        return new FileDisk(root);
    }

    /** A file's content; empty if there is none. */
    Optional<byte[]> read(String path) throws IOException;

    /** Opens a file to read and write it, and makes it if it is absent. Its directory exists. */
    File open(String path) throws IOException;

    /** Makes a directory and those above it, each of which lasts. */
    void createDirectories(String directory) throws IOException;

    /** Gives a file another name, whose file, if there is one, is replaced at once. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file or an empty directory, if it is there. */
    void delete(String path) throws IOException;

    /** Makes the names in a directory last. */
    void force(String directory) throws IOException;

    /** The names of the files directly in a directory; none if it is absent. */
    List<String> list(String directory) throws IOException;

    /**
     * Does one thing with each of some paths, several of them at the same time if this file system is faster so. When this
     * returns, or throws one of the failures, all have ended.
     */
    default void each(Collection<String> paths, Consumer<String> action) {
        for (String path : paths) {
            action.accept(path);
        }
    }

    /** The path for people. */
    String name(String path);

    /** An open file. Used by one thread at a time. */
    interface File extends Closeable {

        long length() throws IOException;

        /** Reads up to as many bytes as {@code to} has room for, fewer only at the file's end. */
        void read(ByteBuffer to, long position) throws IOException;

        /** Writes all of {@code from}. */
        void write(ByteBuffer from, long position) throws IOException;

        void truncate(long length) throws IOException;

        /** Makes the content last, and with it the length (fdatasync). */
        void force() throws IOException;
    }
}
