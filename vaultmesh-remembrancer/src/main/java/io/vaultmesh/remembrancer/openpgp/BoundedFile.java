package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that are opened with an error that names them, and read no further than they may be long. */
final class BoundedFile {

    private BoundedFile() {}

    /** At most one byte more than armor may have, so that what is too long is seen to be. */
    static byte[] read(Path file, String what) {
        try (InputStream stream = open(file, what)) {
            return stream.readNBytes(Armor.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    /** The file's stream, which the caller closes. */
    static InputStream open(Path file, String what) {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would be waited for, a device never end
            String message =
                    file + (Files.isDirectory(file) ? " is a directory" : " is no regular file") + ", expected " + what;
            throw new UncheckedIOException(message, new IOException(message));
        }
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file + ", expected " + what, e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }
}
