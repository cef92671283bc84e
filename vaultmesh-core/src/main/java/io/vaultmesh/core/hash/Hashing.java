package io.vaultmesh.core.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;

/** SHA-256 (FIPS 180-4) of bytes, streams and files. Thread-safe. */
public final class Hashing {

    private static final int BUFFER = 64 * 1024;

    private Hashing() {}

    /**
     * A new SHA-256 digest by the JDK's own provider, whatever providers the host has put before it: other
     * implementations are several times slower.
     *
     * @return the digest; not thread-safe
     */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256", "SUN");
        } catch (NoSuchAlgorithmException | NoSuchProviderException notOpenJdk) {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no SHA-256, which every Java platform must have", e);
            }
        }
    }

    /**
     * The SHA-256 hash of some bytes.
     *
     * @param bytes the bytes
     * @return their hash
     */
    public static Hash sha256(byte[] bytes) {
        return Hash.of(newSha256().digest(bytes));
    }

    /**
     * The SHA-256 hash of all that a stream still holds. The stream is read in pieces, never wholly in memory, and is
     * not closed.
     *
     * @param stream the stream
     * @return the hash of what was read
     * @throws UncheckedIOException if reading fails
     */
    public static Hash sha256(InputStream stream) {
        MessageDigest digest = newSha256();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Hash.of(digest.digest());
    }

    /**
     * The SHA-256 hash of a file's content. The file is read in pieces, never wholly in memory.
     *
     * @param file the file
     * @return the hash of its content
     * @throws UncheckedIOException if it can't be read, or is no regular file: a pipe would be waited for, a device never
     *     end
     */
    public static Hash sha256(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String message = file + (Files.isDirectory(file) ? " is a directory" : " is no regular file")
                    + ", expected a file to hash";
            throw new UncheckedIOException(message, new IOException(message));
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return sha256(stream);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file + ", expected one to hash", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + " to hash it: " + e, e);
        }
    }
}
