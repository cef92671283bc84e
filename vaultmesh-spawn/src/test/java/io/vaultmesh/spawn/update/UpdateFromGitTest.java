package io.vaultmesh.spawn.update;

import static io.vaultmesh.spawn.update.Service.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services whose repository went through the hands of users, by git itself. */
class UpdateFromGitTest {

    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private static final MapTemplates YESTERDAY =
            MapTemplates.NONE.with("a", LINES).with("b", LINES + "b\n").with("c", LINES + "c\n");
    private static final MapTemplates TODAY =
            YESTERDAY.with("a", LINES.replace("two", "2")).with("b", LINES.replace("two", "2") + "b\n");

    @TempDir
    Path temp;

    private Service service;

    @BeforeEach
    void makeAServiceThatItsUsersCommittedTo() throws IOException {
        service = new Service(
                YESTERDAY.spawner().into(temp).build().spawn(Service.SPEC).directory());
        service.write("a", LINES.replace("six", "6")).move("b", "moved").delete("c");
        git("add", "-A");
        git("commit", "-qm", "mine");
    }

    @CanIgnoreReturnValue
    private String git(String... arguments) {
        return git(service.directory(), arguments);
    }

    @CanIgnoreReturnValue
    private String git(Path directory, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", "user.name=U", "-c", "user.email=u@example.com"));
        all.addAll(List.of(arguments));
        return OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .env(Map.of("HOME", temp.toString(), "GIT_CONFIG_NOSYSTEM", "1"))
                .run(directory, all.toArray(String[]::new))
                .orFail();
    }

    private static void isUpdated(Service service) throws IOException {
        assertEquals(
                Map.of("a", Outcome.MERGED, "moved", Outcome.UPDATED, "c", Outcome.DELETED),
                Service.outcomes(service.update(TODAY)));
        assertEquals(LINES.replace("two", "2").replace("six", "6"), service.read("a"));
        assertEquals(LINES.replace("two", "2") + "b\n", service.read("moved"));
    }

    private void squash() {
        git("checkout", "-q", "--orphan", "squashed");
        git("commit", "-qm", "all in one");
        git("branch", "-qD", "main");
    }

    private void prune() {
        git("reflog", "expire", "--expire=now", "--all");
        git("gc", "-q", "--prune=now");
    }

    @Test
    void aSquashedServiceIsUpdatedAgainstItsArchive() throws IOException {
        squash();
        prune();

        isUpdated(service);
    }

    @Test
    void aShallowCloneIsUpdatedAgainstItsArchive() throws IOException {
        git(temp, "clone", "-q", "--depth=1", service.directory().toUri().toString(), "clone");

        isUpdated(new Service(temp.resolve("clone")));
    }

    @Test
    void anArchiveThatWasDeletedIsFoundInTheHistory() throws IOException {
        git("rm", "-q", ".vaultmesh/base.zip");
        git("commit", "-qm", "no archive");
        git("gc", "-q");

        isUpdated(service);
    }

    @Test
    void withoutAnArchiveThatWasEverCommittedTheFilesAreFound() throws IOException {
        Service other = Service.of(temp.resolve("other"), YESTERDAY).delete(".vaultmesh/base.zip");
        git(other.directory(), "init", "-q");
        git(other.directory(), "add", "-A");
        git(other.directory(), "commit", "-qm", "as generated");
        other.write("a", LINES.replace("six", "6")).move("b", "moved").delete("c");

        isUpdated(other);
    }

    @Test
    void afterASquashTheArchiveOfAShallowCloneIsFoundWhereOnlyGitHasIt() throws IOException {
        squash();
        prune();
        git(temp, "clone", "-q", "--depth=1", service.directory().toUri().toString(), "clone");
        Service clone = new Service(temp.resolve("clone")).delete(".vaultmesh/base.zip");

        isUpdated(clone);
    }

    @Test
    void whatGitNoLongerHasIsRefused() throws IOException {
        git("rm", "-q", ".vaultmesh/base.zip");
        squash();
        prune();

        UpdateRefusedException refused = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY));
        assertContains("missing are a.", refused);
        assertEquals(Reason.BASE_MISSING, refused.reason());
        assertEquals(LINES.replace("six", "6"), service.read("a"));
    }
}
