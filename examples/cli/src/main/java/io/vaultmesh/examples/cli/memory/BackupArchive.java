package io.vaultmesh.examples.cli.memory;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A backup in one .zip file. It holds private keys: nobody but its owner can read it. */
final class BackupArchive {

    private BackupArchive() {}

    static boolean isNamed(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /**
     * Writes an archive; it is there whole, or not at all.
     *
     * @param file where: there must be nothing
     * @param backup writes a backup to a directory that is absent
     */
    static void write(Path file, Consumer<Path> backup) {
        Path beside = requireNonNull(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            throw new UncheckedIOException(file + " exists, expected a new file", new IOException("exists"));
        }
        if (!Files.isDirectory(beside)) {
            String message = "can't write " + file + ": there is no directory " + beside;
            throw new UncheckedIOException(message, new IOException(message));
        }
        inWorkshop(beside, workshop -> {
            Path directory = workshop.resolve("memory");
            backup.accept(directory);
            Path part = workshop.resolve("part.zip");
            zip(directory, part);
            return put(part, file);
        });
    }

    /** Fails if something came to be there meanwhile; where there are no links, that is looked for at the last moment. */
    private static Path put(Path part, Path file) throws IOException {
        try {
            return Files.createLink(file, part);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return Files.move(part, file);
        }
    }

    private static void zip(Path directory, Path file) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> all = Files.walk(directory)) {
            for (Path path :
                    all.filter(path -> !path.equals(directory)).sorted().toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                boolean isDirectory = Files.isDirectory(path);
                zip.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
                if (!isDirectory) {
                    Files.copy(path, zip);
                }
                zip.closeEntry();
            }
        }
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /**
     * Unpacks an archive for as long as something is done with it.
     *
     * @param file the archive
     * @param use what is done with the directory
     * @return what that gave
     */
    static <T> T read(Path file, Function<Path, T> use) {
        return inWorkshop(null, workshop -> {
            try (InputStream bytes = Files.newInputStream(file)) {
                unzip(file, bytes, workshop);
            } catch (ZipException e) {
                throw new IllegalArgumentException(file + " is no backup: " + e.getMessage(), e);
            }
            return use.apply(workshop);
        });
    }

    private static void unzip(Path file, InputStream bytes, Path into) throws IOException {
        ZipInputStream zip = new ZipInputStream(bytes);
        int entries = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            entries++;
            Path path = into.resolve(entry.getName()).normalize();
            if (!path.startsWith(into) || path.equals(into)) {
                throw new IllegalArgumentException(
                        file + " has the entry \"" + entry.getName() + "\", expected one inside of the memory");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path, ownersOnly(into, "rwx------"));
            } else {
                Files.createDirectories(requireNonNull(path.getParent()), ownersOnly(into, "rwx------"));
                try (OutputStream out = Files.newOutputStream(
                        Files.createFile(path, ownersOnly(into, "rw-------")), StandardOpenOption.WRITE)) {
                    zip.transferTo(out);
                } catch (FileAlreadyExistsException e) {
                    throw new IllegalArgumentException(
                            file + " has the entry \"" + entry.getName() + "\" twice, expected it once", e);
                }
            }
        }
        if (entries == 0) {
            throw new IllegalArgumentException(file + " is no backup, expected a .zip file that `memory backup` wrote");
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path where, String permissions) throws IOException {
        return isPosix(where)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) throws IOException {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix");
    }

    private interface Work<T> {
        T in(Path workshop) throws IOException;
    }

    /** Does something in a temporary directory that only the owner can look into, and which is gone afterwards. */
    private static <T> T inWorkshop(@org.jspecify.annotations.Nullable Path beside, Work<T> work) {
        try {
            Path workshop = beside == null
                    ? Files.createTempDirectory("vaultmesh")
                    : Files.createTempDirectory(beside, ".vaultmesh");
            try {
                return work.in(workshop);
            } finally {
                delete(workshop);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the backup: " + e, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
