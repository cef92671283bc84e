package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.SignedNote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checkpoint that somebody put aside where the owner of the log can't change it unseen: a signed note, in a file or in
 * a commit. An audit that holds the log against it notices that the log was rolled back or written anew, even by who has
 * the log's key. Immutable and thread-safe.
 *
 * <p>The file is a signed note, or a document in which signed notes stand between the lines {@link #BEGIN} and {@link #END},
 * each fenced by lines of three backticks, as {@code RemembrancerBuilder.publishRootTo} writes them. All of them count.
 */
public final class PinnedCheckpoint {

    /** The line after which signed notes stand in a document. */
    public static final String BEGIN = "<!-- vaultmesh:root -->";

    /** The line before which they end. */
    public static final String END = "<!-- /vaultmesh:root -->";

    static final int MAX_BYTES = 1024 * 1024;

    private final String where;
    private final Source source;

    private PinnedCheckpoint(String where, Source source) {
        this.where = where;
        this.source = source;
    }

    /** Reads at most one byte more than a note may have. */
    interface Source {
        byte[] read() throws IOException;
    }

    /**
     * A checkpoint in a file.
     *
     * @param file the file, which holds a signed note, or a document with signed notes
     * @return the pinned checkpoint; the file is read by the audit
     */
    public static PinnedCheckpoint file(Path file) {
        requireNonNull(file, "file");
        return new PinnedCheckpoint(file.toString(), () -> {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no such file");
            }
            try (InputStream stream = Files.newInputStream(file)) {
                return stream.readNBytes(MAX_BYTES + 1);
            }
        });
    }

    /**
     * A checkpoint in a commit of a git repository, read by the program {@code git}: of a clone that others can compare,
     * a commit is hard to exchange. The repository's own hooks and filters are not run, and nothing is fetched.
     *
     * @param repository the repository's directory
     * @param revision the commit, tag or branch; a commit's hash says the most
     * @param path the file's path in the repository
     * @return the pinned checkpoint; it is read by the audit. Without the program, the check is not made
     * @throws IllegalArgumentException if the revision or the path could be read as something else by the program
     */
    public static PinnedCheckpoint git(Path repository, String revision, String path) {
        GitBlob blob = new GitBlob(repository, revision, path);
        return new PinnedCheckpoint(blob.toString(), blob::read);
    }

    /**
     * Where it is.
     *
     * @return the file, or the repository, revision and path
     */
    public String where() {
        return where;
    }

    /**
     * Holds the logs against this checkpoint.
     *
     * @param logs the logs; the one that the checkpoint is of is found by its origin
     * @return a pass if every checkpoint is signed by its log's key, and a prefix of what the log holds; not checked if
     *     one can't be read; else a failure
     */
    public Check check(List<AuditedLog> logs) {
        String name = "pinned checkpoint in " + where;
        byte[] note;
        try {
            note = source.read();
        } catch (IOException e) {
            return Check.notChecked(name, "it can't be read: " + e.getMessage());
        }
        List<SignedNote> notes;
        try {
            notes = DocumentNotes.find(note).orElseGet(() -> List.of(SignedNote.parse(note)));
        } catch (IllegalArgumentException malformed) {
            return Check.fail(name, "it is no signed note: " + malformed.getMessage());
        }
        return together(
                name, notes.stream().map(each -> check(name, each, logs)).toList());
    }

    /** One check of all: a failure if one failed, or else not checked if one wasn't. */
    private static Check together(String name, List<Check> checks) {
        if (checks.size() == 1) {
            return checks.get(0);
        }
        String details = checks.stream().map(Check::detail).collect(Collectors.joining("; "));
        Set<Outcome> outcomes = checks.stream().map(Check::outcome).collect(Collectors.toSet());
        if (outcomes.contains(Outcome.FAIL)) {
            return Check.fail(name, details);
        }
        return outcomes.equals(Set.of(Outcome.PASS)) ? Check.pass(name, details) : Check.notChecked(name, details);
    }

    private static Check check(String name, SignedNote note, List<AuditedLog> logs) {
        String origin = note.text().substring(0, note.text().indexOf('\n'));
        for (AuditedLog log : logs) {
            if (log.key().name().equals(origin)) {
                return check(name, note, log);
            }
        }
        return Check.fail(
                name,
                "it is of " + origin + ", expected one of "
                        + logs.stream().map(log -> log.key().name()).toList());
    }

    private static Check check(String name, SignedNote note, AuditedLog log) {
        try {
            TrustedCheckpoint pinned = TrustedCheckpoint.verify(note, log.key());
            return Check.of(name, log.continues().apply(pinned), "the log continues " + pinned);
        } catch (RefutedException | LogDamagedException e) {
            return Check.fail(name, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return Check.notChecked(name, "the log can't be read: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "checkpoint pinned in " + where;
    }
}
