package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an update did, or would do. The same value for both. Immutable and thread-safe.
 *
 * @param oldManifest the digest of the manifest before
 * @param newManifest the digest of the manifest then: of what the templates generate now
 * @param files every file that the templates have or had, sorted by path; without those that both have dropped
 * @param note what became of an update that was interrupted before, and where its archive is; empty if none was
 */
public record UpdateReport(Hash oldManifest, Hash newManifest, List<FileUpdate> files, String note) {

    /**
     * Creates a report; the list is copied.
     *
     * @param oldManifest the digest of the manifest before
     * @param newManifest the digest of the manifest then
     * @param files every file
     * @param note what became of an update that was interrupted before
     */
    public UpdateReport {
        requireNonNull(oldManifest, "oldManifest");
        requireNonNull(newManifest, "newManifest");
        files = List.copyOf(files);
        requireNonNull(note, "note");
    }

    UpdateReport withNote(String text) {
        return new UpdateReport(oldManifest, newManifest, files, text);
    }

    /**
     * Whether somebody has to look at a file before the service is whole again.
     *
     * @return whether a file is in conflict
     */
    public boolean hasConflicts() {
        return !files(FileUpdate.Outcome.CONFLICT).isEmpty();
    }

    /**
     * The files of one outcome.
     *
     * @param outcome the outcome
     * @return the files, sorted by path
     */
    public List<FileUpdate> files(FileUpdate.Outcome outcome) {
        requireNonNull(outcome, "outcome");
        return files.stream().filter(file -> file.outcome() == outcome).toList();
    }

    /** The note if there is one, one line for each file that isn't unchanged, and how many are. */
    @Override
    public String toString() {
        return (note.isEmpty() ? "" : note + "\n")
                + files.stream()
                        .filter(file -> file.outcome() != FileUpdate.Outcome.UNCHANGED)
                        .map(file -> file + "\n")
                        .collect(Collectors.joining())
                + files(FileUpdate.Outcome.UNCHANGED).size() + " files unchanged";
    }
}
