package io.vaultmesh.spawn.git;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.Constants;

/**
 * The files of a directory that git would look at: those that it tracks, and of all others those that neither {@code
 * .gitignore} files nor {@code .git/info/exclude} name. What the user's configuration ignores is not asked.
 */
public final class WorkingFiles {

    private final Path root;
    /** The rules that apply, of the directory that is looked at first, with the depth of their directory. */
    private final Deque<Rules> rules = new ArrayDeque<>();

    private record Rules(String prefix, IgnoreNode node) {}

    private WorkingFiles(Path root) {
        this.root = root;
    }

    /**
     * Lists the files.
     *
     * @param root the directory; symbolic links below it are files, and not followed
     * @return their paths from the root, with {@code /} between segments, sorted
     * @throws UncheckedIOException if a directory can't be read, or git's index is there and can't be: it is damaged, or
     *     a split one. Without an index nothing is tracked
     */
    public static List<String> list(Path root) {
        WorkingFiles files = new WorkingFiles(requireNonNull(root, "root"));
        List<String> found = new ArrayList<>();
        try {
            files.pushExclude();
            files.walk(new Place(root, "", false), TrackedFiles.in(root), found);
        } catch (IOException e) {
            throw new UncheckedIOException("can't look into " + root + ": " + e, e);
        }
        found.sort(null);
        return found;
    }

    /**
     * The repository that a directory would lie in.
     *
     * @param directory the directory, which need not exist
     * @return the closest directory above it that has a {@code .git}, unless that repository ignores the directory
     * @throws UncheckedIOException if a file of ignore rules can't be read
     */
    public static Optional<Path> repositoryAround(Path directory) {
        Path absolute = real(directory.toAbsolutePath());
        for (Path path = absolute.getParent(); path != null; path = path.getParent()) {
            if (Files.exists(path.resolve(Constants.DOT_GIT), LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return new WorkingFiles(path).ignoresDirectory(path.relativize(absolute))
                            ? Optional.empty()
                            : Optional.of(path);
                } catch (IOException e) {
                    throw new UncheckedIOException("can't read the ignore rules of " + path + ": " + e, e);
                }
            }
        }
        return Optional.empty();
    }

    /** Where a directory lies, or would lie, once links are followed. */
    private static Path real(Path directory) {
        for (Path path = directory; path != null; path = path.getParent()) {
            // what isn't there yet will lie in its parent
            if (Files.exists(path)) {
                try {
                    return path.toRealPath().resolve(path.relativize(directory)).normalize();
                } catch (IOException e) {
                    throw new UncheckedIOException("can't follow " + path + ": " + e, e);
                }
            }
        }
        return directory.normalize();
    }

    private boolean ignoresDirectory(Path relative) throws IOException {
        pushExclude();
        Path directory = root;
        StringBuilder path = new StringBuilder();
        for (Path segment : relative) {
            push(directory.resolve(Constants.DOT_GIT_IGNORE), path.toString());
            path.append(segment);
            if (isIgnored(path.toString(), true)) {
                return true;
            }
            directory = directory.resolve(segment);
            path.append('/');
        }
        return false;
    }

    /** A directory, the start of the paths in it, and whether it is ignored, in which case all in it is. */
    private record Place(Path directory, String prefix, boolean isIgnored) {}

    private void walk(Place place, TrackedFiles tracked, List<String> found) throws IOException {
        boolean pushed = push(place.directory.resolve(Constants.DOT_GIT_IGNORE), place.prefix);
        List<Path> entries;
        try (Stream<Path> stream = Files.list(place.directory)) {
            entries = stream.toList();
        }
        for (Path entry : entries) {
            String name = requireNonNull(entry.getFileName()).toString();
            if (name.equals(Constants.DOT_GIT)) {
                continue;
            }
            String path = place.prefix + name;
            boolean isDirectory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            boolean isIgnored = !tracked.contains(path) && (place.isIgnored || isIgnored(path, isDirectory));
            if (!isDirectory && !isIgnored) {
                found.add(path);
            } else if (isDirectory && (!isIgnored || tracked.containsBelow(path))) {
                walk(new Place(entry, path + "/", isIgnored), tracked, found);
            }
        }
        if (pushed) {
            rules.pop();
        }
    }

    private void pushExclude() throws IOException {
        push(root.resolve(".git/info/exclude"), "");
    }

    /** Adds a file of rules, if there is one. */
    @CanIgnoreReturnValue
    private boolean push(Path file, String prefix) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        IgnoreNode node = new IgnoreNode();
        try (InputStream in = Files.newInputStream(file)) {
            node.parse(in);
        }
        rules.push(new Rules(prefix, node));
        return true;
    }

    /** What the closest file of rules says that says anything. */
    private boolean isIgnored(String path, boolean isDirectory) {
        for (Rules rule : rules) {
            Boolean ignored = rule.node.checkIgnored(path.substring(rule.prefix.length()), isDirectory);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }
}
