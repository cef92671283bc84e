package io.vaultmesh.spawn.manifest;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * How a file in a directory differs from what a manifest says about it.
 *
 * @param deviation what is different; empty if nothing is
 * @param isMissing whether it is not there at all
 */
record FileOnDisk(Optional<String> deviation, boolean isMissing) {

    private static FileOnDisk deviates(String how) {
        return new FileOnDisk(Optional.of(how), false);
    }

    static FileOnDisk of(ManifestFile file, Path directory) {
        try {
            return compare(file, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file.path() + " in " + directory + ": " + e, e);
        }
    }

    private static FileOnDisk compare(ManifestFile file, Path directory) throws IOException {
        Path path = directory;
        Optional<BasicFileAttributes> found = Optional.empty();
        for (String segment : file.path().segments()) {
            found = look(path, segment);
            path = path.resolve(segment);
            if (found.isEmpty()) {
                return new FileOnDisk(Optional.of("is missing"), true);
            }
            // the bytes behind a link may be right today, and belong to somebody else
            if (found.get().isSymbolicLink()) {
                return deviates("lies behind the symbolic link " + path + ", expected a file of the service");
            }
        }
        if (found.isEmpty() || !found.get().isRegularFile()) {
            return deviates("is not a file");
        }
        long size = Files.size(path);
        if (size != file.size()) {
            return deviates("has " + size + " bytes, expected " + file.size());
        }
        Hash hash = Hashing.sha256(path);
        if (!hash.equals(file.sha256())) {
            return deviates("has the SHA-256 hash " + hash + ", expected " + file.sha256());
        }
        if (isExecutable(path).orElse(file.executable()) != file.executable()) {
            return deviates(
                    file.executable()
                            ? "can't be run, expected a file that can"
                            : "can be run, expected a file that can't");
        }
        return new FileOnDisk(Optional.empty(), false);
    }

    /**
     * What is known of an entry of a directory; empty if there is no such entry.
     *
     * @throws IOException if that can't be told, for example because nobody may look into the directory
     */
    private static Optional<BasicFileAttributes> look(Path directory, String name) throws IOException {
        try {
            return Optional.of(Files.readAttributes(
                    directory.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // below a file there is nothing, which some systems say in another way
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                return Optional.empty();
            }
            throw new IOException("can't look into the directory " + directory + ": " + e, e);
        }
    }

    private static Optional<Boolean> isExecutable(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null
                ? Optional.empty()
                : Optional.of(view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE));
    }
}
