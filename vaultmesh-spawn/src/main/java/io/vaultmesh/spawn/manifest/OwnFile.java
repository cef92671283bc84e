package io.vaultmesh.spawn.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads the files that a service has in {@code .vaultmesh}, of which nobody knows who put them there. */
final class OwnFile {

    private OwnFile() {}

    /**
     * The first bytes of a file, all if it has fewer.
     *
     * @throws IOException if it is not there or not readable, or is anything but a file: a pipe would be waited for
     *     without end, and what is behind a link belongs to somebody else
     */
    static byte[] read(Path file, int most) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "is no regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(most);
        }
    }
}
