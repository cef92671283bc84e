package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnVerbTest {

    @TempDir
    Path directory;

    @Test
    void makesTheServiceAndSaysWhere() throws IOException {
        Run run = Run.of("spawn", "ledger", "--description", "Double-entry ledger", "--out", directory)
                .good();
        Path service = directory.resolve("ledger");
        assertEquals(service.toString(), run.value("created"));
        assertTrue(Files.readString(service.resolve("README.md")).contains("Double-entry ledger"));
        assertTrue(run.value("commit").matches("[0-9a-f]{40}"), run.out());
        assertTrue(run.value("manifest").matches("[0-9a-f]{64}"), run.out());
    }

    @Test
    void planListsWhatSpawnWrites() {
        Run plan = Run.of("spawn", "ledger", "--out", directory, "--plan").good();
        Path service = directory.resolve("ledger");
        assertFalse(Files.exists(service), "a plan writes nothing");
        Run.of("spawn", "ledger", "--out", directory).good();
        List<String> lines = plan.out().lines().toList();
        List<String> files = lines.subList(0, lines.size() - 1);
        assertTrue(files.size() > 10, plan.out());
        for (String line : files) {
            assertEquals(Hashing.sha256(service.resolve(line.substring(66))).toString(), line.substring(0, 64));
        }
        assertTrue(lines.get(lines.size() - 1).startsWith(files.size() + " files planned, manifest "), plan.out());
    }

    @Test
    void badNameAndDescriptionAreBothReported() {
        Run run = Run.of("spawn", "../Ledger", "--description", "", "--out", directory)
                .failed(ExitCode.USAGE);
        assertEquals(2, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("name \"../Ledger\"") && run.err().contains("description \"\""), run.err());
    }

    @Test
    void existingServiceIsLeftAlone() throws IOException {
        Path mine = Files.createDirectory(directory.resolve("ledger")).resolve("mine");
        Files.writeString(mine, "mine");
        Run run = Run.of("spawn", "ledger", "--out", directory).failed(ExitCode.ENVIRONMENT);
        assertTrue(run.err().contains("ledger is not empty"), run.err());
        assertEquals("mine", Files.readString(mine));
    }

    @Test
    void saysTheSameInJson() {
        JsonObject json =
                Run.of("spawn", "ledger", "--out", directory, "--json").good().object();
        json.only("name", "directory", "manifest", "commit", "checks");
        String head = OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .run(directory.resolve("ledger"), "rev-parse", "HEAD")
                .orFail();
        assertEquals(head.strip(), json.string("commit"));
        assertEquals(
                Hashing.sha256(directory.resolve("ledger/.vaultmesh/manifest.json"))
                        .toString(),
                json.string("manifest"));
    }

    @Test
    void planSaysTheSameInJson() {
        Run plan = Run.of("spawn", "ledger", "--out", directory, "--plan", "--json")
                .good();
        List<JsonObject> lines = plan.json();
        JsonObject last = lines.get(lines.size() - 1);
        assertEquals(lines.size() - 1, last.integer("files"));
        lines.subList(0, lines.size() - 1).forEach(file -> file.only("path", "sha256", "generator"));
    }

    @Test
    void languageIsTaken() {
        Run.of("spawn", "ledger", "--out", directory, "--language", "python").good();
        Run run = Run.of("spawn", "other", "--out", directory, "--language", "cobol")
                .failed(ExitCode.USAGE);
        assertTrue(run.err().contains("cobol"), run.err());
    }

    @Test
    void typeChoosesTheLanguage() throws IOException {
        Run.of("spawn", "hello", "--type", "tool", "--out", directory).good();
        Run.of("spawn", "net", "--type", "infra", "--out", directory, "--verify", "static")
                .good();
        assertTrue(Files.exists(directory.resolve("hello/src/hello/cli.py")));
        assertTrue(Files.readString(directory.resolve("net/main.tf")).contains("\"The net module\""));
        assertFalse(Files.exists(directory.resolve("net/Dockerfile")));
    }

    @Test
    void whatATypeCannotHaveIsRefusedAndSaysWhatCan() {
        for (String type : List.of("tool", "infra")) {
            Run run = Run.of("spawn", "net", "--type", type, "--with-mcp", "--with-mq", "nats", "--out", directory)
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("mcpServer \"true\" is nothing that type " + type), run.err());
            assertTrue(run.err().contains("messageQueue \"nats\""), run.err());
            assertTrue(run.err().contains("one of the types service, api, worker"), run.err());
        }
        Run language = Run.of("spawn", "net", "--type", "infra", "--language", "python", "--out", directory)
                .failed(ExitCode.USAGE);
        assertTrue(language.err().contains("expected terraform"), language.err());
        assertFalse(Files.exists(directory.resolve("net")));
    }

    @Test
    void filesAreVerified() {
        JsonObject json = Run.of("spawn", "ledger", "--out", directory, "--verify", "static", "--json")
                .good()
                .object();
        assertTrue(json.array("checks").objects().size() > 5, json.toString());
        Run text = Run.of("spawn", "other", "--out", directory, "--verify", "static")
                .good();
        assertTrue(text.out().matches("(?s).*checked   [0-9]+ of [0-9]+ checks passed\n"), text.out());
        Run.of("spawn", "third", "--out", directory, "--verify", "static", "--plan")
                .failed(ExitCode.USAGE);
        Run.of("spawn", "third", "--out", directory, "--verify", "much").failed(ExitCode.USAGE);
    }

    @Test
    void serviceMayHaveTheNameOfAVerb() {
        Run.of("spawn", "--out", directory, "--", "drift").good();
        assertTrue(Files.isDirectory(directory.resolve("drift")));
    }

    @Nested
    class DriftVerb {

        @BeforeEach
        void aService() {
            Run.of("spawn", "ledger", "--out", directory).good();
        }

        @Test
        void holdsForAFreshService() {
            Run run = Run.of("spawn", "drift", directory.resolve("ledger")).good();
            assertTrue(run.out().matches("[0-9]+ files unchanged\n"), run.out());
        }

        @Test
        void namesEachFileThatDiffers() throws IOException {
            Path service = directory.resolve("ledger");
            Files.writeString(service.resolve("README.md"), "mine");
            Files.delete(service.resolve("LICENSE"));
            Files.writeString(service.resolve("новый"), "mine");
            Run run = Run.of("spawn", "drift", service);
            assertEquals(ExitCode.REFUTED, run.code(), run.err());
            assertTrue(run.out().contains("modified  README.md ("), run.out());
            assertTrue(run.out().contains("missing   LICENSE\n"), run.out());
            assertTrue(run.out().contains("extra     новый\n"), run.out());
            List<JsonObject> json = Run.of("spawn", "drift", service, "--json").json();
            assertEquals(
                    List.of("modified", "missing", "extra"),
                    json.subList(0, 3).stream()
                            .map(file -> file.string("state"))
                            .toList());
            assertFalse(json.get(3).bool("holds"));
            assertTrue(json.get(3).string("reason").contains("not as it was generated"));
        }

        @Test
        void namesAnArchiveThatWasReplaced() throws IOException {
            Files.writeString(directory.resolve("ledger/.vaultmesh/base.zip"), "mine");
            Run run = Run.of("spawn", "drift", directory.resolve("ledger"));
            assertEquals(ExitCode.REFUTED, run.code(), run.err());
            assertTrue(run.out().contains("seal      base ("), run.out());
        }

        @Test
        void directoryWithoutAManifestIsAMistakeOfTheCaller() {
            for (Path none : List.of(directory, directory.resolve("none"))) {
                Run run = Run.of("spawn", "drift", none).failed(ExitCode.USAGE);
                assertTrue(run.err().contains("manifest.json is not there, expected the manifest"), run.err());
            }
        }
    }

    @Nested
    class UpdateVerb {

        /** One that was made without its monitoring, and has got a file of that name since. */
        @BeforeEach
        void aServiceOfOtherTemplates() throws IOException {
            var unused = Spawner.builder()
                    .into(directory)
                    .without("monitoring")
                    .build()
                    .spawn(ServiceSpec.named("ledger").build());
            Path mine = directory.resolve("ledger/monitoring/compose.yaml");
            Files.createDirectories(mine.getParent());
            Files.writeString(mine, "mine\n");
        }

        @Test
        void saysWhatItWouldDoAndThenDoesIt() throws IOException {
            Path service = directory.resolve("ledger");
            Run dry = Run.of("spawn", "update", service, "--dry-run");
            assertEquals(ExitCode.REFUTED, dry.code(), dry.err());
            assertTrue(dry.out().contains("conflict  monitoring/compose.yaml\n"), dry.out());
            assertEquals("mine\n", Files.readString(service.resolve("monitoring/compose.yaml")));

            Run run = Run.of("spawn", "update", service);
            assertEquals(ExitCode.REFUTED, run.code(), run.err());
            assertEquals(dry.out(), run.out());
            Run again = Run.of("spawn", "update", service);
            assertEquals(ExitCode.REFUTED, again.code(), again.err());
            assertTrue(again.out().startsWith("refused: conflicts of an update before are not settled"), again.out());

            Run.of("spawn", "ledger", "--out", directory.resolve("fresh")).good();
            Files.copy(
                    directory.resolve("fresh/ledger/monitoring/compose.yaml"),
                    service.resolve("monitoring/compose.yaml"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertTrue(Run.of("spawn", "update", service).good().out().matches("[0-9]+ files unchanged\n"));
            Run.of("spawn", "drift", service).good();
        }

        @Test
        void saysTheSameInJson() {
            List<JsonObject> json = Run.of("spawn", "update", directory.resolve("ledger"), "--json")
                    .json();
            JsonObject last = json.get(json.size() - 1).only("unchanged", "conflicts", "manifest", "holds", "reason");
            assertFalse(last.bool("holds"));
            assertEquals("1 file is in conflict", last.string("reason"));
            assertEquals(1, last.integer("conflicts"));
            JsonObject conflict = json.stream()
                    .filter(file -> file.optionalString("outcome").equals(Optional.of("conflict")))
                    .findFirst()
                    .orElseThrow()
                    .only("outcome", "path", "before", "after");
            assertEquals("monitoring/compose.yaml", conflict.string("path"));

            // it isn't settled now
            refused("monitoring/compose.yaml");
        }

        private void refused(String reason) {
            Run run = Run.of("spawn", "update", directory.resolve("ledger"), "--json");
            assertEquals(ExitCode.REFUTED, run.code(), run.err());
            JsonObject object = run.object().only("holds", "reason");
            assertFalse(object.bool("holds"));
            assertTrue(object.string("reason").contains(reason), run.out());
        }

        @Test
        void refutesABaseThatWasTamperedWith() throws IOException {
            Files.writeString(directory.resolve("ledger/.vaultmesh/base.zip"), "mine");
            refused(".vaultmesh/base.zip has the SHA-256 hash");
        }

        @Test
        void saysThatAllHolds() throws IOException {
            Path service = directory.resolve("ledger");
            Files.delete(service.resolve("monitoring/compose.yaml"));
            List<JsonObject> json =
                    Run.of("spawn", "update", service, "--json").good().json();
            JsonObject last = json.get(json.size() - 1).only("unchanged", "conflicts", "manifest", "holds");
            assertTrue(last.bool("holds"));
        }

        @Test
        void anUpdateThatIsGoingOnIsTheEnvironment() throws IOException {
            Path update = Files.createDirectories(directory.resolve("ledger/.vaultmesh/update"));
            try (WriterLock lock = WriterLock.take(update)) {
                assertNotNull(lock);
                Run.of("spawn", "update", directory.resolve("ledger")).failed(ExitCode.ENVIRONMENT);
            }
        }

        @Test
        void directoryWithoutAManifestIsAMistakeOfTheCaller() {
            Run run = Run.of("spawn", "update", directory.resolve("none")).failed(ExitCode.USAGE);
            assertTrue(run.err().contains("manifest.json"), run.err());
        }

        @Test
        void tellsOfAnUpdateThatWasInterrupted() throws IOException {
            Path service = directory.resolve("ledger");
            Run.of("spawn", "update", service, "--json");
            Path update = service.resolve(".vaultmesh/update");
            Files.move(update.resolve("before.zip"), update.resolve("running.zip"));
            Files.delete(service.resolve("monitoring/compose.yaml"));

            List<JsonObject> json = Run.of("spawn", "update", service, "--json").json();

            assertTrue(json.get(0).string("note").contains("was taken back"), json.toString());
        }
    }
}
