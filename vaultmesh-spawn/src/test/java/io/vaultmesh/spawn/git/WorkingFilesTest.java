package io.vaultmesh.spawn.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingFilesTest {

    @TempDir
    Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void areThoseThatGitLists() throws IOException {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_").env("HOME", root.toString());
        git.run(root, "init", "-q").orFail();
        write(".gitignore", "*.log\n/build/\n!keep.log\ndoc/*.txt\n# c\n\\#x\nsp\\ ace\n**/deep/*.o\n");
        write("a/.gitignore", "!b.log\n*.tmp\n");
        write(".git/info/exclude", "mine\n");
        for (String path : new String[] {
            "a/b.log", "a/c.log", "a/x.tmp", "a/keep.log", "build/out", "a/build/out", "doc/a.txt", "doc/deep/a.txt",
            "#x", "sp ace", "mine", "a/mine", "p/q/deep/r.o", "p/deep/r.c", "größe.md", "plain"
        }) {
            write(path, "");
        }

        List<String> gits = git.run(root, "-c", "core.quotePath=false", "ls-files", "--others", "--exclude-standard")
                .orFail()
                .lines()
                .sorted()
                .toList();

        assertEquals(gits, WorkingFiles.list(root));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void includeLinksAndDoNotFollowThem() throws IOException {
        write("a/b", "");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));

        assertEquals(List.of("a/b", "link"), WorkingFiles.list(root));
    }

    @Test
    void aRepositoryAroundADirectoryIsTheClosestThatDoesNotIgnoreIt() throws IOException {
        write(".git/HEAD", "");
        write(".gitignore", "/generated/\n");
        write("inner/.git", "gitdir: elsewhere\n");

        assertEquals(Optional.of(root), WorkingFiles.repositoryAround(root.resolve("services/ledger")));
        assertEquals(Optional.empty(), WorkingFiles.repositoryAround(root.resolve("generated/services/ledger")));
        assertEquals(
                Optional.of(root.resolve("inner")), WorkingFiles.repositoryAround(root.resolve("inner/x/../ledger")));
        assertEquals(Optional.empty(), WorkingFiles.repositoryAround(root));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRepositoryAroundADirectoryIsFoundBehindALink() throws IOException {
        write("repository/.git/HEAD", "");
        Files.createDirectories(root.resolve("repository/sub"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("repository/sub"));

        assertEquals(
                Optional.of(root.toRealPath().resolve("repository")),
                WorkingFiles.repositoryAround(root.resolve("link/ledger")));
    }

    /** What git itself lists, of the files that are on disk. */
    private List<String> listedByGit(OutsideProgram git, Path directory) {
        return git.run(
                        directory,
                        "-c",
                        "core.quotePath=false",
                        "ls-files",
                        "--cached",
                        "--others",
                        "--exclude-standard")
                .orFail()
                .lines()
                .sorted()
                .toList();
    }

    @Nested
    class WithTrackedFiles {

        private OutsideProgram git;

        @BeforeEach
        void trackWhatIsIgnored() throws IOException {
            git = OutsideProgram.require("git").withoutEnv("GIT_").env("HOME", root.toString());
            git.run(root, "init", "-q").orFail();
            write(".gitignore", "*.log\n/out/\n/größe/\n");
            for (String path : new String[] {
                "a/kept.log",
                "a/other.log",
                "out/kept",
                "out/other",
                "out/deep/kept",
                "größe/kept",
                "plain",
                "out/x.log"
            }) {
                write(path, "");
            }
            git.run(root, "add", "-f", "a/kept.log", "out/kept", "out/deep/kept", "größe/kept")
                    .orFail();
        }

        @ParameterizedTest
        @ValueSource(strings = {"2", "4"})
        void areThoseThatGitListsInEitherWayToKeepAnIndex(String version) {
            git.run(root, "update-index", "--index-version", version).orFail();

            List<String> listed = listedByGit(git, root);

            assertEquals(
                    List.of(".gitignore", "a/kept.log", "größe/kept", "out/deep/kept", "out/kept", "plain"), listed);
            assertEquals(listed, WorkingFiles.list(root));
        }

        @Test
        void areThoseThatGitListsWithFlagsAndWithoutAChecksum() {
            git.run(root, "add", "-N", "-f", "out/other").orFail();
            git.run(root, "-c", "index.skipHash=true", "update-index", "--force-write-index")
                    .orFail();

            List<String> listed = listedByGit(git, root);

            assertTrue(listed.contains("out/other"), listed.toString());
            assertEquals(listed, WorkingFiles.list(root));
        }

        @Test
        void areThoseThatGitListsWithLongerHashes() throws IOException {
            Path other = Files.createDirectory(root.resolve("inner"));
            git.run(other, "init", "-q", "--object-format=sha256").orFail();
            write("inner/.gitignore", "*\n");
            write("inner/kept", "");
            write("inner/other", "");
            git.run(other, "add", "-f", "kept").orFail();

            assertEquals(List.of("kept"), listedByGit(git, other));
            assertEquals(List.of("kept"), WorkingFiles.list(other));
        }

        @Test
        void areThoseOfADirectoryInARepository() throws IOException {
            write("out/.gitignore", "k*\n");

            assertEquals(
                    List.of(".gitignore", "deep/kept", "kept", "other", "x.log"),
                    WorkingFiles.list(root.resolve("out")));
        }

        @Test
        void areThoseOfAWorktree() throws IOException {
            git.run(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one")
                    .orFail();
            git.run(root, "worktree", "add", "-q", "other", "-b", "other").orFail();
            Path other = root.resolve("other");
            write("other/.gitignore", "*\n");
            write("other/a/new", "");

            assertEquals(List.of("a/kept.log", "größe/kept", "out/deep/kept", "out/kept"), listedByGit(git, other));
            assertEquals(listedByGit(git, other), WorkingFiles.list(other));
        }

        @Test
        void areThoseThatNoRuleNamesWithoutAnIndex() throws IOException {
            Files.delete(root.resolve(".git/index"));

            assertEquals(List.of(".gitignore", "plain"), WorkingFiles.list(root));
        }

        private void assertRefused(String why) {
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> WorkingFiles.list(root));
            assertTrue(e.getMessage().contains("can't read git's index " + root.resolve(".git/index")), e.getMessage());
            assertTrue(e.getMessage().contains(why), e.getMessage());
        }

        @Test
        void areNotListedByADamagedIndex() throws IOException {
            Path index = root.resolve(".git/index");
            byte[] whole = Files.readAllBytes(index);
            for (int length : new int[] {0, 19, 40, whole.length - 1}) {
                Files.write(index, Arrays.copyOf(whole, length));
                assertRefused("its checksum is not that of its bytes");
            }
            byte[] flipped = whole.clone();
            flipped[70] ^= 1;
            Files.write(index, flipped);
            assertRefused("its checksum is not that of its bytes");
            // the right checksum is no proof of a format that is known
            byte[] unsealed = Arrays.copyOf(whole, whole.length);
            Arrays.fill(unsealed, whole.length - 20, whole.length, (byte) 0);
            unsealed[7] = 5;
            Files.write(index, unsealed);
            assertRefused("it has version 5");
            unsealed[7] = 2;
            unsealed[11] = 99;
            Files.write(index, unsealed);
            assertRefused("it ends too early");
            unsealed[0] = 'X';
            Files.write(index, unsealed);
            assertRefused("it doesn't start with DIRC");
        }

        @Test
        void areNotListedByASplitIndex() {
            git.run(root, "update-index", "--split-index").orFail();

            assertRefused("`git update-index --no-split-index` makes it whole");

            git.run(root, "update-index", "--no-split-index").orFail();
            assertEquals(listedByGit(git, root), WorkingFiles.list(root));
        }
    }
}
