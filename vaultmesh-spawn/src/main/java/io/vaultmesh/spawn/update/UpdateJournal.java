package io.vaultmesh.spawn.update;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.JournalList.Entry;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes many changes to a service, such that until the last one is made all can be taken back.
 *
 * <p>Every file that is replaced or removed goes first, as it was, to the archive {@code running.zip}, together with a list
 * of what is about to be written. It gets the name {@code before.zip} in the moment in which the update is complete, and in
 * no other: that of the last complete update stays, for whoever wants something back. So whoever finds {@code running.zip}
 * knows that a process died. If all was written, the update is finished; otherwise what it wrote is put back, and what a
 * user wrote since then is left. The archive goes once nothing is in it alone; if a file was left, it stays as
 * {@code interrupted-1.zip}, or the next number that is free.
 *
 * <p>All lies in {@code .vaultmesh/update}, which tells git to ignore it.
 */
final class UpdateJournal {

    static final RelativePath RUNNING = UpdateDirectory.file("running.zip");
    static final RelativePath BEFORE = UpdateDirectory.file("before.zip");

    private static final RelativePath IGNORE = UpdateDirectory.file(".gitignore");
    private static final RelativePath ASIDE = UpdateDirectory.file("part");

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

    /** Makes the directory of all this, and returns it, to be locked before anything else is done here. */
    Path prepare() {
        UpdateDirectory.requireFiles(service);
        try {
            Path directory = UpdateDirectory.in(root);
            disk.createDirectories(directory);
            return directory;
        } catch (IOException e) {
            throw failed(e, "");
        }
    }

    /** Keeps git from all this. */
    void hide() {
        try {
            if (service.find(IGNORE, false).isNothing()) {
                disk.put(IGNORE.in(root), new FileVersion(FileContent.utf8("*\n"), false), Optional.empty(), () -> {});
            }
        } catch (IOException e) {
            throw failed(e, "");
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
            FileVersion archive = new FileVersion(JournalList.write(changes, root), false);
            disk.put(RUNNING.in(root), archive, Optional.of(Modes.PRIVATE), () -> {});
        } catch (IOException e) {
            throw failed(e, "");
        }
        try {
            for (Change change : changes) {
                requireStill(change.path(), change.before());
                put(change.path(), change.before(), change.after(), Optional.empty());
            }
            disk.move(RUNNING.in(root), BEFORE.in(root));
        } catch (UpdateRefusedException e) {
            String left = putBackAfter(e);
            throw left.isEmpty()
                    ? e
                    : new UpdateRefusedException(e.reason(), e.getMessage() + "; it is as it was" + left, e);
        } catch (IOException e) {
            String left = putBackAfter(e);
            throw failed(e, left);
        }
    }

    private UncheckedIOException failed(IOException e, String left) {
        return new UncheckedIOException(
                "can't update " + root + ": " + e + "; "
                        + (isOpen(root) ? "the next update takes back what was written" : "it is as it was" + left),
                e);
    }

    private String putBackAfter(Exception failure) {
        try {
            return putBack(read());
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
            return "";
        }
    }

    private void requireStill(RelativePath path, Optional<FileVersion> expected) {
        Found now = service.find(path, expected.map(FileVersion::executable).orElse(false));
        if (now.isOther() || !now.version().equals(expected)) {
            throw new UpdateRefusedException(
                    Reason.CHANGED,
                    path + " in " + root + " was changed while it was updated, expected nobody else to write"
                            + " there; update again");
        }
    }

    private void put(
            RelativePath path, Optional<FileVersion> old, Optional<FileVersion> version, Optional<String> permissions)
            throws IOException {
        if (version.isPresent()) {
            disk.put(path.in(root), version.get(), permissions, () -> requireStill(path, old));
        } else {
            disk.delete(path.in(root), root, () -> requireStill(path, old));
        }
    }

    /**
     * Finishes an update that didn't come to its end, if there is one, or takes it back. Files that are neither as that
     * update found them nor as it left them are somebody's work, and stay.
     *
     * @return what was done; empty if no update was interrupted
     * @throws UpdateRefusedException if somebody else wrote the manifest since, or what goes with it
     */
    String takeBack() {
        if (!isOpen(root)) {
            return "";
        }
        List<Entry> entries = read();
        try {
            if (entries.stream().allMatch(this::isDone)) {
                disk.move(RUNNING.in(root), BEFORE.in(root));
                return "an update that was interrupted was finished: all of its files had been written";
            }
            return "an update that was interrupted was taken back" + putBack(entries);
        } catch (IOException e) {
            throw failed(e, "");
        }
    }

    /** Puts back what was written, the last first, and says what was left. */
    private String putBack(List<Entry> entries) throws IOException {
        entries.forEach(this::requireKnownIfOwn);
        List<String> left = new ArrayList<>();
        // a file that became a directory can only come back when that is gone
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            Found found = find(entry);
            if (isAfter(entry, found)) {
                if (!found.version().equals(entry.before())) {
                    put(entry.path(), found.version(), entry.before(), entry.permissions());
                }
            } else if (!isBefore(entry, found)) {
                left.add(entry.path().value());
            }
        }
        if (left.isEmpty()) {
            disk.delete(RUNNING.in(root), UpdateDirectory.in(root), () -> {});
            return "";
        }
        RelativePath kept = UpdateDirectory.unused(root);
        disk.move(RUNNING.in(root), kept.in(root));
        return ", but for what somebody wrote since: " + String.join(", ", left)
                + "; as that update found it, it is in " + kept;
    }

    /** If the manifest is another one, nobody can tell which files belong to it. */
    private void requireKnownIfOwn(Entry entry) {
        Found found = find(entry);
        if (UpdatePlan.OWN.contains(entry.path()) && !isBefore(entry, found) && !isAfter(entry, found)) {
            throw new UpdateRefusedException(
                    Reason.JOURNAL_STALE,
                    "an update of " + root + " was interrupted, and somebody else changed " + entry.path()
                            + " since, expected it as that update found or left it; compare the service with git, take"
                            + " from " + RUNNING + " what you miss, move that file elsewhere, and update again");
        }
    }

    private boolean isDone(Entry entry) {
        // where a file was removed, there may be the directory of another one
        return isAfter(entry, find(entry))
                || (entry.after().isEmpty() && Files.isDirectory(entry.path().in(root), LinkOption.NOFOLLOW_LINKS));
    }

    private Found find(Entry entry) {
        return service.find(
                entry.path(), entry.before().map(FileVersion::executable).orElse(false));
    }

    // not the modes: a disk that doesn't keep them would make each file look like somebody's work

    private static boolean isBefore(Entry entry, Found found) {
        return !found.isOther() && hash(found).equals(entry.before().map(FileVersion::hash));
    }

    private static boolean isAfter(Entry entry, Found found) {
        return !found.isOther() && hash(found).equals(entry.after().map(JournalList.State::sha256));
    }

    private static Optional<Hash> hash(Found found) {
        return found.version().map(FileVersion::hash);
    }

    private List<Entry> read() {
        try {
            return JournalList.read(RUNNING.in(root));
        } catch (IOException | IllegalArgumentException e) {
            throw new UpdateRefusedException(
                    Reason.JOURNAL_DAMAGED,
                    RUNNING + " in " + root + " is not what an interrupted update leaves: " + e.getMessage()
                            + "; compare the service with git, and move that file elsewhere",
                    e);
        }
    }
}
