package io.vaultmesh.remembrancer.body;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes bodies aside, each into a file of its own, forces them to the disk and moves them into place, so that neither a
 * reader nor a crash meets a part of one. Thread-safe.
 */
final class BodyWriter {

    private static final String ASIDE = "part";
    private static final int BUFFER = 64 * 1024;

    private final Path aside;
    private final AtomicLong next = new AtomicLong();

    BodyWriter(Path directory) {
        this.aside = directory.resolve(ASIDE);
    }

    void write(Body body, Path target) throws IOException {
        Durable.createDirectories(aside);
        Path part = newFile();
        try {
            copy(body, part);
            Path parent = requireNonNull(target.getParent());
            Durable.createDirectories(parent);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(parent);
        } catch (IOException | RuntimeException | Error e) {
            deleteAfter(e, part);
            throw e;
        }
    }

    /** What is left of a failed write must not take the space that the next one needs. */
    private static void deleteAfter(Throwable failure, Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Path newFile() throws IOException {
        Path part;
        do {
            part = aside.resolve(Long.toString(next.getAndIncrement()));
        } while (isTaken(part));
        return part;
    }

    /** By a store of this directory that somebody else opened, or by a process that died; else it is ours now. */
    private static boolean isTaken(Path part) throws IOException {
        try {
            Path unused = Files.createFile(part);
            return false;
        } catch (FileAlreadyExistsException taken) {
            return true;
        }
    }

    private static void copy(Body body, Path part) throws IOException {
        MessageDigest digest = Hashing.newSha256();
        long size = 0;
        // a channel would be closed by an interrupt of this thread
        try (InputStream in = body.open();
                FileOutputStream out = new FileOutputStream(part.toFile())) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > body.size()) {
                    throw changed(body, "more than " + body.size() + " bytes"); // it may grow for ever
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            out.getFD().sync();
        }
        Hash found = Hash.of(digest.digest());
        if (!found.equals(body.digest())) {
            throw changed(body, size + " bytes with hash " + found);
        }
    }

    private static IllegalStateException changed(Body body, String found) {
        return new IllegalStateException("a body that changes while it is read: now there are " + found + ", expected "
                + body + "; nothing was recorded");
    }

    void deleteUnfinished() {
        if (Files.exists(aside) && !Files.isDirectory(aside)) { // a pipe would be waited for
            throw new MemoryDamagedException(aside + " is no directory, expected that of bodies that aren't whole yet");
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(aside)) {
            for (Path part : parts) {
                Files.delete(part);
            }
        } catch (NoSuchFileException none) {
            return; // nothing was put yet
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete what is left in " + aside + ": " + e, e);
        }
    }
}
