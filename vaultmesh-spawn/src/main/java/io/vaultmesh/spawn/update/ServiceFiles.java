package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.git.WorkingFiles;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks into the directory of a service, of which nobody knows what its users put there, and never out of it. */
final class ServiceFiles {

    /** Larger files are left alone: nothing that is generated comes close. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Path root;

    /** Takes the directory, without a link on the way there. */
    ServiceFiles(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /**
     * What lies under a path.
     *
     * @param assumedExecutable whether a file counts as one that may be run, on a file system that doesn't know
     * @throws UpdateRefusedException if it lies behind a symbolic link, or is one that leads out of the service
     */
    Found find(RelativePath path, boolean assumedExecutable) {
        try {
            return look(path, assumedExecutable);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + " in " + root + ": " + e, e);
        }
    }

    private Found look(RelativePath path, boolean assumedExecutable) throws IOException {
        List<String> segments = path.segments();
        Path at = root;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            at = at.resolve(segment);
            Optional<BasicFileAttributes> directory = attributes(at);
            if (directory.isPresent() && directory.get().isSymbolicLink()) {
                // what is written there would be written elsewhere
                throw new UpdateRefusedException(
                        UpdateRefusedException.Reason.LINK,
                        path + " lies behind the symbolic link " + at
                                + ", expected directories of the service; put the directory in the link's place");
            }
            if (directory.isEmpty() || !directory.get().isDirectory()) {
                return Found.NOTHING;
            }
        }
        Path file = path.in(root);
        Optional<BasicFileAttributes> found = attributes(file);
        if (found.isEmpty()) {
            return Found.NOTHING;
        }
        if (found.get().isSymbolicLink()) {
            requireInside(path, file);
        }
        return found.get().isRegularFile() && found.get().size() <= MAX_BYTES
                ? new Found(Optional.of(read(file, assumedExecutable)), false)
                : Found.OTHER;
    }

    private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void requireInside(RelativePath path, Path link) throws IOException {
        Path target = link.resolveSibling(Files.readSymbolicLink(link));
        Path real;
        try {
            real = target.toRealPath();
        } catch (NoSuchFileException e) {
            real = target.normalize();
        }
        if (!real.startsWith(root)) {
            throw new UpdateRefusedException(
                    UpdateRefusedException.Reason.LINK,
                    path + " is a symbolic link to " + real + ", expected nothing outside of " + root
                            + "; put a file in its place, or delete it");
        }
    }

    private static FileVersion read(Path file, boolean assumedExecutable) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new FileVersion(
                    FileContent.of(in.readNBytes(MAX_BYTES)), Modes.isExecutable(file, assumedExecutable));
        }
    }

    /** What lies where a file needs a directory, if anything does. */
    Optional<RelativePath> blocking(RelativePath path) {
        String value = path.value();
        for (int end = value.indexOf('/'); end >= 0; end = value.indexOf('/', end + 1)) {
            RelativePath above = RelativePath.of(value.substring(0, end));
            Path at = above.in(root);
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** Whether two paths, of regular files, are names of one file: for example on a disk that takes no notice of case. */
    boolean isSame(RelativePath one, RelativePath other) {
        try {
            return Files.isSameFile(one.in(root), other.in(root));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + one + " in " + root + ": " + e, e);
        }
    }

    /** The paths of all files that git doesn't ignore, but for those that can't be generated, for example beyond ASCII. */
    List<RelativePath> list() {
        return WorkingFiles.list(root).stream().flatMap(ServiceFiles::relative).toList();
    }

    private static Stream<RelativePath> relative(String path) {
        try {
            return Stream.of(RelativePath.of(path));
        } catch (IllegalArgumentException e) {
            // no generator can have made it, so that it is none of an update's business
            return Stream.empty();
        }
    }

    /** The size of a file; -1 if it isn't one. */
    long size(RelativePath path) {
        try {
            return attributes(path.in(root))
                    .filter(BasicFileAttributes::isRegularFile)
                    .map(BasicFileAttributes::size)
                    .orElse(-1L);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + " in " + root + ": " + e, e);
        }
    }
}
