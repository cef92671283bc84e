package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether each checkpoint that was ever published is a prefix of the log. Goes along with the tree as that is built, so
 * that each costs a few hashes. A log that isn't in a directory, or that another program
 * wrote, has no history, and no checks. Not thread-safe.
 */
final class HistoryCheck implements AutoCloseable {

    private final FsckFiles files;
    private final NoteVerifier logKey;
    private final List<Check> found = new ArrayList<>();
    private @Nullable CheckpointHistory history;
    private CheckpointHistory.@Nullable Cursor cursor;
    private CheckpointHistory.@Nullable Published next;
    private CheckpointHistory.@Nullable Published last;

    HistoryCheck(FsckFiles files, NoteVerifier logKey) {
        this.files = files;
        this.logKey = logKey;
        try {
            history = files.local()
                    .filter(HistoryCheck::isOfThisLibrary)
                    .map(disk -> CheckpointHistory.open(disk, logKey))
                    .orElse(null);
            cursor = history == null ? null : history.cursor();
            advance();
        } catch (UncheckedIOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** Logs that other programs wrote have no history. */
    private static boolean isOfThisLibrary(Disk disk) {
        try {
            List<String> names = disk.list("");
            return names.contains(CheckpointHistory.FILE) || names.contains(InodeIdentity.FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + disk.name("") + ": " + e, e);
        }
    }

    private void fail(String detail) {
        found.add(Check.fail(CheckpointHistory.FILE, detail));
        next = null;
        cursor = null;
    }

    private void advance() {
        try {
            last = next;
            next = cursor == null ? null : cursor.next();
            if (next != null && last != null && next.size() <= last.size()) {
                fail("size " + next.size() + " comes after size " + last.size());
            }
        } catch (IOException e) {
            fail("can't be read: " + e);
        }
    }

    /** Compares the checkpoints up to a size with a tree, behind whose full tiles of level 0 comes one more. */
    void check(TileTree tree, Tile lowest, long upTo) {
        while (next != null && next.size() <= upTo) {
            Hash root = tree.root(next.size(), lowest);
            if (!root.equals(next.root())) {
                found.add(Check.fail(
                        CheckpointHistory.FILE,
                        "at size " + next.size() + " root " + next.root() + " was published"
                                + (isSigned(next) ? ", signed by the log's key" : ", and its signature was changed too")
                                + ", but the log has root " + root));
            }
            advance();
        }
    }

    private boolean isSigned(CheckpointHistory.Published published) {
        try {
            return SignedNote.parse(published.note()).verify(logKey).holds();
        } catch (IllegalArgumentException notEvenANote) {
            return false;
        }
    }

    /** What is wrong, or that nothing is. */
    List<Check> end(TrustedCheckpoint checkpoint) {
        if (history == null) {
            return found;
        }
        boolean isThere = last != null && last.size() == checkpoint.size();
        while (next != null) {
            isThere |= next.size() == checkpoint.size();
            advance();
        }
        if (found.isEmpty() && !isThere) {
            fail("ends " + (last == null ? "before it begins" : "at size " + last.size())
                    + ", expected the published checkpoint at size " + checkpoint.size() + " in it");
        }
        if (last != null && last.size() > checkpoint.size()) {
            requireThatTheLogGoesOnTo(last);
        }
        return found.isEmpty()
                ? List.of(Check.pass(
                        CheckpointHistory.FILE,
                        "every one that was ever published, up to this one, is a prefix of the log"))
                : found;
    }

    /** A writer keeps a checkpoint here before it shows it; what it has not shown yet is in its journal. */
    private void requireThatTheLogGoesOnTo(CheckpointHistory.Published newest) {
        long end = 0;
        for (int attempt = 0; attempt < EndCheck.ATTEMPTS && newest.size() > end; attempt++) {
            TrustedCheckpoint now = LogReader.trusted(files.read(LogStore.CHECKPOINT), logKey);
            end = files.journaled(now.size(), now::root);
        }
        if (newest.size() > end && isSigned(newest)) {
            fail("the log's key signed a checkpoint at size " + newest.size()
                    + ", but checkpoint and journal reach size " + end + ": the log was taken back");
        }
    }

    @Override
    public void close() {
        if (history != null) {
            history.close();
        }
    }
}
