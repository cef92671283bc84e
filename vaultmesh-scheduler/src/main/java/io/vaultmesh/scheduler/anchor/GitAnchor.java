package io.vaultmesh.scheduler.anchor;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.config.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Commits signed checkpoints to a branch of a git repository on this machine, bare or not, each as a file of its own. Worth as
 * much as those who have clones: a branch that somebody else has can't be taken back unseen.
 *
 * <p>Guaranteed: when it is submitted, the commit is durable and in the branch's history, and the file was added once, also
 * after a crash at any point and if others commit to the branch meanwhile, of whose commits none is lost. No work tree, no index
 * and no other branch is touched; no hook runs, nothing is signed, and who commits, when and with which message depends on no
 * setting of git.
 *
 * <p>Not guaranteed: anything if the branch is reset and its objects deleted, which is {@link Finality.Missing}; more than SHA-1
 * gives. Nothing is pushed: who has the clones has to fetch. A process that is killed while it has the branch's lock leaves the
 * lock, as git does, and the branch stays as it is until somebody deletes the file. JGit reads the user's and the system's
 * settings when it opens a repository, for which it may start {@code git}, and measures the file system once per process.
 *
 * <p>Thread-safe.
 */
public final class GitAnchor implements Anchor {

    private static final int ATTEMPTS = 8;

    private final String name;
    private final Path repository;
    private final String branch;
    private final InstantSource clock;

    private GitAnchor(String name, Path repository, String branch, InstantSource clock) {
        this.name = name;
        this.repository = repository;
        this.branch = branch;
        this.clock = clock;
    }

    /**
     * A target that is a branch.
     *
     * @param name what the target is called, such as {@code git:transparency}
     * @param repository the repository's directory, of SHA-1: a bare one, or one with a work tree
     * @param branch the branch, such as {@code anchors}, which is made if it is absent; in no work tree it is checked out
     * @param clock says when a commit was made, and when it was found there
     * @return the target
     * @throws IllegalArgumentException if the name is not {@code git:} and a reference, or git takes no such branch
     */
    public static GitAnchor of(String name, Path repository, String branch, InstantSource clock) {
        if (!Lane.requireTarget(name).startsWith("git:")) {
            throw new IllegalArgumentException("target is " + name + ", expected git: and a name");
        }
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new IllegalArgumentException("branch is \"" + branch + "\", expected a name that git takes");
        }
        return new GitAnchor(name, repository.toAbsolutePath(), branch, requireNonNull(clock, "clock"));
    }

    @Override
    public String name() {
        return name;
    }

    /** The checkpoint, the commit on which the new one will stand if the branch stays as it is, and the new one's time. */
    @Override
    public JsonObject prepare(TrustedCheckpoint checkpoint) {
        try (GitBranch at = GitBranch.open(repository, branch)) {
            at.requireNobodyWorksOnIt();
            return JsonObject.builder()
                    .put("checkpoint", checkpoint.note().toText())
                    .put("parent", at.tip().map(ObjectId::name).orElse(""))
                    .put("time", clock.instant().getEpochSecond())
                    .build();
        } catch (IOException e) {
            throw new AnchorException(Trouble.NETWORK, "can't read " + repository + ": " + e.getMessage());
        }
    }

    @Override
    public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
        SignedNote note = SignedNote.parse(request.string("checkpoint"));
        if (!Checkpoint.parse(note.text()).equals(checkpoint)) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    "the request is of " + Checkpoint.parse(note.text()) + ", expected " + checkpoint);
        }
        String parent = request.string("parent");
        Optional<ObjectId> known = parent.isEmpty() ? Optional.empty() : Optional.of(ObjectId.fromString(parent));
        Instant time = Instant.ofEpochSecond(request.integer("time"));
        try (GitBranch at = GitBranch.open(repository, branch)) {
            at.requireNobodyWorksOnIt();
            ObjectId commit = put(at, note, known, time);
            at.force();
            return JsonObject.builder()
                    .put("branch", branch)
                    .put("checkpoint", note.toText())
                    .put("commit", commit.name())
                    .put("path", GitPath.of(note))
                    .build();
        } catch (IOException e) {
            throw new AnchorException(Trouble.UNKNOWN_OUTCOME, "can't write " + repository + ": " + e.getMessage());
        }
    }

    /** Finds the commit that has the checkpoint, or makes it. */
    private ObjectId put(GitBranch at, SignedNote note, Optional<ObjectId> known, Instant time) throws IOException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        String message = "Checkpoint of " + checkpoint.origin() + " at size " + checkpoint.size() + "\n";
        String path = GitPath.of(note);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ObjectId> tip = at.tip();
            if (tip.isPresent()) {
                Optional<ObjectId> found = at.find(tip.get(), known, path, note.bytes());
                if (found.isPresent()) {
                    return found.get();
                }
            }
            ObjectId commit = at.commit(tip, path, note.bytes(), time, message);
            if (at.move(tip, commit, time, message.strip())) {
                return commit;
            }
        }
        throw new AnchorException(
                Trouble.NETWORK,
                at + " is locked, or moves all the time; a .lock beside it that no process has is to be deleted");
    }

    @Override
    public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
        SignedNote note;
        ObjectId commit;
        try {
            note = SignedNote.parse(evidence.string("checkpoint"));
            require("checkpoint", Checkpoint.parse(note.text()).toString(), checkpoint.toString());
            require("branch", evidence.string("branch"), branch);
            require("path", evidence.string("path"), GitPath.of(note));
            commit = ObjectId.fromString(evidence.string("commit"));
            require("commit", evidence.string("commit"), commit.name());
        } catch (IllegalArgumentException e) { // JGit's own for what is no id is one too
            return new Finality.Invalid(String.valueOf(e.getMessage()));
        }
        try (GitBranch at = GitBranch.open(repository, branch)) {
            return verify(at, note, commit);
        } catch (IOException e) {
            throw new AnchorException(Trouble.NETWORK, "can't read " + repository + ": " + e.getMessage());
        }
    }

    private static void require(String what, String found, String expected) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(what + " of the evidence is " + found + ", expected " + expected);
        }
    }

    private Finality verify(GitBranch at, SignedNote note, ObjectId commit) throws IOException {
        Optional<ObjectId> tip = at.tip();
        if (tip.isEmpty()) {
            return new Finality.Missing("there is no " + at);
        }
        if (!at.has(commit)) {
            return new Finality.Missing("commit " + commit.name() + " is gone");
        }
        try {
            Optional<byte[]> file = at.file(commit, GitPath.of(note));
            if (file.isEmpty() || !Arrays.equals(file.get(), note.bytes())) {
                return new Finality.Invalid("commit " + commit.name() + " doesn't have the signed checkpoint");
            }
        } catch (IncorrectObjectTypeException e) {
            return new Finality.Invalid(String.valueOf(e.getMessage()));
        } catch (CorruptObjectException | MissingObjectException e) {
            return new Finality.Missing("commit " + commit.name() + " is damaged: " + e.getMessage());
        }
        return at.reaches(tip.get(), commit)
                ? new Finality.Final(clock.instant())
                : new Finality.Missing("commit " + commit.name() + " is not in the history of " + at);
    }

    @Override
    public String toString() {
        return name + ", branch " + branch + " of " + repository;
    }
}
