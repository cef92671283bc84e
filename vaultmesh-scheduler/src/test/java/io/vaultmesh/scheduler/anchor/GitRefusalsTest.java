package io.vaultmesh.scheduler.anchor;

import static io.vaultmesh.scheduler.anchor.GitFixture.NOW;
import static io.vaultmesh.scheduler.anchor.GitFixture.checkpoints;
import static io.vaultmesh.scheduler.anchor.GitFixture.of;
import static io.vaultmesh.scheduler.anchor.GitFixture.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.TrustedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a branch is not anchored in, and which failure that is. */
@Timeout(60)
class GitRefusalsTest {

    @TempDir
    Path directory;

    private GitFixture git;
    private GitAnchor target;
    private final TrustedCheckpoint first = checkpoints(2).get(0);
    private final TrustedCheckpoint second = checkpoints(2).get(1);

    @BeforeEach
    void make() {
        git = new GitFixture(directory, "--bare");
        target = git.target();
    }

    private void assertTrouble(Trouble expected, String message, GitAnchor at) {
        JsonObject request = JsonObject.builder()
                .put("checkpoint", first.note().toText())
                .put("parent", "")
                .put("time", NOW.getEpochSecond())
                .build();
        AnchorException refused = assertThrows(AnchorException.class, () -> at.submit(of(first), request));
        assertEquals(expected, refused.trouble(), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private GitAnchor at(Path repository, String branch) {
        return GitAnchor.of("git:test", repository, branch, () -> NOW);
    }

    @Test
    void whatIsNoRepositoryOrOfAnotherHash() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertTrouble(Trouble.MISCONFIGURED, "is no git repository", at(empty, "anchors"));
        assertTrouble(Trouble.MISCONFIGURED, "is no git repository", at(directory.resolve("none"), "anchors"));
        assertEquals(
                Trouble.MISCONFIGURED,
                assertThrows(AnchorException.class, () -> at(empty, "anchors").prepare(first))
                        .trouble());
        assertEquals(
                Trouble.MISCONFIGURED,
                assertThrows(AnchorException.class, () -> at(empty, "anchors").verify(of(first), submit(target, first)))
                        .trouble());
        GitFixture sha256 =
                new GitFixture(Files.createDirectory(directory.resolve("sha256")), "--bare", "--object-format=sha256");
        assertTrouble(Trouble.MISCONFIGURED, "sha256", sha256.target());
    }

    @Test
    void aBranchThatSomebodyWorksOn() throws IOException {
        GitFixture tree = new GitFixture(Files.createDirectory(directory.resolve("tree")));
        assertTrouble(Trouble.MISCONFIGURED, "is checked out", at(tree.repository, "main"));
        submit(tree.target(), first);
        tree.git("worktree", "add", "-q", directory.resolve("linked").toString(), "anchors");
        assertTrouble(Trouble.MISCONFIGURED, "is checked out", tree.target());
        git.git("symbolic-ref", "refs/heads/anchors", "refs/heads/other");
        assertTrouble(Trouble.MISCONFIGURED, "stands for another", target);
    }

    @Test
    void aPathOrBranchInWhosePlaceIsSomethingElse() {
        submit(at(git.repository, "anchors/one"), first);
        assertTrouble(Trouble.MISCONFIGURED, "anchors/one", target);
        String file = git.git("rev-parse", "anchors/one:" + GitPath.of(first.note()));
        Path index = directory.resolve("index");
        git.indexed(index, "100644 blob " + file + "\tin-memory");
        git.git("update-ref", "refs/heads/main", git.git("commit-tree", "-m", "x", git.treeOf(index)));
        assertTrouble(
                Trouble.MISCONFIGURED, "something else is in the place of in-memory/", at(git.repository, "main"));
    }

    @Test
    void aLockThatIsHeldUntilItIsLetGo() throws IOException {
        submit(target, first);
        JsonObject request = target.prepare(second);
        Path lock = Files.createFile(git.repository.resolve("refs/heads/anchors.lock"));
        AnchorException locked = assertThrows(AnchorException.class, () -> target.submit(of(second), request));
        assertEquals(Trouble.NETWORK, locked.trouble());
        assertTrue(locked.getMessage().contains("is locked, or moves"), locked.getMessage());
        Files.delete(lock);
        submit(target, second);
        assertEquals("2", git.git("rev-list", "--count", "anchors"));
        assertEquals("", git.git("fsck", "--strict", "--no-progress"), "what was written is what was used");
    }

    @Test
    void aRequestOfAnotherCheckpointAndNamesThatAreNone() {
        JsonObject request = target.prepare(first);
        AnchorException refused = assertThrows(AnchorException.class, () -> target.submit(of(second), request));
        assertEquals(Trouble.MISCONFIGURED, refused.trouble());
        assertThrows(IllegalArgumentException.class, () -> GitAnchor.of("file:x", directory, "anchors", () -> NOW));
        for (String branch : List.of("", "a..b", "a b", ".x", "x.lock", "a~1", "a\n")) {
            assertThrows(IllegalArgumentException.class, () -> at(directory, branch), branch);
        }
    }

    @Test
    void aBranchIsNotMovedFromWhereItNoLongerIs() throws IOException {
        submit(target, first);
        Optional<ObjectId> before = Optional.of(ObjectId.fromString(git.git("rev-parse", "anchors")));
        String theirs = git.commit("anchors", "anchors^{tree}");
        try (GitBranch at = GitBranch.open(git.repository, "anchors")) {
            ObjectId late =
                    at.commit(before, GitPath.of(second.note()), second.note().bytes(), NOW, "late\n");
            assertFalse(at.move(before, late, NOW, "late"));
            assertFalse(at.move(Optional.empty(), late, NOW, "late"));
        }
        assertEquals(theirs, git.git("rev-parse", "anchors"));
    }
}
