package io.vaultmesh.spawn.tree;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a service, sorted by path. Can be written to any file system as it stands: no two paths are the same, or
 * differ in upper and lower case only, and no file lies where another one needs a directory.
 *
 * <p>Immutable and thread-safe; two trees are equal if all their files are.
 */
public final class FileTree implements Iterable<GeneratedFile> {

    private final NavigableMap<RelativePath, GeneratedFile> files;

    private FileTree(NavigableMap<RelativePath, GeneratedFile> files) {
        this.files = files;
    }

    /**
     * Starts an empty tree.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * All files.
     *
     * @return the files, sorted by path
     */
    public List<GeneratedFile> files() {
        return List.copyOf(files.values());
    }

    /**
     * One file.
     *
     * @param path where it lies
     * @return the file; empty if there is none
     */
    public Optional<GeneratedFile> find(RelativePath path) {
        return Optional.ofNullable(files.get(requireNonNull(path, "path")));
    }

    /**
     * The number of files.
     *
     * @return at least 0
     */
    public int size() {
        return files.size();
    }

    /**
     * The files as one zip archive: sorted by path, not compressed, all of 1980-01-01, so that the same files give the
     * same bytes everywhere.
     *
     * @return the archive
     * @throws IllegalArgumentException if there are 65,535 files or more
     */
    public FileContent toZip() {
        return StoredZip.of(files.values());
    }

    /** The files, sorted by path. */
    @Override
    public Iterator<GeneratedFile> iterator() {
        return files().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileTree tree && files.equals(tree.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    /** The paths. */
    @Override
    public String toString() {
        return "FileTree" + files.keySet();
    }

    /** Collects the files of a tree. Not thread-safe. */
    public static final class Builder {

        private final NavigableMap<RelativePath, GeneratedFile> files = new TreeMap<>();
        /** Every file and directory so far by its path in lower case, with the file that brought it. */
        private final Map<String, Node> nodes = new HashMap<>();

        private record Node(String path, boolean directory, GeneratedFile file) {}

        private Builder() {}

        /**
         * Adds a file.
         *
         * @param file the file
         * @return this builder
         * @throws IllegalArgumentException if another file has its path, or one that can't stand beside it on every
         *     file system; the message names the generators of both
         */
        @CanIgnoreReturnValue
        public Builder add(GeneratedFile file) {
            String path = file.path().value();
            Map<String, Node> added = new HashMap<>();
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                put(added, new Node(path.substring(0, end), true, file));
            }
            put(added, new Node(path, false, file));
            nodes.putAll(added);
            files.put(file.path(), file);
            return this;
        }

        private void put(Map<String, Node> added, Node node) {
            String key = node.path.toLowerCase(Locale.ROOT);
            Node there = nodes.get(key);
            if (there == null) {
                added.put(key, node);
            } else if (!there.path.equals(node.path)) {
                throw clash(node, there, "differs only in upper and lower case from");
            } else if (there.directory != node.directory) {
                throw clash(node, there, "can't stand beside");
            } else if (!node.directory) {
                throw clash(node, there, "is also");
            }
        }

        private static IllegalArgumentException clash(Node node, Node there, String how) {
            return new IllegalArgumentException(node.file.path() + " of generator " + node.file.generator() + " " + how
                    + " " + there.file.path() + " of generator " + there.file.generator());
        }

        /**
         * Adds files.
         *
         * @param more the files
         * @return this builder
         * @throws IllegalArgumentException as {@link #add} does
         */
        @CanIgnoreReturnValue
        public Builder addAll(Iterable<GeneratedFile> more) {
            more.forEach(this::add);
            return this;
        }

        /**
         * The tree of the files so far.
         *
         * @return the tree
         */
        public FileTree build() {
            return new FileTree(new TreeMap<>(files));
        }
    }
}
