package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
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

    private static void assertTestsRan(Outside.Result result) {
        String said = result.ok();
        assertTrue(said.matches("(?s).*\\b[1-9][0-9]* passed.*") && !said.contains("skipped"), said);
    }

    @Test
    void passesItsOwnTestsAndThenHasNothingToCommit() {
        Outside python = Outside.python();
        Outside git = Outside.program("git");
        Path service = spawn(
                ServiceSpec.named("ledger").description("Double-entry ledger").build());

        assertTestsRan(python.run(service, Map.of(), "-m", "pytest"));

        assertEquals("", git.run(service, Map.of(), "status", "--porcelain").ok());
    }

    @Test
    void passesItsOwnTestsByTheConsoleScriptWhateverItIsCalledAndDescribedAs() {
        Outside.python();
        Outside pytest = Outside.program("pytest-3");

        // the name is also that of the module of its tests
        Path service = spawn(ServiceSpec.named("test-app")
                .description(HOSTILE)
                .owner(HOSTILE)
                .build());

        assertTestsRan(pytest.run(service, Map.of()));
    }

    @Test
    void isDescribedInItsProjectFileByTheVeryTextOfTheSpecification() {
        Outside python = Outside.python();
        Path service = spawn(
                ServiceSpec.named("ledger").description(HOSTILE).owner(HOSTILE).build());

        String said = python.run(
                        service,
                        Map.of(),
                        "-c",
                        "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project'];"
                                + "print(p['description'].encode().hex(), p['authors'][0]['name'].encode().hex())")
                .ok();

        String hex = HexFormat.of().formatHex(HOSTILE.getBytes(StandardCharsets.UTF_8));
        assertEquals(hex + " " + hex, said.strip());
    }

    @Test
    void obeysTheCommandsOfItsReadme() {
        Outside.python();
        Outside make = Outside.program("make");
        Path service = spawn(ServiceSpec.named("ledger").build());

        assertTestsRan(make.run(service, Map.of(), "test", "PYTHON=/usr/bin/python3"));
        String help = make.run(service, Map.of()).ok();
        for (String target : new String[] {"install", "run", "test", "lint", "format"}) {
            assertTrue(help.contains("make " + target + " - "), help);
        }
    }
}
