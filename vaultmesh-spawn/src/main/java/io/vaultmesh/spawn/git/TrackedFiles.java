package io.vaultmesh.spawn.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;

/**
 * The files of a directory that git tracks, whatever is ignored: those that the index of its repository names. That is the
 * repository in the directory itself, or the closest around it.
 *
 * <p>Without a repository or an index nothing is tracked. An index that can't be read is an error, as it is to git: if it
 * counted as empty, whoever breaks it would hide files.
 */
final class TrackedFiles {

    private static final String LINK = "gitdir: ";

    private final NavigableSet<String> paths;

    private TrackedFiles(NavigableSet<String> paths) {
        this.paths = paths;
    }

    static TrackedFiles in(Path directory) throws IOException {
        Path real = directory.toRealPath();
        for (Path path = real; path != null; path = path.getParent()) {
            Optional<Path> git = gitDirectory(path.resolve(Constants.DOT_GIT));
            if (git.isPresent()) {
                String prefix = path.equals(real)
                        ? ""
                        : path.relativize(real).toString().replace('\\', '/') + "/";
                return new TrackedFiles(below(prefix, read(git.get().resolve("index"))));
            }
        }
        return new TrackedFiles(new TreeSet<>());
    }

    /** A directory, or with worktrees and submodules a file that says where it is. */
    static Optional<Path> gitDirectory(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return Optional.of(path);
        }
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).stripTrailing();
        return text.startsWith(LINK)
                ? Optional.of(path.resolveSibling(text.substring(LINK.length())))
                : Optional.empty();
    }

    private static NavigableSet<String> read(Path index) throws IOException {
        if (!Files.exists(index)) {
            return new TreeSet<>();
        }
        if (!Files.isRegularFile(index)) {
            throw new IOException(index + " is no file, expected git's index");
        }
        try {
            return IndexReader.paths(Files.readAllBytes(index));
        } catch (IOException e) {
            throw new IOException("can't read git's index " + index + ": " + e.getMessage(), e);
        }
    }

    private static NavigableSet<String> below(String prefix, NavigableSet<String> all) {
        NavigableSet<String> paths = new TreeSet<>();
        for (String path : all.tailSet(prefix)) {
            if (!path.startsWith(prefix)) {
                break;
            }
            paths.add(path.substring(prefix.length()));
        }
        return paths;
    }

    /** Whether this very path is tracked: a file, or a repository in the repository. */
    boolean contains(String path) {
        return paths.contains(path);
    }

    /** Whether a file in this directory is tracked. */
    boolean containsBelow(String directory) {
        String first = paths.ceiling(directory + "/");
        return first != null && first.startsWith(directory + "/");
    }
}
