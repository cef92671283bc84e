package io.vaultmesh.core.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a log keeps its published files: a {@link LogSource} that can be written too.
 *
 * <p>Only the checkpoint ever changes. Implementations MUST be safe for concurrent use, MUST make a file durable before
 * the call that writes it returns, and MUST NOT let a reader see a part of one. An input or output error is an {@link
 * java.io.UncheckedIOException}.
 */
public interface LogStore extends LogSource {

    /**
     * A store in a directory, which any static web server can serve. Each file is written aside, forced to the disk and
     * moved into place. A path that leads out of the directory is an {@link IllegalArgumentException}.
     *
     * @param root the directory; it is created when something is written
     * @return the store
     */
    static LogStore directory(Path root) {
        return new DirectoryStore(root);
    }

    /**
     * Writes a file that never changes again. If it exists with the same content, nothing happens.
     *
     * @param path its path, not that of the checkpoint
     * @param content its content
     * @throws LogDamagedException if it exists with other content, which is left as it is
     */
    void writeIfAbsent(String path, byte[] content);

    /**
     * Writes files as {@link #writeIfAbsent} does, in any order. When this returns, all of them are durable; if it throws,
     * some may be. A store to which each write is slow should take them together.
     *
     * @param files their contents by their paths
     * @throws LogDamagedException if one exists with other content, which is left as it is
     */
    default void writeAllIfAbsent(Map<String, byte[]> files) {
        files.forEach(this::writeIfAbsent);
    }

    /**
     * Replaces the checkpoint if it is still the one that the caller knows, or is the next one already. Two writers can't
     * both succeed with different ones.
     *
     * @param expected the content it must have now; empty if there must be none
     * @param next its new content
     * @throws LogDamagedException if it has other content, which is left as it is
     */
    void replaceCheckpoint(Optional<byte[]> expected, byte[] next);

    /**
     * Lists the files in a directory.
     *
     * @param directory its path, without a slash at the end, for example {@code tile/0/000.p}
     * @return the last part of the path of each file directly in it, in any order; empty if there is no such directory
     */
    List<String> list(String directory);

    /**
     * Deletes a partial tile or bundle that a full one has replaced. If there is none, nothing happens.
     *
     * @param path its path
     */
    void delete(String path);
}
