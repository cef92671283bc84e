package io.vaultmesh.spawn.manifest;

import io.vaultmesh.spawn.tree.RelativePath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which paths a manifest may list: each once, none in {@code .vaultmesh}, and all of them such that they can stand side
 * by side on every file system. Else one file would answer for two, or the manifest for itself. That two differ in their
 * Unicode normal form only can't happen: a {@link RelativePath} is ASCII.
 */
final class ManifestPaths {

    private static final String OWN = ".vaultmesh";

    /** A file, or a directory above one, with the file that it was met for. */
    private record Node(String path, boolean isDirectory, RelativePath file) {}

    private final Map<String, Node> nodes = new HashMap<>();

    private ManifestPaths() {}

    /**
     * Checks the files of a manifest.
     *
     * @throws IllegalArgumentException if they break a rule; the message names the file
     */
    static void require(List<ManifestFile> files) {
        ManifestPaths paths = new ManifestPaths();
        for (int i = 0; i < files.size(); i++) {
            RelativePath path = files.get(i).path();
            if (i > 0 && files.get(i - 1).path().compareTo(path) >= 0) {
                throw new IllegalArgumentException("file " + path + " comes after "
                        + files.get(i - 1).path() + ", expected files sorted by path, each once");
            }
            if (path.segments().get(0).equalsIgnoreCase(OWN)) {
                throw new IllegalArgumentException(
                        "file " + path + " lies in " + OWN + ", expected only files of the service");
            }
            paths.add(path);
        }
    }

    private void add(RelativePath path) {
        String text = path.value();
        for (int end = text.indexOf('/'); end >= 0; end = text.indexOf('/', end + 1)) {
            add(new Node(text.substring(0, end), true, path));
        }
        add(new Node(text, false, path));
    }

    private void add(Node node) {
        Node there = nodes.putIfAbsent(node.path.toLowerCase(Locale.ROOT), node);
        if (there != null && !(there.path.equals(node.path) && there.isDirectory && node.isDirectory)) {
            throw new IllegalArgumentException(
                    "file " + node.file + " can't stand beside " + there.file
                            + " on every file system, expected paths that differ in more than case, and no file for a directory");
        }
    }
}
