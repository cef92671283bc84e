package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Checks what a log has published while it may publish more, and what a reader held of it before. */
final class PublishedFsck {

    private static final String TILES = "tiles";
    private static final String HELD = "held checkpoint";
    private static final String UNLISTED = "which files there are can't be listed here";

    private final LogSource source;
    private final NoteVerifier logKey;
    private final Supplier<Optional<Snapshot>> held;

    PublishedFsck(LogSource source, NoteVerifier logKey, Supplier<Optional<Snapshot>> held) {
        this.source = source;
        this.logKey = logKey;
        this.held = held;
    }

    Report run(Consumer<LogEntry> intact) {
        Optional<Snapshot> before = held.get(); // not later: what is read now is not older
        FsckFiles files = new FsckFiles(source);
        Optional<byte[]> checkpoint = files.read(LogSource.CHECKPOINT);
        return withHeld(withUnlisted(new Fsck(files, logKey, intact).run(checkpoint)), before, checkpoint);
    }

    /**
     * Of a source that can't list files, it isn't known which there are. Nor is it known, if there are files beyond the
     * checkpoint, whether its writer is publishing them: its journal isn't shown.
     */
    private Report withUnlisted(Report report) {
        if (source instanceof LogStore || report.check(EndCheck.END).isEmpty()) {
            return report;
        }
        List<Check> checks = new ArrayList<>();
        for (Check check : report.checks()) {
            if (check.name().equals(EndCheck.END)) {
                checks.add(Check.notChecked("older partials", UNLISTED));
                checks.add(Check.notChecked(
                        EndCheck.END, UNLISTED + "; as far as they were asked for: " + check.detail()));
            } else if (check.name().equals(TILES)) {
                checks.add(new Check(TILES, check.outcome(), "every tile has the roots of the tiles below it"));
            } else {
                checks.add(check);
            }
        }
        return new Report(report.title(), checks);
    }

    private Report withHeld(Report report, Optional<Snapshot> before, Optional<byte[]> checkpoint) {
        if (before.isEmpty() || checkpoint.isEmpty()) {
            return report;
        }
        List<Check> checks = new ArrayList<>(report.checks());
        checks.add(held(before.get(), checkpoint.get()));
        return new Report(report.title(), checks);
    }

    private Check held(Snapshot before, byte[] note) {
        try {
            TrustedCheckpoint shown = LogReader.trusted(note, logKey);
            Optional<String> contradiction = SplitView.contradiction(before, shown);
            if (contradiction.isEmpty()) {
                contradiction = SplitView.contradiction(before, Snapshot.load(source, shown));
            }
            return contradiction
                    .map(reason -> Check.fail(HELD, reason))
                    .orElseGet(() -> Check.pass(HELD, "the log continues " + before.checkpoint()));
        } catch (LogDamagedException | UncheckedIOException e) {
            return Check.notChecked(HELD, String.valueOf(e.getMessage()));
        }
    }
}
