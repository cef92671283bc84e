package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PreflightTest {

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger").build();

    @TempDir
    Path temp;

    private Path bin;

    @BeforeEach
    void makeADirectoryOfPrograms() throws IOException {
        bin = Files.createDirectory(temp.resolve("bin"));
    }

    /** Puts a program on the path that says something. */
    private void program(String name, String says) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\necho '" + says + "'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Report preflight(String... without) {
        Spawner.Builder spawner = Spawner.builder()
                .into(temp.resolve("services"))
                .environment(Map.of("PATH", bin.toString(), "HOME", temp.toString()));
        for (String generator : without) {
            spawner.without(generator);
        }
        return spawner.build().preflight(LEDGER);
    }

    private Check check(String name, String... without) {
        return preflight(without).check(name).orElseThrow();
    }

    private static void assertCheck(Outcome outcome, String detail, Check check) {
        assertEquals(outcome, check.outcome(), check.detail());
        assertTrue(check.detail().contains(detail), check.detail());
    }

    @Test
    void passesWhereEverythingIsThere() throws IOException {
        program("python3", "Python 3.11.2");
        program("git", "git version 2.39.5");
        program("make", "GNU Make 4.3");
        program("docker", "Docker version 28.2.2, build e6534b4");
        program("kubectl", "Client Version: v1.32.4");
        // a git that is asked for its settings and has none
        Files.writeString(bin.resolve("git"), "#!/bin/sh\ntest \"$1\" = config || echo git version 2.39.5\n");

        Report report = preflight();

        assertTrue(report.passed(), report.toText());
        assertEquals(
                bin.resolve("make") + " is 4.3",
                report.check("make").orElseThrow().detail());
        assertFalse(Files.exists(temp.resolve("services")));
    }

    @Test
    void saysWhichToolIsMissingAndWhatToDo() {
        assertCheck(Outcome.ABSENT, "there is no python3 on the PATH; install Python 3.11 or later", check("python3"));
        assertCheck(Outcome.ABSENT, "is not on the PATH; install 3.81 or later", check("make"));
        assertCheck(Outcome.NOT_CHECKED, "there is no git on the PATH", check("git settings"));
    }

    @Test
    void saysWhichToolIsTooOldAndWhatToDo() throws IOException {
        program("python3", "Python 3.9.1");
        program("kubectl", "Client Version: v1.20.2");
        program("make", "GNU Make 3.81");

        assertCheck(
                Outcome.FAIL,
                bin.resolve("python3") + " is Python 3.9.1, too old; install Python 3.11",
                check("python3"));
        assertCheck(Outcome.FAIL, "is 1.20, too old; install 1.27 or later", check("kubectl"));
        assertCheck(Outcome.PASS, "is 3.81", check("make"));
    }

    @Test
    void saysWhichToolDoesNotTellItsVersion() throws IOException {
        program("python3", "I am a snake");
        program("docker", "no engine");

        assertCheck(Outcome.FAIL, "says \"I am a snake\"", check("python3"));
        assertCheck(Outcome.NOT_CHECKED, "doesn't tell its version", check("docker"));
    }

    @Test
    void asksOnlyForToolsThatTheServiceUses() {
        Report report = preflight("kubernetes", "dockerfile");

        assertTrue(report.check("kubectl").isEmpty());
        assertTrue(report.check("docker").isEmpty());
        assertTrue(report.check("make").isPresent());
    }

    @Test
    void asksForTerraformAndForNoImagesWhereTheProjectIsAModule() throws IOException {
        program("terraform", "Terraform v1.8.5");
        ServiceSpec infra = ServiceSpec.named("net").type(ServiceType.INFRA).build();
        Spawner.Builder spawner = Spawner.builder()
                .into(temp.resolve("services"))
                .environment(Map.of("PATH", bin.toString(), "HOME", temp.toString()));

        Report report = spawner.build().preflight(infra);
        Report withoutScripts = spawner.without("cicd").build().preflight(infra);

        assertCheck(
                Outcome.FAIL,
                "is 1.8, too old; install 1.9 or later",
                report.check("terraform").orElseThrow());
        assertTrue(report.check("python3").isPresent());
        for (String name : new String[] {"docker", "kubectl"}) {
            assertTrue(report.check(name).isEmpty(), name);
        }
        assertTrue(withoutScripts.check("python3").isEmpty());
    }

    @Test
    void saysWhenTheTargetIsTaken() throws IOException {
        Path target = temp.resolve("services/ledger");
        Files.createDirectories(target);
        assertCheck(Outcome.PASS, "is free", check("target"));

        Files.writeString(target.resolve("mine"), "");

        assertCheck(Outcome.FAIL, "is not empty", check("target"));
    }

    @Test
    void saysWhenTheTargetLiesInARepository() throws IOException {
        Files.createDirectory(temp.resolve(".git"));

        assertCheck(Outcome.FAIL, "lies in the git repository " + temp, check("target"));
    }

    @Test
    void saysWhenNothingCanBeWritten() throws IOException {
        Files.writeString(temp.resolve("services"), "a file");

        assertCheck(Outcome.FAIL, "is not a directory", check("writable"));
        assertCheck(Outcome.PASS, "KiB are free", check("space"));
    }

    @Test
    void saysWhenALinkThatLeadsNowhereIsInTheWay() throws IOException {
        Files.createSymbolicLink(temp.resolve("services"), temp.resolve("nowhere"));

        assertCheck(Outcome.FAIL, "is not a directory", check("writable"));
    }

    @Test
    void namesSettingsOfGitThatWouldChangeBytes() throws IOException {
        Path git = Path.of(OutsideProgram.require("git")
                .run(temp, "-c", "alias.which=!command -v git", "which")
                .orFail()
                .strip());
        Files.writeString(temp.resolve(".gitconfig"), "[core]\n\tautocrlf = true\n");
        Files.createSymbolicLink(bin.resolve("git"), git);

        assertCheck(Outcome.PASS, "core.autocrlf true; the service's .gitattributes overrules", check("git settings"));
        assertCheck(
                Outcome.FAIL,
                "core.autocrlf true, which the service's .gitattributes doesn't overrule",
                check("git settings", "gitignore"));
    }

    /** A git that says where the attributes of the machine are, as later ones do. */
    private Path attributesOfTheMachine() throws IOException {
        Path file = temp.resolve("etc-gitattributes");
        program("git", file.toString());
        return file;
    }

    @Test
    void namesAttributesOfTheUserThatWouldChangeBytes() throws IOException {
        Path machine = attributesOfTheMachine();
        Path file = temp.resolve(".config/git/attributes");
        Files.createDirectories(file.getParent());
        assertCheck(Outcome.PASS, "there are none beside the service's own", check("git attributes"));

        Files.writeString(file, "# *.md filter=lfs\n*.sh text eol=crlf\n*.md diff=markdown\n\n");
        assertCheck(Outcome.PASS, "changes bytes of the service's files", check("git attributes"));
        assertCheck(Outcome.FAIL, file + " says \"*.sh text eol=crlf\", which", check("git attributes", "gitignore"));

        for (String line :
                new String[] {"*.md filter=lfs", "* ident", "*.py working-tree-encoding=UTF-16", "[attr]x y"}) {
            Files.writeString(file, "\n" + line + "\n");
            assertCheck(Outcome.FAIL, file + " says \"" + line + "\", which", check("git attributes"));
        }
        Files.delete(file);
        Files.writeString(machine, "*.md filter=lfs\n");
        assertCheck(Outcome.FAIL, machine + " says", check("git attributes"));
    }

    @Test
    void looksForAttributesOfTheUserWhereTheEnvironmentSays() throws IOException {
        Files.createDirectories(temp.resolve("xdg/git"));
        Files.createDirectories(temp.resolve(".config/git"));
        Files.writeString(temp.resolve("xdg/git/attributes"), "* ident\n");
        Files.writeString(temp.resolve(".config/git/attributes"), "* filter=x\n");

        Map<String, String> environment = Map.of(
                "PATH",
                bin.toString(),
                "HOME",
                temp.toString(),
                "XDG_CONFIG_HOME",
                temp.resolve("xdg").toString(),
                "GIT_ATTR_NOSYSTEM",
                "1");
        Check check = Spawner.builder()
                .into(temp.resolve("services"))
                .environment(environment)
                .build()
                .preflight(LEDGER)
                .check("git attributes")
                .orElseThrow();

        assertCheck(Outcome.FAIL, temp.resolve("xdg/git/attributes") + " says \"* ident\"", check);
        assertFalse(check.detail().contains("filter"), check.detail());
    }

    @Test
    void saysWhichAttributesItCannotRead() throws IOException {
        Files.createDirectories(temp.resolve(".config/git/attributes"));
        assertFalse(Files.exists(attributesOfTheMachine()));

        assertCheck(Outcome.NOT_CHECKED, "no regular file", check("git attributes"));
    }
}
