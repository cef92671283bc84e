package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.note.NoteSignature;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Whether two checkpoints that one key signed can be of one log that only grows. If not, both notes are evidence. */
final class SplitView {

    private SplitView() {}

    /** Why a checkpoint can't follow the one that was verified before, as far as their sizes and roots alone show it. */
    static Optional<String> contradiction(Snapshot held, TrustedCheckpoint shown) {
        TrustedCheckpoint before = held.checkpoint();
        if (shown.size() < before.size()) {
            return Optional.of("it went back from size " + before.size() + " to " + shown.size() + ", and "
                    + aboutTheOlder(held, shown));
        }
        if (shown.size() == before.size() && !shown.root().equals(before.root())) {
            return Optional.of("at size " + shown.size() + " its key signed two roots");
        }
        return Optional.empty();
    }

    private static String aboutTheOlder(Snapshot held, TrustedCheckpoint shown) {
        try {
            return held.continues(shown).holds()
                    ? "what it shows now is a prefix of what it held then: an old copy, or a stale cache"
                    : "what it shows now is no prefix of what it held then";
        } catch (UncheckedIOException | LogDamagedException e) {
            return "it can't be read whether what it shows now is a prefix of what it held then: " + e.getMessage();
        }
    }

    /** Why a larger log is not the one that was verified before, continued. Reads the larger one's tiles. */
    static Optional<String> contradiction(Snapshot held, Snapshot larger) {
        Verdict verdict = larger.continues(held.checkpoint());
        return verdict.reason();
    }

    /** Whoever has both notes can show them to anybody, so the message has them in full. */
    static LogDamagedException damage(
            TrustedCheckpoint before, TrustedCheckpoint shown, String reason, NoteVerifier logKey) {
        return new LogDamagedException("the log " + before.origin() + " contradicts itself: " + reason
                + "\nVerified before, " + before + ":\n" + note(before, logKey) + "Shown now, " + shown + ":\n"
                + note(shown, logKey));
    }

    /** With the log's own signatures alone: others prove nothing here, and could be of any length. */
    private static String note(TrustedCheckpoint checkpoint, NoteVerifier logKey) {
        List<NoteSignature> own = checkpoint.note().signatures().stream()
                .filter(signature -> signature.name().equals(logKey.name()) && signature.keyId() == logKey.keyId())
                .distinct()
                .toList();
        return new SignedNote(checkpoint.note().text(), own).toText();
    }
}
