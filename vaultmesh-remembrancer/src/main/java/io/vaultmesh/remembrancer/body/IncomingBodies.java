package io.vaultmesh.remembrancer.body;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bodies that come in piece by piece, from peers: each in a file that grows until it is whole, is verified, and goes into
 * the store. After a crash it goes on where the file ends; what a crash did to the file shows when it is verified.
 *
 * <p>Thread-safe for different bodies; one body's parts come one after the other.
 */
public final class IncomingBodies {

    private final BodyStore store;
    private final Path directory;

    IncomingBodies(BodyStore store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    private Path path(BodyRef body) {
        return directory.resolve(body.digest().toString());
    }

    /**
     * How much of a body came in so far.
     *
     * @param body what a record says of it
     * @return where the next part is to begin
     * @throws UncheckedIOException if that can't be read
     */
    public long received(BodyRef body) {
        Path path = path(body);
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + ": " + e, e);
        }
    }

    /**
     * Takes the next part of a body. With the last one the whole is verified and put into the store, durably; if it is not
     * the body that was recorded, all of it is deleted.
     *
     * @param body what a record says of it
     * @param offset where the part begins, which is what {@link #received} gives
     * @param part the part
     * @return a refutation if the whole is not the body, or the part doesn't fit; it is not kept then
     * @throws UncheckedIOException if the disk refuses
     */
    public Verdict receive(BodyRef body, long offset, byte[] part) {
        Path path = path(body);
        long before = received(body);
        if (offset != before || offset + part.length > body.size()) {
            return Verdict.refuted("a part of body " + body.digest() + " has " + part.length + " bytes from " + offset
                    + ", expected at most " + (body.size() - before) + " from " + before);
        }
        try {
            Durable.createDirectories(directory);
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer rest = ByteBuffer.wrap(part);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
            }
            return before + part.length < body.size() ? Verdict.proven() : finish(body, path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep a part of body " + body.digest() + ": " + e, e);
        }
    }

    /**
     * Drops what came in of a body.
     *
     * @param body what a record says of it
     * @throws UncheckedIOException if the disk refuses
     */
    public void drop(BodyRef body) {
        try {
            Files.deleteIfExists(path(body));
        } catch (IOException e) {
            throw new UncheckedIOException("can't drop what came of body " + body.digest() + ": " + e, e);
        }
    }

    private Verdict finish(BodyRef body, Path path) throws IOException {
        Hash found = Hashing.sha256(path);
        if (found.equals(body.digest())) {
            store.put(Body.file(path, body.mediaType()));
        }
        Files.delete(path);
        return found.equals(body.digest())
                ? Verdict.proven()
                : Verdict.refuted("what came as body " + body.digest() + " has hash " + found);
    }
}
