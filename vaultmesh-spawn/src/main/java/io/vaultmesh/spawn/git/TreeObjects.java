package io.vaultmesh.spawn.git;

import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;

/** Git's objects for directories. */
final class TreeObjects {

    private final LooseObjects objects;
    private final Map<RelativePath, ObjectId> blobs;

    TreeObjects(LooseObjects objects, Map<RelativePath, ObjectId> blobs) {
        this.objects = objects;
        this.blobs = blobs;
    }

    /** Inserts the tree of a directory with all files below it, and returns its id. */
    ObjectId insert(List<GeneratedFile> files) throws IOException {
        return insert(files, 0);
    }

    private ObjectId insert(List<GeneratedFile> files, int depth) throws IOException {
        // git sorts a directory as if its name ended with a slash; no file here is the head of another's path
        Map<String, List<GeneratedFile>> entries = new TreeMap<>();
        for (GeneratedFile file : files) {
            List<String> segments = file.path().segments();
            String name = segments.get(depth) + (segments.size() > depth + 1 ? "/" : "");
            entries.computeIfAbsent(name, none -> new ArrayList<>()).add(file);
        }
        TreeFormatter tree = new TreeFormatter();
        for (Map.Entry<String, List<GeneratedFile>> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.endsWith("/")) {
                tree.append(name.substring(0, name.length() - 1), FileMode.TREE, insert(entry.getValue(), depth + 1));
            } else {
                GeneratedFile file = entry.getValue().get(0);
                tree.append(name, mode(file), blobs.get(file.path()));
            }
        }
        return objects.insert(Constants.OBJ_TREE, tree.toByteArray());
    }

    static FileMode mode(GeneratedFile file) {
        return file.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }
}
