package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.spawn.spec.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python itself says about a spawned service. */
class SpawnedPythonServiceTest {

    private static final String HOSTILE =
            "\"\"\" ''' \\ \\n {{ x }} {% y %} ${{ z }} $(id) `id` # <b> *_[l](u)_* | & café \uD83D\uDE80 \"";

    @TempDir
    Path temp;

    private Path spawn(ServiceSpec spec) {
        return Spawner.builder().into(temp).build().spawn(spec).directory();
    }

    /** A program, with Debian's Python and what a service needs of it; what a developer set for Python is withheld. */
    private static OutsideProgram pythons(String name) {
        return OutsideProgram.require(name, "python3-fastapi", "python3-httpx", "python3-pytest", "python3-uvicorn")
                .withoutEnv("PY");
    }

    private static void assertTestsRan(OutsideProgram.Result result) {
        String said = result.orFail();
        assertTrue(said.matches("(?s).*\\b[1-9][0-9]* passed.*") && !said.contains("skipped"), said);
    }

    @Test
    void passesItsOwnTestsAndThenHasNothingToCommit() {
        OutsideProgram python = pythons("python3-pytest");
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Path service = spawn(
                ServiceSpec.named("ledger").description("Double-entry ledger").build());

        assertTestsRan(python.run(service, "-m", "pytest"));

        assertEquals("", git.run(service, "status", "--porcelain").orFail());
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

    @Test
    void isDescribedInItsProjectFileByTheVeryTextOfTheSpecification() {
        OutsideProgram python = pythons("python3-pytest");
        Path service = spawn(
                ServiceSpec.named("ledger").description(HOSTILE).owner(HOSTILE).build());

        String said = python.run(
                        service,
                        "-c",
                        "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project'];"
                                + "print(p['description'].encode().hex(), p['authors'][0]['name'].encode().hex())")
                .orFail();

        String hex = HexFormat.of().formatHex(HOSTILE.getBytes(StandardCharsets.UTF_8));
        assertEquals(hex + " " + hex, said.strip());
    }

    @Test
    void obeysTheCommandsOfItsReadme() {
        OutsideProgram make = pythons("make");
        Path service = spawn(ServiceSpec.named("ledger").build());

        assertTestsRan(make.run(service, "test", "PYTHON=/usr/bin/python3"));
        String help = make.run(service).orFail();
        for (String target : new String[] {"install", "run", "test", "lint", "format"}) {
            assertTrue(help.contains("make " + target + " - "), help);
        }
    }
}
