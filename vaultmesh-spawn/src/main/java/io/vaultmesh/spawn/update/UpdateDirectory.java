package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where updates keep their own files, in the service: {@code .vaultmesh/update}. */
final class UpdateDirectory {

    private UpdateDirectory() {}

    static RelativePath file(String name) {
        return RelativePath.of(".vaultmesh/update/" + name);
    }

    static Path in(Path root) {
        return requireNonNull(file("lock").in(root).getParent());
    }

    /** A name for the archive of an update that was taken back, but not of all files. */
    static RelativePath unused(Path root) {
        int n = 1;
        while (Files.exists(interrupted(n).in(root), LinkOption.NOFOLLOW_LINKS)) {
            n++;
        }
        return interrupted(n);
    }

    private static RelativePath interrupted(int n) {
        return file("interrupted-" + n + ".zip");
    }

    /**
     * Checks that nothing but files is there. Through a link an update would write elsewhere, and a pipe would keep it
     * waiting without end.
     *
     * @throws UpdateRefusedException if there is something else
     */
    static void requireFiles(ServiceFiles service) {
        // refuses a link on the way there
        var unused = service.find(file("lock"), false);
        Path directory = in(service.root());
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new UpdateRefusedException(
                    Reason.LINK, ".vaultmesh/update in " + service.root() + " is no directory; delete it");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            Optional<Path> other =
                    entries.filter(UpdateDirectory::isOther).sorted().findFirst();
            if (other.isPresent()) {
                throw new UpdateRefusedException(
                        Reason.LINK, other.get() + " is no regular file, expected nothing else there; delete it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't look into " + directory + ": " + e, e);
        }
    }

    private static boolean isOther(Path path) {
        // another update may just have moved it
        return !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
