package io.vaultmesh.core.log;

import io.vaultmesh.core.note.NoteVerifier;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the newest checkpoint and what it stands on, and takes it only if it continues the one before. Thread-safe. */
final class NewestSnapshot {

    private static final int ATTEMPTS = 5;

    private final LogSource source;
    private final NoteVerifier logKey;

    NewestSnapshot(LogSource source, NoteVerifier logKey) {
        this.source = source;
        this.logKey = logKey;
    }

    Snapshot after(@Nullable Snapshot before) {
        for (int attempt = 1; ; attempt++) {
            Optional<byte[]> note = source.read(LogSource.CHECKPOINT);
            TrustedCheckpoint shown = LogReader.trusted(note, logKey);
            if (before != null) {
                requireNone(SplitView.contradiction(before, shown), before, shown);
                if (shown.size() == before.checkpoint().size()) {
                    return before.with(shown);
                }
            }
            Snapshot next;
            Optional<String> contradiction;
            try {
                next = Snapshot.load(source, shown);
                contradiction = before == null ? Optional.empty() : SplitView.contradiction(before, next);
            } catch (LogDamagedException e) {
                // what this checkpoint promised may have been replaced by what a newer one does
                if (attempt == ATTEMPTS || isStill(note)) {
                    throw e;
                }
                continue;
            }
            if (before != null) {
                requireNone(contradiction, before, shown);
            }
            return next;
        }
    }

    private boolean isStill(Optional<byte[]> note) {
        return Arrays.equals(
                note.orElse(null), source.read(LogSource.CHECKPOINT).orElse(null));
    }

    /** Another checkpoint doesn't heal a contradiction: the key signed both. */
    private void requireNone(Optional<String> contradiction, Snapshot before, TrustedCheckpoint shown) {
        if (contradiction.isPresent()) {
            throw SplitView.damage(before.checkpoint(), shown, contradiction.get(), logKey);
        }
    }
}
