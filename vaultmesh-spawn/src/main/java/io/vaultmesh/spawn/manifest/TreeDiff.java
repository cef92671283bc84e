package io.vaultmesh.spawn.manifest;

import io.vaultmesh.spawn.git.WorkingFiles;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a directory differs from the files that are expected in it. Each list is sorted by path. A value: immutable and
 * thread-safe.
 *
 * @param unchanged files whose bytes and mode are as expected
 * @param modified files that are there with other bytes or another mode, or are something else than a file
 * @param missing files that are not there
 * @param extra files that nobody expected, but for those that git would ignore; with {@code /} between the segments
 */
public record TreeDiff(
        List<RelativePath> unchanged, List<Change> modified, List<RelativePath> missing, List<String> extra) {

    /**
     * A file that is not as it was expected.
     *
     * @param path where it lies
     * @param how what is different about it
     */
    public record Change(RelativePath path, String how) {}

    /**
     * Creates a difference; the lists are copied.
     *
     * @param unchanged files that are as expected
     * @param modified files that are not
     * @param missing files that are not there
     * @param extra files that nobody expected
     */
    public TreeDiff {
        unchanged = List.copyOf(unchanged);
        modified = List.copyOf(modified);
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
    }

    /**
     * Compares a directory with what is expected in it.
     *
     * @param expected the files, sorted by path
     * @param directory the directory; if there is none, every file is missing
     * @return the difference
     * @throws UncheckedIOException if a file or directory can't be read
     */
    public static TreeDiff of(List<ManifestFile> expected, Path directory) {
        List<RelativePath> unchanged = new ArrayList<>();
        List<Change> modified = new ArrayList<>();
        List<RelativePath> missing = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (ManifestFile file : expected) {
            known.add(file.path().value());
            FileOnDisk onDisk = FileOnDisk.of(file, directory);
            Optional<String> deviation = onDisk.deviation();
            if (deviation.isEmpty()) {
                unchanged.add(file.path());
            } else if (onDisk.isMissing()) {
                missing.add(file.path());
            } else {
                modified.add(new Change(file.path(), deviation.get()));
            }
        }
        List<String> extra = Files.isDirectory(directory)
                ? WorkingFiles.list(directory).stream()
                        .filter(path -> !known.contains(path))
                        .toList()
                : List.of();
        return new TreeDiff(unchanged, modified, missing, extra);
    }

    /**
     * Whether the directory holds the very files that are expected, and no others.
     *
     * @return whether nothing is modified, missing or extra
     */
    public boolean isEmpty() {
        return modified.isEmpty() && missing.isEmpty() && extra.isEmpty();
    }

    /** One line for each file that differs. */
    @Override
    public String toString() {
        return Stream.of(
                        modified.stream().map(change -> "modified  " + change.path() + " (" + change.how() + ")"),
                        missing.stream().map(path -> "missing   " + path),
                        extra.stream().map(path -> "extra     " + path),
                        Stream.of(unchanged.size() + " files unchanged"))
                .flatMap(lines -> lines)
                .reduce((one, two) -> one + "\n" + two)
                .orElseThrow();
    }
}
