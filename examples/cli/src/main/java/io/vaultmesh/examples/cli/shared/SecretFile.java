package io.vaultmesh.examples.cli.shared;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes private keys to new files that only their owner may read. */
public final class SecretFile {

    private SecretFile() {}

    /** The file is on the disk when this returns. */
    public static void write(byte[] bytes, Path file) {
        try {
            Files.createFile(file, ownerOnly(file)); // before there is anything to read in it
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(file + " exists, expected a new file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
