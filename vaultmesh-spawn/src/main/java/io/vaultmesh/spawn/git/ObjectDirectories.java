package io.vaultmesh.spawn.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/**
 * Where a repository has its objects: its own directory, that of the repository which a worktree belongs to, and those
 * that it borrows from (gitrepository-layout). The repository is the one in a directory, or the closest around it.
 */
final class ObjectDirectories {

    private final Set<Path> found = new LinkedHashSet<>();

    private ObjectDirectories() {}

    /** The directories; none if there is no repository. */
    static Set<Path> of(Path directory) throws IOException {
        ObjectDirectories directories = new ObjectDirectories();
        for (Path path = directory.toRealPath(); path != null; path = path.getParent()) {
            Optional<Path> git = TrackedFiles.gitDirectory(path.resolve(Constants.DOT_GIT));
            if (git.isPresent()) {
                directories.add(common(git.get()).resolve("objects"));
                return directories.found;
            }
        }
        return directories.found;
    }

    /** A worktree has only its own index and branch, and says where the rest is. */
    private static Path common(Path git) throws IOException {
        Path file = git.resolve("commondir");
        return Files.isRegularFile(file)
                ? git.resolve(Files.readString(file, StandardCharsets.UTF_8).strip())
                : git;
    }

    private void add(Path objects) throws IOException {
        if (!Files.isDirectory(objects) || !found.add(objects.toRealPath())) {
            return;
        }
        Path alternates = objects.resolve("info/alternates");
        if (Files.isRegularFile(alternates)) {
            for (String line : Files.readAllLines(alternates, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(objects.resolve(line));
                }
            }
        }
    }
}
