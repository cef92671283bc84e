package io.vaultmesh.remembrancer.body;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The bodies of a namespace, as files named by their hash. They are written and read as streams, so that their size is
 * bounded by the disk alone.
 *
 * <p>Guarantees: a body is there whole or not at all, whatever process or disk fails meanwhile; a body that is read to
 * its end without an exception is the one that was recorded.
 *
 * <p>Not guaranteed: that nobody deletes or changes the files. {@link #verify} finds it.
 *
 * <p>Thread-safe.
 */
public final class BodyStore {

    private final Path directory;
    private final BodyWriter writer;

    /**
     * Opens a store. Nothing is read or written yet.
     *
     * @param directory where the bodies are; created when the first one is put
     */
    public BodyStore(Path directory) {
        this.directory = requireNonNull(directory, "directory");
        this.writer = new BodyWriter(directory);
    }

    /** Two hex digits as a directory, so that none grows too large. */
    private Path path(Hash digest) {
        String hex = digest.toString();
        return directory.resolve(hex.substring(0, 2)).resolve(hex);
    }

    /**
     * Keeps a body. It is durable when this returns. One that is there already is read and not written again; a file in
     * its place that holds other bytes is damage, and replaced.
     *
     * @param body the body
     * @throws IllegalStateException if the body's file changed since the body was made; nothing is kept
     * @throws UncheckedIOException if the body can't be read, or the disk refuses or is full; nothing is kept
     */
    public void put(Body body) {
        Path path = path(body.digest());
        try {
            if (verify(body.ref()).holds()) {
                // a crash or a failure may have come between its renaming and this
                Durable.force(requireNonNull(path.getParent()));
            } else {
                writer.write(body, path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep " + body + " in " + directory + ": " + e, e);
        }
    }

    /**
     * Deletes what a process that died in the middle of {@link #put} left behind. Nobody else may be putting meanwhile.
     *
     * @throws UncheckedIOException if the disk refuses
     */
    public void deleteUnfinished() {
        writer.deleteUnfinished();
    }

    /**
     * Opens a body. The stream verifies what is read: if the body is not the one that was recorded, reading on throws a
     * {@link MemoryDamagedException}, at the latest where it would say that it ends. Who doesn't read to the end knows
     * nothing.
     *
     * @param ref what a record says of it
     * @return a stream, to be closed
     * @throws MemoryDamagedException if it is gone, or has another size
     * @throws UncheckedIOException if it can't be read
     */
    public InputStream open(BodyRef ref) {
        Path path = path(ref.digest());
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            if (!file.isRegularFile() || file.size() != ref.size()) { // a pipe would be waited for
                throw new MemoryDamagedException(
                        path + (file.isRegularFile() ? " has " + file.size() + " bytes" : " is no regular file")
                                + ", expected " + ref.size() + " bytes of body " + ref.digest());
            }
            return new VerifyingStream(Files.newInputStream(path), ref, path.toString());
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new MemoryDamagedException("body " + ref.digest() + " is missing", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read body " + ref.digest() + ": " + e, e);
        }
    }

    /**
     * The text of a body, for a search index: of bodies that people read, by their media type, and at most so much of it.
     * The hash of a body that is cut is not verified.
     *
     * <p>A body that is gone, damaged or unreadable has no text here, and no exception: an index must be made of whatever
     * is there, and the audit, not the search, is where damage is reported.
     *
     * @param ref what a record says of it
     * @param maxBytes how many bytes are read at most
     * @return the text; bytes that are not UTF-8 are replaced by U+FFFD, and a character that is cut is left out
     */
    public Optional<String> text(BodyRef ref, int maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ", expected at least 0");
        }
        return ref.isText() ? BodyText.read(() -> open(ref), ref.size(), maxBytes) : Optional.empty();
    }

    /**
     * Whether a body is there, unchanged. It is read as a stream.
     *
     * @param ref what a record says of it
     * @return whether its bytes have that hash and size
     */
    public Verdict verify(BodyRef ref) {
        try (InputStream stream = open(ref)) {
            long unused = stream.transferTo(OutputStream.nullOutputStream());
            return Verdict.proven();
        } catch (MemoryDamagedException e) {
            return Verdict.refuted(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            return Verdict.refuted("body " + ref.digest() + ": " + e.getMessage());
        }
    }

    /**
     * Whether there is something in a body's place, intact or not.
     *
     * @param digest the body's hash
     * @return whether a file of that name exists
     */
    public boolean has(Hash digest) {
        return Files.exists(path(digest));
    }

    /**
     * Where bodies come in piece by piece, to be put here when they are whole.
     *
     * @return the place, which is made when the first piece comes
     */
    public IncomingBodies incoming() {
        return new IncomingBodies(this, directory.resolve("incoming"));
    }

    /**
     * Reads a part of a body, which is not verified: who puts the parts together does that.
     *
     * @param digest the body's hash
     * @param offset where the part begins
     * @param length how long it is at most
     * @return the part, shorter at the body's end; empty if there is no such body, or it ends before the offset
     * @throws UncheckedIOException if it can't be read
     */
    public Optional<byte[]> read(Hash digest, long offset, int length) {
        Path path = path(digest);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            if (offset > file.size()) {
                return Optional.empty();
            }
            InputStream rest = Channels.newInputStream(file.position(offset));
            return Optional.of(rest.readNBytes(length));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read body " + digest + ": " + e, e);
        }
    }

    /**
     * Deletes a body for good: for erasure. It asks nobody whether a record needs the body; the caller does.
     *
     * @param digest the body's hash
     * @return whether there was one. When this returns, it is durably gone; its bytes may still lie on the disk until
     *     they are overwritten, as with any file that is deleted
     * @throws UncheckedIOException if the disk refuses
     */
    @CanIgnoreReturnValue
    public boolean delete(Hash digest) {
        Path path = path(digest);
        try {
            boolean deleted = Files.deleteIfExists(path);
            Path parent = requireNonNull(path.getParent());
            if (Files.isDirectory(parent)) {
                Durable.force(parent);
            }
            return deleted;
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete body " + digest + ": " + e, e);
        }
    }
}
