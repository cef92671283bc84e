package io.vaultmesh.examples.cli.shared;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes the files that verbs make: new ones only, so that nothing is overwritten by a mistyped name. */
public final class NewFile {

    private static final String OWNER_ONLY = "rw-------";

    private NewFile() {}

    public static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cant(file, e);
        }
    }

    /** Writes what only the owner of the file may read, and has it on the disk when this returns. */
    public static void writeSecret(Path file, byte[] bytes) {
        try {
            Files.createFile(file, ownerOnly(file)); // before there is anything to read in it
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
        } catch (IOException e) {
            throw cant(file, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static UncheckedIOException cant(Path file, IOException e) {
        return e instanceof FileAlreadyExistsException
                ? new UncheckedIOException(file + " exists, expected a new file", e)
                : new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
    }
}
