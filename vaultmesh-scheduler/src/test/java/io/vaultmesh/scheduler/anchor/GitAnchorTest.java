package io.vaultmesh.scheduler.anchor;

import static io.vaultmesh.scheduler.anchor.GitFixture.NOW;
import static io.vaultmesh.scheduler.anchor.GitFixture.checkpoints;
import static io.vaultmesh.scheduler.anchor.GitFixture.of;
import static io.vaultmesh.scheduler.anchor.GitFixture.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.Finality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GitAnchorTest {

    private static final List<TrustedCheckpoint> CHECKPOINTS = checkpoints(4);

    @TempDir
    Path directory;

    private GitFixture git;
    private GitAnchor target;
    private final TrustedCheckpoint first = CHECKPOINTS.get(0);
    private final TrustedCheckpoint second = CHECKPOINTS.get(1);

    @BeforeEach
    void make() {
        git = new GitFixture(directory, "--bare");
        target = git.target();
    }

    private int commits() {
        return Integer.parseInt(git.git("rev-list", "--count", "anchors"));
    }

    private Finality verify(TrustedCheckpoint checkpoint, JsonObject evidence) {
        return target.verify(of(checkpoint), evidence);
    }

    @Nested
    class Committing {

        @Test
        void gitReadsWhatIsCommitted() {
            JsonObject one = submit(target, first);
            JsonObject two = submit(target, second);
            assertEquals("", git.git("fsck", "--strict", "--no-progress"));
            assertEquals(
                    "Checkpoint of in-memory at size 2\nCheckpoint of in-memory at size 1",
                    git.git("log", "--format=%s", "anchors"));
            assertEquals(
                    "VaultMesh <anchor@vaultmesh.invalid> 2026-06-01T12:00:00+00:00",
                    git.git("log", "-1", "--format=%cn <%ce> %cI", "anchors"));
            assertEquals(
                    first.note().toText().strip(), git.git("show", one.string("commit") + ":" + one.string("path")));
            assertEquals(second.note().toText().strip(), git.git("cat-file", "blob", "anchors:" + two.string("path")));
            assertEquals(two.string("commit"), git.git("rev-parse", "anchors"));
            assertEquals(
                    one.string("path") + "\n" + two.string("path"), git.git("ls-tree", "-r", "--name-only", "anchors"));
            assertEquals(new Finality.Final(NOW), verify(first, one));
            assertEquals(new Finality.Final(NOW), verify(second, two));
        }

        @Test
        void theSameAgainCommitsNothing() {
            JsonObject request = target.prepare(first);
            JsonObject one = target.submit(of(first), request);
            assertEquals(one, git.target().submit(of(first), request));
            assertEquals(one, submit(target, first), "prepared anew, as by another lane");
            assertEquals(1, commits());
            JsonObject two = submit(target, second);
            assertEquals(one, target.submit(of(first), request));
            assertEquals(two, submit(target, second));
            assertEquals(2, commits());
        }

        @Test
        void whicheverObjectsACrashLeftTheSameCommitIsMade() throws IOException {
            submit(target, first);
            List<Path> before = git.looseObjects();
            JsonObject request = target.prepare(second);
            JsonObject evidence = target.submit(of(second), request);
            List<Path> made = git.looseObjects().stream()
                    .filter(file -> !before.contains(file))
                    .toList();
            assertEquals(4, made.size(), "a file, two trees, a commit: " + made);
            for (int left = 0; left < 1 << made.size(); left++) {
                git.git("update-ref", "refs/heads/anchors", "anchors~1");
                for (int i = 0; i < made.size(); i++) {
                    if ((left & (1 << i)) == 0) {
                        Files.deleteIfExists(made.get(i));
                    }
                }
                Instant later = NOW.plusSeconds(left);
                GitAnchor restarted = GitAnchor.of("git:test", git.repository, "anchors", () -> later);
                assertEquals(evidence, restarted.submit(of(second), request));
                assertEquals("", git.git("fsck", "--strict", "--no-progress"), "nothing dangles");
                assertEquals(2, commits());
            }
        }

        @Test
        void ifTheBranchHasMovedItIsFoundOrCommittedOnTop() {
            submit(target, first);
            JsonObject request = target.prepare(second);
            String theirs = git.commit("anchors", "anchors^{tree}");
            JsonObject evidence = target.submit(of(second), request);
            assertEquals(theirs, git.git("rev-parse", "anchors~1"));
            assertEquals(evidence.string("commit"), git.git("rev-parse", "anchors"));
            git.commit("anchors", "anchors^{tree}");
            git.commit("anchors", git.git("rev-parse", "anchors~3^{tree}")); // without the file
            assertEquals(evidence, target.submit(of(second), request));
            assertEquals(5, commits());
            assertEquals(new Finality.Final(NOW), verify(second, evidence));
        }

        @Test
        void othersFilesStay() throws IOException {
            Path clone = directory.resolve("clone");
            git.gitIn(directory, "clone", "-q", git.repository.toString(), clone.toString());
            git.gitIn(clone, "checkout", "-q", "-b", "anchors");
            for (String name : List.of("in-memory.", "in-memory-", "in-memory0", "a", "z")) {
                Files.writeString(clone.resolve(name), name);
            }
            Files.writeString(Files.createDirectory(clone.resolve("in-memory")).resolve("001"), "theirs");
            git.gitIn(clone, "add", ".");
            git.gitIn(clone, "update-index", "--chmod=+x", "a");
            git.gitIn(clone, "commit", "-qm", "theirs");
            git.gitIn(clone, "push", "-q", "origin", "anchors");
            String before = git.git("ls-tree", "-r", "anchors");
            JsonObject evidence = submit(target, first);
            assertEquals("", git.git("fsck", "--strict", "--no-progress"));
            String after = git.git("ls-tree", "-r", "anchors");
            assertEquals(
                    before,
                    String.join(
                            "\n",
                            after.lines()
                                    .filter(line -> !line.endsWith("\t" + evidence.string("path")))
                                    .toList()));
            assertEquals(before.lines().count() + 1, after.lines().count());
        }

        @Test
        void whatOthersPushMeanwhileIsNotLost() throws Exception {
            submit(target, first);
            Path clone = directory.resolve("clone");
            git.gitIn(directory, "clone", "-q", "-b", "anchors", git.repository.toString(), clone.toString());
            List<TrustedCheckpoint> all = checkpoints(24);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Callable<Void> pushes = () -> {
                    for (int i = 0; i < 8; i++) {
                        git.gitIn(clone, "commit", "-q", "--allow-empty", "-m", "pushed " + i);
                        while (!git.tryGitIn(clone, "push", "-q")) {
                            git.gitIn(clone, "pull", "-q", "--rebase");
                        }
                    }
                    return null;
                };
                Callable<Void> anchors = () -> {
                    for (TrustedCheckpoint checkpoint : all.subList(1, all.size())) {
                        JsonObject request = target.prepare(checkpoint);
                        while (true) {
                            try {
                                var unused = target.submit(of(checkpoint), request);
                                break;
                            } catch (AnchorException locked) {
                                assertEquals(Trouble.NETWORK, locked.trouble(), locked.getMessage());
                            }
                        }
                    }
                    return null;
                };
                for (Future<Void> done : threads.invokeAll(List.of(pushes, anchors))) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
            String log = git.git("log", "--format=%s", "anchors");
            assertEquals(24 + 8, log.lines().count(), log);
            assertEquals(24 + 8, log.lines().distinct().count(), log);
            assertEquals("", git.git("fsck", "--strict", "--no-progress", "--no-dangling"));
        }

        @Test
        void aWorkTreeAndItsIndexAreLeftAlone() throws IOException {
            GitFixture tree = new GitFixture(Files.createDirectory(directory.resolve("tree")));
            Files.writeString(tree.repository.resolve("file"), "one");
            tree.git("add", "file");
            tree.git("commit", "-qm", "one");
            Path hook =
                    Files.writeString(tree.repository.resolve(".git/hooks/post-commit"), "#!/bin/sh\ntouch hooked\n");
            assertTrue(hook.toFile().setExecutable(true));
            Files.writeString(tree.repository.resolve("file"), "two");
            tree.git("add", "file");
            Files.writeString(tree.repository.resolve("file"), "three");
            String status = tree.git("status", "--porcelain");
            byte[] index = Files.readAllBytes(tree.repository.resolve(".git/index"));
            JsonObject evidence = submit(tree.target(), first);
            assertEquals(new Finality.Final(NOW), tree.target().verify(of(first), evidence));
            assertEquals(-1, Arrays.mismatch(index, Files.readAllBytes(tree.repository.resolve(".git/index"))));
            assertEquals(status, tree.git("status", "--porcelain"));
            assertEquals("MM file", status);
            assertEquals(
                    "main\nanchors", tree.git("log", "--all", "--format=%D").replace("HEAD -> ", ""));
        }
    }

    @Nested
    class Verifying {

        @Test
        void aBranchThatWasResetOrDeletedIsMissingItAndGetsItAgain() {
            submit(target, first);
            JsonObject request = target.prepare(second);
            JsonObject evidence = target.submit(of(second), request);
            git.git("update-ref", "refs/heads/anchors", "anchors~1");
            assertInstanceOf(Finality.Missing.class, verify(second, evidence));
            assertEquals(evidence, target.submit(of(second), request));
            assertEquals(new Finality.Final(NOW), verify(second, evidence));
            git.git("update-ref", "-d", "refs/heads/anchors");
            assertInstanceOf(Finality.Missing.class, verify(second, evidence));
            git.git("gc", "-q", "--prune=now");
            JsonObject again = target.submit(of(second), request);
            assertNotEquals(evidence.string("commit"), again.string("commit"), "without the parent that is gone");
            assertInstanceOf(Finality.Missing.class, verify(second, evidence));
            assertEquals(new Finality.Final(NOW), verify(second, again));
        }

        @Test
        void packedItIsThereStill() {
            JsonObject one = submit(target, first);
            JsonObject two = submit(target, second);
            git.git("gc", "-q", "--prune=now");
            git.git("pack-refs", "--all");
            assertEquals(new Finality.Final(NOW), verify(first, one));
            assertEquals(two, submit(target, second));
            submit(target, CHECKPOINTS.get(2));
            assertEquals(3, commits());
        }

        @Test
        void changedEvidenceIsInvalid() {
            JsonObject one = submit(target, first);
            JsonObject two = submit(target, second);
            assertInstanceOf(Finality.Invalid.class, verify(second, one));
            for (List<String> change : List.of(
                    List.of("checkpoint", second.note().toText()),
                    List.of("checkpoint", "no note"),
                    List.of("branch", "main"),
                    List.of("path", two.string("path")),
                    List.of("path", "in-memory"),
                    List.of("commit", git.git("rev-parse", "anchors^{tree}")),
                    List.of("commit", one.string("commit").toUpperCase(Locale.ROOT)),
                    List.of("commit", "HEAD"))) {
                Finality finality = verify(first, with(one, change.get(0), change.get(1)));
                assertInstanceOf(Finality.Invalid.class, finality, change + ": " + finality);
            }
            assertInstanceOf(Finality.Invalid.class, verify(second, with(two, "commit", one.string("commit"))));
            assertInstanceOf(Finality.Missing.class, verify(first, with(one, "commit", "0".repeat(39) + "1")));
            assertInstanceOf(
                    Finality.Invalid.class, verify(first, JsonObject.builder().build()));
        }

        private JsonObject with(JsonObject evidence, String member, String value) {
            JsonObject.Builder changed = JsonObject.builder();
            for (String name : List.of("branch", "checkpoint", "commit", "path")) {
                changed.put(name, name.equals(member) ? value : evidence.string(name));
            }
            return changed.build();
        }

        @Test
        void aFileThatTheBranchHasWithOtherBytesProvesNothing() {
            JsonObject one = submit(target, first);
            JsonObject two = submit(target, second);
            // somebody commits another checkpoint's file in this one's place
            String other = git.git("rev-parse", "anchors:" + two.string("path"));
            Path index = directory.resolve("index");
            String forged = git.git("ls-tree", "-r", one.string("commit")).replaceFirst("[0-9a-f]{40}", other);
            git.indexed(index, forged);
            String commit = git.commit("anchors", git.treeOf(index));
            Finality finality = verify(first, with(one, "commit", commit));
            assertInstanceOf(Finality.Invalid.class, finality, finality.toString());
            assertEquals(new Finality.Final(NOW), verify(first, one), "which is in the history all the same");
        }

        @Test
        void objectsThatWereExchangedInPlaceAreNotBelieved() throws IOException {
            JsonObject one = submit(target, first);
            String blob = git.git("rev-parse", one.string("commit") + ":" + one.string("path"));
            // a commit that is well-formed, under the id of another
            Path object = git.looseObject(one.string("commit"));
            byte[] real = Files.readAllBytes(object);
            submit(target, second);
            byte[] other = Files.readAllBytes(git.looseObject(git.git("rev-parse", "anchors")));
            for (String id : List.of(one.string("commit"), git.git("rev-parse", one.string("commit") + "^{tree}"))) {
                Path place = git.looseObject(id);
                byte[] before = Files.readAllBytes(place);
                assertTrue(place.toFile().setWritable(true));
                Files.write(
                        place,
                        id.equals(one.string("commit"))
                                ? other
                                : Files.readAllBytes(git.looseObject(git.git("rev-parse", "anchors^{tree}"))));
                assertInstanceOf(Finality.Missing.class, verify(first, one));
                Files.write(place, before);
            }
            assertTrue(real.length > 0);
            Files.delete(git.looseObject(blob));
            assertInstanceOf(Finality.Missing.class, verify(first, one));
        }
    }
}
