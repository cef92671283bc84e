package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.generator.Generators;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins bytes across versions of Java, operating systems and changes of the code; golden/README.md says how. */
class GoldenTest {

    private static final Instant DATE = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path temp;

    private void assertPinned(String name, SpawnResult result) throws IOException {
        String line = "manifest " + result.manifest().digest() + "\ncommit " + result.commit() + "\n";
        Path golden = Path.of(System.getProperty("module.dir"), "src/test/resources/golden", name + ".txt");
        if (Boolean.getBoolean("vaultmesh.golden.refresh")) {
            Files.writeString(golden, line);
        }
        assertEquals(Files.readString(golden), line, "see golden/README.md");
    }

    @Test
    void theManifestAndTheCommitOfFixedFilesNeverChange() throws IOException {
        Generator fixed = Generator.of("fixed", (spec, files) -> {
            files.add(RelativePath.of("a/b.txt"), spec.name() + ": " + spec.description() + "\n");
            files.add(RelativePath.of("a.txt"), "");
            files.addExecutable(RelativePath.of("run"), FileContent.utf8("#!/bin/sh\n"));
        });
        Spawner.Builder spawner = Spawner.builder().into(temp).add(fixed);
        for (String id : Generators.builtIn().ids()) {
            spawner.without(id);
        }

        assertPinned(
                "fixed-files",
                spawner.build()
                        .spawn(ServiceSpec.named("fixed")
                                .description("Ünïcödé \"quoted\"")
                                .owner("Example")
                                .commitDate(DATE)
                                .build()));
    }

    @ParameterizedTest
    @CsvSource({"SERVICE, python-service", "TOOL, python-tool", "INFRA, terraform-infra"})
    void aProjectChangesOnlyOnPurpose(ServiceType type, String name) throws IOException {
        assertPinned(
                name,
                Spawner.builder()
                        .into(temp)
                        .build()
                        .spawn(ServiceSpec.named("ledger")
                                .type(type)
                                .description("Double-entry ledger")
                                .commitDate(DATE)
                                .build()));
    }
}
