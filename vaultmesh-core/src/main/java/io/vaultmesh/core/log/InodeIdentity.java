package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells a directory from a copy by the file {@code instance}, which holds what the file system calls the directory and its lock (their
 * inodes), which are others in a copy or a restored backup, and the same after a move.
 *
 * <p>Not noticed: a snapshot of a whole disk, a restored file that happens to get the inode that it had, and anything on
 * a file system without inodes.
 */
record InodeIdentity(Path directory) implements LogIdentity {

    static final String FILE = "instance";

    @Override
    public void claim() {
        try {
            DirectoryStore files = new DirectoryStore(directory);
            files.write(Map.of(FILE, expected()));
            files.disk().force("");
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + directory.resolve(FILE) + ": " + e, e);
        }
    }

    @Override
    public boolean isCopy() {
        try {
            Optional<byte[]> found = new DirectoryStore(directory).read(FILE);
            return found.isEmpty() || !Arrays.equals(found.get(), expected());
        } catch (IOException e) {
            throw new UncheckedIOException("can't examine " + directory + ": " + e, e);
        }
    }

    private byte[] expected() throws IOException {
        Map<String, Object> identity = new TreeMap<>(Map.of("format", 1));
        if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            identity.put("directory", inode(directory));
            identity.put("lock", inode(directory.resolve(WriterLock.FILE)));
        }
        return (new String(CanonicalJson.encode(identity), UTF_8) + "\n").getBytes(UTF_8);
    }

    /** As text: an inode has 64 bits, a number in JSON 53. */
    private static String inode(Path path) throws IOException {
        return Long.toUnsignedString((Long) Files.getAttribute(path, "unix:ino"));
    }
}
