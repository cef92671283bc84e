package io.vaultmesh.scheduler.anchor;

import io.vaultmesh.remembrancer.disk.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** A branch of a repository that is open: what is in its history, and how a commit gets on top. Not thread-safe. */
final class GitBranch implements AutoCloseable {

    private static final String AUTHOR = "VaultMesh";
    private static final String ADDRESS = "anchor@vaultmesh.invalid";

    private final Repository repository;
    private final String ref;

    private GitBranch(Repository repository, String ref) {
        this.repository = repository;
        this.ref = ref;
    }

    /**
     * Opens a branch, which need not be there.
     *
     * @throws AnchorException if there is no repository, or it is of a kind that can't be read here
     * @throws IOException if the disk refuses
     */
    static GitBranch open(Path directory, String branch) throws IOException {
        Path git = Files.isDirectory(directory.resolve(Constants.DOT_GIT))
                ? directory.resolve(Constants.DOT_GIT)
                : directory;
        if (!RepositoryCache.FileKey.isGitRepository(git.toFile(), FS.DETECTED)) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED, directory + " is no git repository, expected one, bare or with a work tree");
        }
        try {
            Repository opened = new FileRepositoryBuilder()
                    .setGitDir(git.toFile())
                    .setMustExist(true)
                    .build();
            StoredConfig config = opened.getConfig();
            String format = config.getString("extensions", null, "objectFormat");
            if (format != null && !format.equalsIgnoreCase("sha1")) {
                opened.close();
                throw new AnchorException(
                        Trouble.MISCONFIGURED, directory + " has objects of " + format + ", expected sha1");
            }
            config.load(); // what its file says, and not what was set for an earlier one
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncObjectFiles", true); // never saved
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", true);
            return new GitBranch(opened, Constants.R_HEADS + branch);
        } catch (RepositoryNotFoundException | ConfigInvalidException | IllegalArgumentException e) {
            throw new AnchorException(Trouble.MISCONFIGURED, directory + " can't be opened: " + e.getMessage());
        }
    }

    /** The newest commit; empty if there is no such branch. */
    Optional<ObjectId> tip() throws IOException {
        return Optional.ofNullable(repository.exactRef(ref)).map(Ref::getObjectId);
    }

    /**
     * Makes sure that nobody works on the branch: a work tree whose branch moves looks as if all that is new were deleted,
     * and the next commit would delete it.
     */
    void requireNobodyWorksOnIt() throws IOException {
        Ref there = repository.exactRef(ref);
        if (there != null && there.isSymbolic()) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED, ref + " stands for another branch, expected one of its own");
        }
        if (there == null
                && !repository.getRefDatabase().getConflictingNames(ref).isEmpty()) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    ref + " can't be made beside the branches "
                            + repository.getRefDatabase().getConflictingNames(ref));
        }
        Path git = repository.getDirectory().toPath();
        if (!repository.isBare()) {
            requireOther(git);
        }
        Path linked = git.resolve("worktrees");
        if (Files.isDirectory(linked)) {
            try (DirectoryStream<Path> trees = Files.newDirectoryStream(linked)) {
                for (Path tree : trees) {
                    requireOther(tree);
                }
            }
        }
    }

    private void requireOther(Path workTree) throws IOException {
        Path head = workTree.resolve(Constants.HEAD);
        if (Files.exists(head)
                && Files.readString(head, StandardCharsets.ISO_8859_1).strip().equals("ref: " + ref)) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    ref + " is checked out in the work tree of " + workTree
                            + ", expected a branch that nobody works on");
        }
    }

    /** The first commit in the history of one that has exactly this file, from a known commit on; that one included. */
    Optional<ObjectId> find(ObjectId tip, Optional<ObjectId> known, String path, byte[] bytes) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit start = walk.parseCommit(tip);
            Optional<RevCommit> base = Optional.empty();
            if (known.isPresent() && repository.getObjectDatabase().has(known.get())) {
                RevCommit before = walk.parseCommit(known.get());
                if (walk.isMergedInto(before, start)) {
                    base = Optional.of(before);
                }
            }
            if (base.isPresent() && has(walk.getObjectReader(), base.get(), path, bytes)) {
                return Optional.of(base.get().copy());
            }
            walk.reset();
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(start);
            if (base.isPresent()) {
                walk.markUninteresting(base.get());
            }
            for (RevCommit commit : walk) {
                if (has(walk.getObjectReader(), commit, path, bytes)) {
                    return Optional.of(commit.copy());
                }
            }
            return Optional.empty();
        }
    }

    private static boolean has(ObjectReader reader, RevCommit commit, String path, byte[] bytes) throws IOException {
        return GitTree.file(reader, commit.getTree(), path)
                .filter(there -> Arrays.equals(there, bytes))
                .isPresent();
    }

    /** The file in a commit, whose bytes are held against its id; empty if it has none there. */
    Optional<byte[]> file(ObjectId commit, String path) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            RevCommit parsed = RevCommit.parse(GitTree.bytes(reader, commit, Constants.OBJ_COMMIT));
            return GitTree.file(reader, parsed.getTree(), path);
        }
    }

    /** Whether the branch's history has a commit. */
    boolean reaches(ObjectId tip, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(tip));
        }
    }

    /** Whether there is such an object. */
    boolean has(ObjectId id) throws IOException {
        return repository.getObjectDatabase().has(id);
    }

    /** Writes a commit with one file more than the one before; its bytes depend on nothing else than these arguments. */
    ObjectId commit(Optional<ObjectId> before, String path, byte[] bytes, Instant at, String message)
            throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(reader)) {
            Optional<ObjectId> tree = before.isPresent()
                    ? Optional.of(walk.parseCommit(before.get()).getTree())
                    : Optional.empty();
            ObjectId file = inserter.insert(Constants.OBJ_BLOB, bytes);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(GitTree.with(reader, inserter, tree, List.of(path.split("/", -1)), file));
            before.ifPresent(commit::setParentId);
            commit.setAuthor(person(at));
            commit.setCommitter(person(at));
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private static PersonIdent person(Instant at) {
        return new PersonIdent(AUTHOR, ADDRESS, at, ZoneOffset.UTC);
    }

    /**
     * Moves the branch on by a commit.
     *
     * @return whether it moved; not, if it has moved meanwhile, or somebody has its lock
     */
    boolean move(Optional<ObjectId> from, ObjectId to, Instant at, String message) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setExpectedOldObjectId(from.orElse(ObjectId.zeroId()));
        update.setNewObjectId(to);
        update.setRefLogIdent(person(at));
        update.setRefLogMessage(message, false);
        RefUpdate.Result result = update.update();
        return switch (result) {
            case NEW, FAST_FORWARD, NO_CHANGE -> true;
            case LOCK_FAILURE, REJECTED -> false;
            default -> throw new IOException(ref + " can't be moved: " + result);
        };
    }

    /** Forces to the disk the names of objects and references; what the files hold was forced as they were written. */
    void force() throws IOException {
        Path git = repository.getDirectory().toPath();
        Path directory = git.resolve(ref).getParent();
        while (directory != null && directory.startsWith(git)) {
            if (Files.isDirectory(directory)) {
                Durable.force(directory);
            }
            directory = directory.getParent();
        }
        Path objects = git.resolve(Constants.OBJECTS);
        try (DirectoryStream<Path> fans = Files.newDirectoryStream(objects, "[0-9a-f][0-9a-f]")) {
            for (Path fan : fans) {
                Durable.force(fan);
            }
        }
        Durable.force(objects);
    }

    @Override
    public void close() {
        repository.close();
    }

    @Override
    public String toString() {
        return ref + " of " + repository.getDirectory();
    }
}
