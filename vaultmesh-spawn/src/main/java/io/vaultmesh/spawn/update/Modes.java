package io.vaultmesh.spawn.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what with files, and whether they may be run, on file systems that know. */
final class Modes {

    /** What lets the owner alone read and write. */
    static final String PRIVATE = "rw-------";

    /** Whoever may read a file that can be run may run it. */
    private static final Map<PosixFilePermission, PosixFilePermission> RUN_IF_READ = Map.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

    private Modes() {}

    /** Whether a file may be run; what is assumed, if the file system doesn't know. */
    static boolean isExecutable(Path file, boolean assumed) throws IOException {
        PosixFileAttributeView view = view(file);
        return view == null ? assumed : view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /** What a file is allowed to whom, like {@code rw-r-----}; empty if there is no file, or the file system doesn't know. */
    static Optional<String> of(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(PosixFilePermissions.toString(view.readAttributes().permissions()));
    }

    /** Makes a file that is its owner's alone, on file systems that know. */
    static Path createPrivate(Path file) throws IOException {
        return view(file) == null
                ? Files.createFile(file)
                : Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    }

    /** Gives a file permissions, if any are known, and lets it be run or not. */
    static void set(Path file, Optional<String> wanted, boolean executable) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view == null || wanted.isEmpty()) {
            return;
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(wanted.get());
        if (permissions.contains(PosixFilePermission.OWNER_EXECUTE) != executable) {
            RUN_IF_READ.forEach((read, run) -> {
                if (executable && permissions.contains(read)) {
                    permissions.add(run);
                } else {
                    permissions.remove(run);
                }
            });
        }
        view.setPermissions(permissions);
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
