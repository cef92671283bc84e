package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A git repository that the program {@code git} made, and checkpoints of a log. */
final class GitFixture {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    final Path repository;
    private final OutsideProgram git;

    GitFixture(Path directory, String... init) {
        git = OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env(Map.of(
                        "HOME", directory.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Somebody",
                        "GIT_AUTHOR_EMAIL", "somebody@example.com",
                        "GIT_COMMITTER_NAME", "Somebody",
                        "GIT_COMMITTER_EMAIL", "somebody@example.com"));
        repository = directory.resolve("repository");
        List<String> arguments = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        arguments.addAll(List.of(init));
        arguments.add(repository.toString());
        String unused = git.run(directory, arguments.toArray(String[]::new)).orFail();
    }

    /** What git prints in the repository, without the last line feed. */
    @CanIgnoreReturnValue
    String git(String... arguments) {
        return gitIn(repository, arguments);
    }

    @CanIgnoreReturnValue
    String gitIn(Path directory, String... arguments) {
        return git.run(directory, arguments).orFail().strip();
    }

    /** Whether a command of git succeeds. */
    boolean tryGitIn(Path directory, String... arguments) {
        return git.run(directory, arguments).exit() == 0;
    }

    /** A commit of somebody else's on a branch, without a work tree. */
    @CanIgnoreReturnValue
    String commit(String branch, String tree) {
        String commit = git("commit-tree", "-m", "somebody else's", "-p", branch, tree);
        String unused = git("update-ref", "refs/heads/" + branch, commit);
        return commit;
    }

    /** Makes an index from lines as {@code git ls-tree} prints them. */
    void indexed(Path index, String lines) {
        for (String line : lines.split("\n")) {
            String[] parts = line.split("[ \t]");
            String unused = git.env("GIT_INDEX_FILE", index.toString())
                    .run(repository, "update-index", "--add", "--cacheinfo", parts[0] + "," + parts[2] + "," + parts[3])
                    .orFail();
        }
    }

    /** The tree of an index. */
    String treeOf(Path index) {
        return git.env("GIT_INDEX_FILE", index.toString())
                .run(repository, "write-tree")
                .orFail()
                .strip();
    }

    Path looseObject(String id) {
        return Path.of(git("rev-parse", "--absolute-git-dir"))
                .resolve("objects")
                .resolve(id.substring(0, 2))
                .resolve(id.substring(2));
    }

    GitAnchor target() {
        return GitAnchor.of("git:test", repository, "anchors", () -> NOW);
    }

    @CanIgnoreReturnValue
    static JsonObject submit(GitAnchor target, TrustedCheckpoint checkpoint) {
        return target.submit(of(checkpoint), target.prepare(checkpoint));
    }

    static Checkpoint of(TrustedCheckpoint checkpoint) {
        return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root());
    }

    /** The checkpoints of a log at sizes 1 to so many. */
    static List<TrustedCheckpoint> checkpoints(int count) {
        List<TrustedCheckpoint> checkpoints = new ArrayList<>();
        try (MerkleLog log = MerkleLog.inMemory()) {
            for (int i = 0; i < count; i++) {
                log.append(("entry " + i).getBytes(UTF_8));
                checkpoints.add(log.checkpoint());
            }
        }
        return checkpoints;
    }

    /** The objects that lie in files of their own. */
    List<Path> looseObjects() throws IOException {
        Path objects = Path.of(git("rev-parse", "--absolute-git-dir")).resolve("objects");
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(file -> file.getFileName().toString().length() == 38)
                    .sorted()
                    .toList();
        }
    }
}
