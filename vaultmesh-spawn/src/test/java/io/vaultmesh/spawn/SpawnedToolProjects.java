package io.vaultmesh.spawn;

import static io.vaultmesh.spawn.SpawnedPythonServiceTest.HOSTILE;
import static io.vaultmesh.spawn.SpawnedPythonServiceTest.assertTestsRan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python and Terraform say about a tool and a module, whatever they are called; src/test/scripts/projects runs it. */
class SpawnedToolProjects {

    private static final String LONGEST = "a123456789-123456789-123456789-123456789-123456789-123456789-12";

    /** What mypy knows of Python's own library takes it longest. */
    @TempDir
    static Path cache;

    @TempDir
    Path temp;

    private Path spawn(ServiceType type, String name) {
        return Spawner.builder()
                .into(temp)
                .build()
                .spawn(ServiceSpec.named(name)
                        .type(type)
                        .description(HOSTILE)
                        .owner("%(prog)s %{x} $${x} " + HOSTILE)
                        .build())
                .directory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-command", LONGEST})
    void aToolPassesItsTestsAndTheCheckOfItsTypes(String name) {
        OutsideProgram python =
                OutsideProgram.require("python3", "python3-pytest").withoutEnv("PY", "CI", "GIT_");
        OutsideProgram mypy = OutsideProgram.require("mypy").withoutEnv("PY", "MYPY");
        Path tool = spawn(ServiceType.TOOL, name);

        assertTestsRan(python.run(tool, "-m", "pytest", "-q"));
        assertTrue(mypy.run(tool, "--cache-dir", cache.toString()).orFail().startsWith("Success"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "night-shift", "module", LONGEST})
    void aModulePassesItsTestsAndIsFormattedAndSaysTheVeryTextOfTheSpecification(String name) throws IOException {
        OutsideProgram terraform =
                OutsideProgram.require("terraform").withoutEnv("TF_").env(Map.of("CHECKPOINT_DISABLE", "1"));
        Path module = spawn(ServiceType.INFRA, name);

        assertEquals(
                "",
                terraform.run(module, "fmt", "-check", "-recursive", "-diff").orFail());
        terraform
                .run(module, "init", "-backend=false", "-input=false", "-no-color")
                .orFail();
        String tests = terraform.run(module, "test", "-no-color").orFail();
        assertTrue(tests.matches("(?s).*Success! [1-9][0-9]* passed, 0 failed\\..*"), tests);
        terraform
                .run(module, "apply", "-auto-approve", "-no-color", "-var=environment=staging")
                .orFail();

        JsonNode about = new ObjectMapper()
                .readTree(terraform.run(module, "output", "-json", "about").orFail());
        assertEquals(
                Normalizer.normalize(HOSTILE, Normalizer.Form.NFC),
                about.path("description").asText());
        assertEquals("%(prog)s %{x} $${x} " + HOSTILE, about.path("owner").asText());
    }
}
