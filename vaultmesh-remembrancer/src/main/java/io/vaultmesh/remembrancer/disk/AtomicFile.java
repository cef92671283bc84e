package io.vaultmesh.remembrancer.disk;

import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Replaces files, so that there is the old one or the new one, whole, whatever fails or is written meanwhile. A link in the
 * file's place is replaced, and what it leads to left alone. Only for other modules of the library. Thread-safe.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes a file aside, forces it to the disk and moves it into place; when this returns, that lasts. An interrupt is kept
     * for later.
     *
     * @param file the file, in a directory that exists
     * @param bytes what it has then
     * @throws UncheckedIOException if the disk refuses; the file is as it was, unless all that failed is to force its name
     */
    public static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path directory = requireNonNull(target.getParent());
        Path aside = directory.resolve(".vaultmesh-" + UUID.randomUUID() + ".part");
        try {
            // nobody else's, nor a link to another file; a stream of Files would be closed by an interrupt
            Path unused = Files.createFile(aside);
            try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(directory);
        } catch (IOException e) {
            deleteAfter(e, aside);
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }

    /** What is left of a failed write must not take the space that the next one needs. */
    private static void deleteAfter(IOException failure, Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
