package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.tree.RelativePath;
import java.util.Locale;
import java.util.Optional;

/**
 * What an update does to one file. Immutable and thread-safe.
 *
 * @param path where the templates have the file
 * @param at where it lies; another path if it was renamed in the service
 * @param outcome what becomes of it
 * @param before what lay there before; empty if nothing did, or something else than a file of at most 64 MiB
 * @param after what lies there then; empty if nothing does
 * @param note what else there is to know, in a few words; may be empty
 */
public record FileUpdate(
        RelativePath path,
        RelativePath at,
        Outcome outcome,
        Optional<FileVersion> before,
        Optional<FileVersion> after,
        String note) {

    /** What becomes of a file. Yours is the file in the service, and the base what was generated at first. */
    public enum Outcome {
        /** The templates have it now and didn't before. */
        NEW,
        /** As the templates have it now: you hadn't changed it, or only as they did. */
        UPDATED,
        /** Your changes and those of the templates, which don't touch each other. */
        MERGED,
        /**
         * Both changed the same lines: both stand between markers. Of what isn't text, yours is left, and that of the
         * templates lies beside it, as {@code NAME.templates}.
         */
        CONFLICT,
        /** Yours as it was: you changed it, and the templates have nothing to add; or they dropped it. */
        KEPT,
        /** The templates dropped it, and you hadn't changed it: it is gone. */
        REMOVED,
        /** You had deleted it, and it stays so. */
        DELETED,
        /** As the templates have it, before and after. */
        UNCHANGED;

        /** In lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Creates a value.
     *
     * @param path where the templates have the file
     * @param at where it lies
     * @param outcome what becomes of it
     * @param before what lay there before
     * @param after what lies there then
     * @param note what else there is to know
     */
    public FileUpdate {
        requireNonNull(path, "path");
        requireNonNull(at, "at");
        requireNonNull(outcome, "outcome");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        requireNonNull(note, "note");
    }

    /**
     * What is changed, as {@code git apply} takes it.
     *
     * @return a unified diff with git's lines about modes; empty if nothing is changed, and without lines of content if
     *     that isn't text. U+FFFD stands for bytes that are no UTF-8
     */
    public String diff() {
        return UnifiedDiff.of(at, before, after);
    }

    /** One line: the outcome, the path, and the note if there is one. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-9s %s", outcome, at) + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
