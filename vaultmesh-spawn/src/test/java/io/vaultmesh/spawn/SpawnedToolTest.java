package io.vaultmesh.spawn;

import static io.vaultmesh.spawn.SpawnedPythonServiceTest.HOSTILE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a spawned tool and a spawned module are at first sight; src/test/scripts/projects has them looked at closely. */
class SpawnedToolTest {

    @TempDir
    Path temp;

    private static ServiceSpec.Builder hostile(ServiceType type) {
        return ServiceSpec.named("night-shift").type(type).description(HOSTILE).owner(HOSTILE);
    }

    private Path spawn(ServiceSpec spec) {
        return Spawner.builder().into(temp).build().spawn(spec).directory();
    }

    @Test
    void showsTheVeryTextOfTheSpecificationInItsHelpAndReadsItsInput() {
        String description = HOSTILE + " %(prog)s 100 % %d";
        Path tool = spawn(ServiceSpec.named("night-shift")
                .type(ServiceType.TOOL)
                .description(description)
                .build());
        OutsideProgram python = OutsideProgram.require("python3")
                .withoutEnv("PY", "NIGHT_SHIFT")
                .env(Map.of("PYTHONPATH", tool.resolve("src").toString(), "COLUMNS", "500", "PYTHONUTF8", "1"));

        String help = python.run(tool, "-m", "night_shift", "--help").orFail();
        assertTrue(help.contains("\n" + description + "\n"), help);
        assertTrue(help.startsWith("usage: night-shift "), help);
        String json = python.run(tool, "-m", "night_shift", "--json", "--most", "0", "README.md")
                .orFail();
        assertTrue(json.startsWith("{\"lines\": "), json);
        assertEquals(1, python.run(tool, "-m", "night_shift", "missing.txt").exit());
    }

    @Test
    void isUntouchedAsItsOwnScriptSays() {
        OutsideProgram python = OutsideProgram.require("python3").withoutEnv("PY", "GIT_");
        for (ServiceType type : new ServiceType[] {ServiceType.TOOL, ServiceType.INFRA}) {
            Path project = Spawner.builder()
                    .into(temp.resolve(type.id()))
                    .build()
                    .spawn(hostile(type).build())
                    .directory();
            String said = python.run(project, "scripts/drift.py", "--strict").orFail();
            assertTrue(said.contains("are as they were"), said);
        }
    }

    /** A Terraform that says what it was called with, and fails where it is told to. */
    private Check testedBy(String script) throws IOException {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Path terraform = Files.writeString(bin.resolve("terraform"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(terraform, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Spawner.builder()
                .into(Files.createTempDirectory(temp, "made"))
                .environment(Map.of("PATH", bin.toString()))
                .verify(Verification.TESTS)
                .build()
                .spawn(hostile(ServiceType.INFRA).build())
                .verification()
                .check("tests")
                .orElseThrow();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aModuleIsVerifiedByItsTestsAsTerraformSays() throws IOException {
        Check passed = testedBy("[ \"$1\" = init ] || [ -f main.tf ] && echo 'Success! 22 passed, 0 failed.'");
        assertEquals(Outcome.PASS, passed.outcome(), passed.detail());
        assertEquals("22 passed, 0 failed.", passed.detail());

        Check failed = testedBy("[ \"$1\" = init ] || { echo 'Failure! 1 passed, 2 failed.'; exit 1; }");
        assertEquals(Outcome.FAIL, failed.outcome());
        assertTrue(failed.detail().contains("status 1: Failure! 1 passed, 2 failed."), failed.detail());

        assertEquals(
                Outcome.FAIL, testedBy("echo 'Success! 0 passed, 0 failed.'").outcome());
        Check none = testedBy("echo no registry; exit 1");
        assertEquals(Outcome.NOT_CHECKED, none.outcome());
        assertTrue(none.detail().contains("no registry"), none.detail());
    }

    @Test
    void aModuleIsNotVerifiedByItsTestsWhereThereIsNoTerraform() {
        Check tests = Spawner.builder()
                .into(temp)
                .environment(Map.of("PATH", temp.toString()))
                .verify(Verification.TESTS)
                .build()
                .spawn(hostile(ServiceType.INFRA).build())
                .verification()
                .check("tests")
                .orElseThrow();

        assertEquals(Outcome.NOT_CHECKED, tests.outcome());
        assertTrue(tests.detail().contains("install 1.9 or later"), tests.detail());
    }
}
