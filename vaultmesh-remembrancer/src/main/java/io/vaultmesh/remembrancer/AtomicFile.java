package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces files, so that there is the old one or the new one, whole, whatever fails meanwhile. */
final class AtomicFile {

    private AtomicFile() {}

    /** Writes a file aside, forces it to the disk and moves it into place. */
    static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path aside = requireNonNull(target.getParent()).resolve("." + target.getFileName() + ".part");
        try {
            try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }
}
