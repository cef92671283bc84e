package io.vaultmesh.scheduler.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Files with secrets, which are for their owner alone. */
final class KeyFiles {

    private static final Pattern KEYS = Pattern.compile(".*(key|password)file");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyFiles() {}

    static boolean isKeyFile(String key) {
        return KEYS.matcher(key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "")).matches();
    }

    /**
     * Refuses a file that others have permissions for; a link is followed. Where permissions aren't those of POSIX, nothing is
     * known of them.
     */
    static Path requirePrivate(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no such file, expected one");
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                if (!OWNER.containsAll(permissions)) {
                    throw new IllegalArgumentException("its permissions are "
                            + PosixFilePermissions.toString(permissions) + ", expected rw-------, as by chmod 600");
                }
            }
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException("its permissions can't be read: " + e, e);
        }
    }
}
