package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git itself says about the repository of a spawned service. */
class SpawnedRepositoryTest {

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger")
            .description("Double-entry ledger — «büchlein»")
            .commitDate(Instant.parse("2026-03-04T05:06:07Z"))
            .build();

    /** Paths in an order in which git's differs from that of plain text, and every mode there is. */
    private static final Generator AWKWARD = Generator.of("awkward", (spec, files) -> {
        for (String path : List.of("a/b", "a-b", "a.b", "a0", "Z/z/z", "Z/z-", "empty", "x/" + "y".repeat(250))) {
            files.add(RelativePath.of(path), path.equals("empty") ? "" : path + "\r\nsecond line\n");
        }
        files.addExecutable(RelativePath.of("bin/run"), FileContent.utf8("#!/bin/sh\n"));
        files.add(RelativePath.of("same"), "a/b\r\nsecond line\n");
        files.add(RelativePath.of("binary"), FileContent.of(new byte[] {0, 1, 2, '\r', '\n', (byte) 0xFF}));
    });

    @TempDir
    Path temp;

    @CanIgnoreReturnValue
    private SpawnResult spawn() {
        return Spawner.builder().into(temp).add(AWKWARD).build().spawn(LEDGER);
    }

    /** Settings that would change files or commits if anything here heeded them. */
    private Map<String, String> hostile() throws IOException {
        Path home = Files.createDirectories(temp.resolve("home"));
        Path hooks = Files.createDirectories(home.resolve("hooks"));
        Path hook = Files.writeString(hooks.resolve("pre-commit"), "#!/bin/sh\nexit 1\n");
        assertTrue(hook.toFile().setExecutable(true));
        Files.writeString(home.resolve("ignore"), "*.md\n*.py\n");
        Files.writeString(
                home.resolve(".gitconfig"),
                "[core]\n\tautocrlf = true\n\teol = crlf\n\tsafecrlf = true\n\tfilemode = false\n\tignorecase = true\n"
                        + "\thooksPath = " + hooks + "\n\texcludesFile = " + home.resolve("ignore") + "\n"
                        + "\tcompression = 9\n\tsha1Implementation = jdkNative\n"
                        + "[init]\n\tdefaultBranch = trunk\n\ttemplateDir = " + hooks + "\n"
                        + "[commit]\n\tgpgsign = true\n[user]\n\tname = Mallory\n\temail = mallory@example.com\n"
                        + "[i18n]\n\tcommitEncoding = ISO-8859-1\n");
        return Map.of(
                "HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("xdg").toString());
    }

    private Map<String, String> gentle() {
        return Map.of("HOME", temp.resolve("nobody").toString(), "GIT_CONFIG_NOSYSTEM", "1", "LC_ALL", "C.UTF-8");
    }

    @Test
    void hasNothingToCommit() {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Path directory = spawn().directory();

        // before the status, which looks into files and refreshes what it remembers of them
        assertEquals(
                "",
                git.env(gentle()).run(directory, "diff-files", "--name-only").orFail());
        assertEquals(
                "",
                git.env(gentle())
                        .run(directory, "status", "--porcelain", "--ignored")
                        .orFail());
        assertEquals(
                "", git.env(gentle()).run(directory, "diff", "--cached", "HEAD").orFail());
    }

    @Test
    void isFlawless() {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Path directory = spawn().directory();

        String said = git.env(gentle())
                .run(directory, "fsck", "--strict", "--full", "--no-dangling")
                .orFail();

        assertFalse(said.contains("error") || said.contains("warning"), said);
    }

    @Test
    void hasOneCommitOnMainByAFixedAuthorOnTheDateOfTheSpecification() {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        SpawnResult result = spawn();

        assertEquals(
                result.commit() + " VaultMesh Spawn <spawn@vaultmesh.invalid> 2026-03-04T05:06:07+00:00"
                        + " VaultMesh Spawn <spawn@vaultmesh.invalid> 2026-03-04T05:06:07+00:00 (HEAD -> main)\n"
                        + "Create ledger\n\nDouble-entry ledger — «büchlein»\n\n",
                git.env(gentle())
                        .run(result.directory(), "log", "--all", "--format=%H %an <%ae> %aI %cn <%ce> %cI%d%n%B")
                        .orFail()
                        .replace("Z ", "+00:00 "));
    }

    @Test
    void holdsEveryFileByteForByteWithItsMode() {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        SpawnResult result = spawn();

        Map<String, String> modes = new HashMap<>();
        for (GeneratedFile file :
                Spawner.builder().add(AWKWARD).build().plan(LEDGER).files()) {
            modes.put(file.path().value(), file.executable() ? "100755" : "100644");
        }
        Map<String, String> committed = new HashMap<>();
        git.env(gentle())
                .run(result.directory(), "ls-tree", "-r", "HEAD")
                .orFail()
                .lines()
                .forEach(line -> {
                    String[] parts = line.split("[ \t]", 4);
                    committed.put(parts[3], parts[0]);
                });
        assertEquals(modes, committed);

        Path copy = temp.resolve("copy");
        git.env(gentle())
                .run(
                        temp,
                        "clone",
                        "-q",
                        "-c",
                        "core.autocrlf=false",
                        result.directory().toString(),
                        copy.toString())
                .orFail();
        assertTrue(
                result.manifest().verify(copy).passed(),
                () -> result.manifest().verify(copy).toText());
    }

    @Test
    void isTheSameForAUserWithHostileSettings() throws IOException {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        OutsideProgram java = OutsideProgram.java();
        Map<String, String> hostile = hostile();
        String home = hostile.get("HOME");

        // a process of its own: JGit and Java learn where the user's home is when they start
        String said = java.env(hostile)
                .run(
                        temp,
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpawnOne.class.getName(),
                        temp.resolve("hostile").toString())
                .orFail();

        String commit = Spawner.builder()
                .into(temp.resolve("plain"))
                .environment(Map.of())
                .build()
                .spawn(SpawnOne.SPEC)
                .commit();
        assertEquals(commit, said.strip());
        Path directory = temp.resolve("hostile").resolve("ledger");
        assertEquals(
                "", git.env(hostile).run(directory, "status", "--porcelain").orFail());
        assertEquals(
                "main\n",
                git.env(hostile).run(directory, "branch", "--show-current").orFail());
        assertFalse(Files.exists(Path.of(home, ".config")) || Files.exists(Path.of(home, "xdg")));
    }

    @Test
    void isMadeEvenIfTheUsersSettingsAreBroken() throws IOException {
        OutsideProgram java = OutsideProgram.java();
        Path home = Files.createDirectories(temp.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), "[core\nnonsense");

        String said = java.env(Map.of("HOME", home.toString()))
                .run(
                        temp,
                        "-Duser.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpawnOne.class.getName(),
                        temp.resolve("out").toString())
                .orFail();

        assertTrue(said.strip().matches("[0-9a-f]{40}"), said);
    }

    @Test
    void isMadeWithoutChangingJGitForTheHost() {
        SystemReader before = SystemReader.getInstance();
        spawn();

        assertSame(before, SystemReader.getInstance());
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("JGit")),
                "JGit started a thread");
    }
}
