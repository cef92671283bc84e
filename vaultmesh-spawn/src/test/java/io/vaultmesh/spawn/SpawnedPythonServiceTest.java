package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.manifest.TreeDiff;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python itself says about a spawned service. */
class SpawnedPythonServiceTest {

    static final String HOSTILE =
            "\"\"\" ''' \\ \\n {{ x }} {% y %} ${{ z }} $(id) `id` # <b> *_[l](u)_* | & café \uD83D\uDE80 \"";

    @TempDir
    Path temp;

    private Path spawn(ServiceSpec spec) {
        return Spawner.builder().into(temp).build().spawn(spec).directory();
    }

    /** A program, with Debian's Python and what a service needs of it; what a developer set for Python is withheld. */
    static OutsideProgram pythons(String name) {
        return OutsideProgram.require(
                        name,
                        "python3-aio-pika",
                        "python3-fastapi",
                        "python3-httpx",
                        "python3-jsonschema",
                        "python3-prometheus-client",
                        "python3-pytest",
                        "python3-uvicorn")
                // CI would make the tests fail that need what Debian doesn't have
                .withoutEnv("PY", "CI", "TEST_BROKER_URL")
                .deadline(Duration.ofMinutes(3));
    }

    static void assertTestsRan(OutsideProgram.Result result) {
        String said = result.orFail();
        assertTrue(said.matches("(?s).*\\b[1-9][0-9]* passed.*"), said);
    }

    @Test
    void isDriftedAsItsOwnScriptAndTheLibrarySay() throws IOException {
        OutsideProgram python = OutsideProgram.require("python3").withoutEnv("PY", "GIT_");
        Path service = spawn(ServiceSpec.named("ledger").build());
        assertTrue(python.run(service, "scripts/drift.py", "--strict").orFail().contains("are as they were"));

        Files.writeString(service.resolve("README.md"), "mine\n");
        Files.delete(service.resolve("Makefile"));
        Files.writeString(service.resolve("notes.txt"), "");

        String said = python.run(service, "scripts/drift.py").orFail();
        TreeDiff files = Spawner.builder().build().drift(service).files();
        assertEquals(
                List.of("modified  README.md", "missing   Makefile", "extra     notes.txt"),
                said.lines().limit(3).toList());
        assertEquals("README.md", files.modified().get(0).path().value());
        assertEquals("Makefile", files.missing().get(0).value());
        assertEquals(List.of("notes.txt"), files.extra());
        Files.writeString(service.resolve(".vaultmesh/base.zip"), "PK");
        assertEquals(1, python.run(service, "scripts/drift.py").exit());
    }

    @Test
    void isVerifiedByItsTestsWhereTheToolsAre() {
        pythons("python3-pytest").run(temp, "--version").orFail();
        Spawner spawner = Spawner.builder()
                .into(temp)
                .environment(Map.of("PATH", "/usr/bin:/bin"))
                .verify(Verification.TESTS)
                .build();

        SpawnResult service = spawner.spawn(ServiceSpec.named("ledger").build());

        assertTrue(service.verification().passed(), () -> service.verification().toText());
        assertTrue(service.verification().check("tests").orElseThrow().detail().matches("[0-9]+ passed.*"));
        assertTrue(spawner.drift(service.directory()).files().isEmpty());
    }

    @Test
    void failsItsVerificationWhenATestFails() {
        Generator broken = Generator.of(
                "broken",
                (spec, files) ->
                        files.add(RelativePath.of("tests/test_x.py"), "def test_x() -> None:\n    assert 1 == 2\n"));
        Spawner.Builder spawner = Spawner.builder()
                .into(temp)
                .without("source")
                .without("tests")
                .add(broken)
                .environment(Map.of("PATH", "/usr/bin:/bin"))
                .verify(Verification.TESTS);

        Check tests = spawner.build()
                .spawn(ServiceSpec.named("ledger").build())
                .verification()
                .check("tests")
                .orElseThrow();

        assertEquals(Outcome.FAIL, tests.outcome(), tests.detail());
        assertTrue(tests.detail().contains("tests/test_x.py"), tests.detail());
    }

    @Test
    void isNotVerifiedByItsTestsWhereTheToolsAreNot() throws IOException {
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Path old = Files.writeString(bin.resolve("python3"), "#!/bin/sh\necho Python 3.9.1\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));

        for (String path : new String[] {bin.toString(), temp.resolve("none").toString()}) {
            Check tests = Spawner.builder()
                    .into(temp.resolve(path.endsWith("bin") ? "old" : "absent"))
                    .environment(Map.of("PATH", path))
                    .verify(Verification.TESTS)
                    .build()
                    .spawn(ServiceSpec.named("ledger").build())
                    .verification()
                    .check("tests")
                    .orElseThrow();

            assertEquals(Outcome.NOT_CHECKED, tests.outcome());
            assertTrue(tests.detail().contains("install Python 3.11 or later"), tests.detail());
        }
    }

    @Test
    void passesItsOwnTestsByTheCommandOfItsReadmeAndThenHasNothingToCommit() {
        OutsideProgram make = pythons("make");
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Path service = spawn(
                ServiceSpec.named("ledger").description("Double-entry ledger").build());

        OutsideProgram.Result tests = make.run(service, "test", "PYTHON=/usr/bin/python3");

        assertTestsRan(tests);
        assertTrue(!tests.out().contains("skipped"), tests.out());
        assertEquals("", git.run(service, "status", "--porcelain").orFail());
        String help = make.run(service).orFail();
        for (String target : new String[] {"install", "run", "test", "lint", "format"}) {
            assertTrue(help.contains("make " + target + " - "), help);
        }
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
}
