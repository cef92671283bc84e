package io.vaultmesh.spawn;

import static io.vaultmesh.spawn.SpawnedPythonServiceTest.HOSTILE;
import static io.vaultmesh.spawn.SpawnedPythonServiceTest.assertTestsRan;
import static io.vaultmesh.spawn.SpawnedPythonServiceTest.pythons;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes Python long to say about a spawned service; src/test/scripts/projects runs it. */
class SpawnedPythonProjects {

    @TempDir
    Path temp;

    private Path spawn(ServiceSpec spec) {
        return Spawner.builder().into(temp).build().spawn(spec).directory();
    }

    @Test
    void passesItsOwnTestsWithAllThatItCanHave() {
        Path service = spawn(ServiceSpec.named("night-shift")
                .type(ServiceType.API)
                .description(HOSTILE)
                .owner(HOSTILE)
                .with(Feature.mcpServer())
                .with(Feature.messageQueue(Broker.RABBITMQ))
                .build());

        assertTestsRan(pythons("python3-pytest").run(service, "-m", "pytest", "-q"));
    }

    @Test
    void itsTestsAndItsScriptLeaveARepositoryAloneThatTheEnvironmentNames() throws IOException {
        VictimRepository victim = VictimRepository.in(temp);
        OutsideProgram python = pythons("python3-pytest").env(victim.variables());
        Path service = spawn(ServiceSpec.named("ledger").build());

        OutsideProgram.Result tests = python.run(service, "-m", "pytest", "-q", "tests/test_drift.py");
        victim.assertUntouched();
        assertTestsRan(tests);

        String said = python.run(service, "scripts/drift.py", "--strict").orFail();
        victim.assertUntouched();
        assertTrue(said.contains("are as they were"), said);
    }

    @Test
    void itsTestsDoNotNeedWhatATemplateOfGitLeavesOut() throws IOException {
        Path template = Files.createDirectory(temp.resolve("template"));
        Files.writeString(temp.resolve(".gitconfig"), "[init]\n\ttemplateDir = " + template + "\n");
        OutsideProgram python = pythons("python3-pytest").env("HOME", temp.toString());
        Path service = spawn(ServiceSpec.named("ledger").build());

        assertTestsRan(python.run(service, "-m", "pytest", "-q", "tests/test_drift.py"));
    }

    @Test
    void passesItsOwnTestsByTheConsoleScriptWhateverItIsCalledAndDescribedAs() {
        OutsideProgram pytest = pythons("pytest-3");

        // the name is also that of the module of its tests
        Path service = spawn(ServiceSpec.named("test-app")
                .description(HOSTILE)
                .owner(HOSTILE)
                .build());

        assertTestsRan(pytest.run(service));
    }
}
