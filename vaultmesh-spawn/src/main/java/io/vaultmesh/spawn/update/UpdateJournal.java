package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes many changes to a service, such that until the last one is made all can be taken back.
 *
 * <p>Every file that is replaced or removed goes first, as it was, to the archive {@code running.zip}, together with a list
 * of what is about to be written. It gets the name {@code before.zip} in the moment in which the update is complete. So
 * whoever finds {@code running.zip} knows that a process died, and puts back what that one wrote; what a user wrote since
 * then is left. {@code before.zip} stays, for whoever wants something back.
 *
 * <p>All lies in {@code .vaultmesh/update}, which tells git to ignore it.
 */
final class UpdateJournal {

    static final RelativePath RUNNING = RelativePath.of(".vaultmesh/update/running.zip");
    static final RelativePath BEFORE = RelativePath.of(".vaultmesh/update/before.zip");

    private static final RelativePath IGNORE = RelativePath.of(".vaultmesh/update/.gitignore");
    private static final RelativePath ASIDE = RelativePath.of(".vaultmesh/update/part");

    private final ServiceFiles service;
    private final Path root;
    private final SafeDisk disk;

    UpdateJournal(ServiceFiles service, Step step) {
        this.service = service;
        this.root = service.root();
        this.disk = new SafeDisk(ASIDE.in(root), step);
    }

    static boolean isOpen(Path root) {
        return Files.exists(RUNNING.in(root), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory of all this, and returns it. */
    Path prepare() {
        try {
            Path ignore = IGNORE.in(root);
            if (service.find(IGNORE, false).isNothing()) {
                disk.put(ignore, new FileVersion(FileContent.utf8("*\n"), false));
            }
            return requireNonNull(ignore.getParent());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Makes changes.
     *
     * @throws UncheckedIOException if one can't be made; those that were are taken back, or will be by the next update
     * @throws UpdateRefusedException if a file is no longer as it was when the changes were worked out; likewise
     */
    void write(List<Change> changes) {
        try {
            disk.put(RUNNING.in(root), new FileVersion(JournalList.write(changes), false));
            try {
                for (Change change : changes) {
                    requireStill(change);
                    put(change.path(), change.after());
                }
                disk.move(RUNNING.in(root), BEFORE.in(root));
            } catch (IOException | RuntimeException e) {
                takeBackAfter(e);
                throw e;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "can't update " + root + ": " + e + "; "
                        + (isOpen(root) ? "the next update takes back what was written" : "it is as it was"),
                e);
    }

    private void takeBackAfter(Exception failure) {
        try {
            takeBack();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void requireStill(Change change) {
        Found now = service.find(
                change.path(), change.before().map(FileVersion::executable).orElse(false));
        if (now.isOther() || !now.version().equals(change.before())) {
            throw new UpdateRefusedException(
                    Reason.CHANGED,
                    change.path() + " in " + root + " was changed while it was updated, expected nobody else to write"
                            + " there; update again");
        }
    }

    private void put(RelativePath path, Optional<FileVersion> version) throws IOException {
        if (version.isPresent()) {
            disk.put(path.in(root), version.get());
        } else {
            disk.delete(path.in(root), root);
        }
    }

    /**
     * Takes back what an update did that didn't come to its end, if there is one. Files that are neither as that update
     * found them nor as it left them are somebody's work, and stay.
     */
    void takeBack() {
        if (!isOpen(root)) {
            return;
        }
        try {
            for (JournalList.Entry entry : read()) {
                boolean assumed =
                        entry.after().map(JournalList.State::executable).orElse(false);
                Found found = service.find(entry.path(), assumed);
                Optional<FileVersion> now = found.version();
                if (!found.isOther()
                        && now.map(JournalList.State::of).equals(entry.after())
                        && !now.equals(entry.before())) {
                    put(entry.path(), entry.before());
                }
            }
            disk.move(RUNNING.in(root), BEFORE.in(root));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<JournalList.Entry> read() {
        try {
            return JournalList.read(service.find(RUNNING, false)
                    .version()
                    .map(FileVersion::content)
                    .orElseThrow(() -> new IllegalArgumentException("it is no regular file")));
        } catch (IOException | IllegalArgumentException e) {
            throw new UpdateRefusedException(
                    Reason.JOURNAL_DAMAGED,
                    RUNNING + " in " + root + " is not what an interrupted update leaves: " + e.getMessage()
                            + "; compare the service with git, and delete that file",
                    e);
        }
    }
}
