package io.vaultmesh.core.log;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a log's published files are read, by their C2SP tlog-tiles paths: {@code checkpoint}, {@code
 * tile/0/x001/x234/067}, {@code tile/entries/000.p/12}. Nothing that it gives is trusted: a {@link LogReader} checks all
 * of it against the log's key.
 *
 * <p>Implementations MUST be safe for concurrent use, and MUST NOT give out a part of a file. An input or output error
 * MUST be an {@link java.io.UncheckedIOException}, never an absent file. One that can also list files is a {@link
 * LogStore}.
 */
@FunctionalInterface
public interface LogSource {

    /** The path of the checkpoint. */
    String CHECKPOINT = "checkpoint";

    /**
     * Reads a file.
     *
     * @param path its path
     * @return its content, which the caller may keep and change; empty if there is no such file
     */
    Optional<byte[]> read(String path);

    /**
     * The path of a tile (C2SP tlog-tiles).
     *
     * @param level its level, 0 for the leaf hashes
     * @param number its number at that level
     * @param width how many hashes it has, 1 to 256
     * @return the path, as {@code tile/0/x001/x234/067.p/12}
     * @throws IllegalArgumentException if the width is not one of a tile
     */
    static String tile(int level, long number, int width) {
        return TilePath.tile(level, number, width);
    }

    /**
     * A log that a web server shows, as {@link #http(URI, Duration)} reads it, with 30 seconds for each file.
     *
     * @param base where its files are: the checkpoint is at {@code base/checkpoint}
     * @return the source; nothing is read yet
     * @throws IllegalArgumentException if the URI is not one of http or https with a host, or has user info, a query or
     *     a fragment
     */
    static LogSource http(URI base) {
        return http(base, HttpSource.DEADLINE);
    }

    /**
     * A log that a web server shows, over HTTP/1.1. A file is what comes with status 200, whole, not compressed, and no
     * longer than a file of its path can be; with status 404 it is absent. Anything else, a redirect too, is an {@link
     * java.io.UncheckedIOException} that names the URI and the status. So is a thread that is interrupted while it
     * reads; it stays interrupted.
     *
     * <p>Uses the JVM's proxy and TLS settings. Its threads are daemons, and end some seconds after the source can't be
     * reached any more.
     *
     * @param base where its files are: the checkpoint is at {@code base/checkpoint}
     * @param deadline how long reading one file may take, from connecting to its last byte
     * @return the source; nothing is read yet
     * @throws IllegalArgumentException if the URI is not one of http or https with a host, or has user info, a query or
     *     a fragment; or the deadline is not positive
     */
    static LogSource http(URI base, Duration deadline) {
        return new HttpSource(base, deadline);
    }
}
