package io.vaultmesh.spawn.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.build.OutsideProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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
}
