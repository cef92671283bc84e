package io.vaultmesh.spawn.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether files may be run, on file systems that know. */
final class Modes {

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

    /** Gives a file the permissions of another one, which may have been made private on purpose, and lets it be run or not. */
    static void set(Path file, Path like, boolean executable) throws IOException {
        PosixFileAttributeView view = view(file);
        PosixFileAttributeView source = view(Files.exists(like, LinkOption.NOFOLLOW_LINKS) ? like : file);
        if (view == null || source == null) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(source.readAttributes().permissions());
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
