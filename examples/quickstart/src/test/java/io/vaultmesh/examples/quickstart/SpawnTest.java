package io.vaultmesh.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.spawn.SpawnPlan;
import io.vaultmesh.spawn.SpawnResult;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.Verification;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.manifest.Drift;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.FileUpdate;
import io.vaultmesh.spawn.update.UpdateOptions;
import io.vaultmesh.spawn.update.UpdateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/SPAWN.md. */
class SpawnTest {

    private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());

    @Test
    void isTheExampleOfTheGuide(@TempDir Path services) throws IOException {
        // region spawn
        Generator notice = Generator.of(
                "notice",
                (spec, files) ->
                        files.add(RelativePath.of("NOTICE"), spec.name() + "\nCopyright " + spec.owner() + "\n"));

        Spawner spawner = Spawner.builder()
                .into(services)
                .add(notice)
                .without("kubernetes")
                .verify(Verification.STATIC)
                .signer(EnvelopeSigner.ed25519(key))
                .trust(EnvelopeVerifier.ed25519(key.publicKey()))
                .build();

        ServiceSpec spec = ServiceSpec.named("ledger")
                .type(ServiceType.API)
                .description("Double-entry ledger")
                .with(Feature.mcpServer())
                .with(Feature.messageQueue(Broker.RABBITMQ))
                .build();

        SpawnPlan plan = spawner.plan(spec); // a value: nothing was touched yet
        System.out.println(plan.files().size() + " files, root " + plan.root());

        SpawnResult service = spawner.spawn(spec); // services/ledger, or nothing at all
        System.out.println(service.verification()); // what was checked, and how it came out

        Drift drift = spawner.drift(service.directory()); // later: what was changed, and by whom the manifest is signed
        // endregion
        assertFalse(
                service.verification().failed(), () -> service.verification().toText());
        assertTrue(drift.report().passed(), () -> drift.report().toText());
        assertTrue(plan.diff(service.directory()).isEmpty());
        assertTrue(Files.exists(service.directory().resolve("NOTICE")));
        assertFalse(Files.exists(service.directory().resolve("deploy")));

        // region update
        Path directory = services.resolve("ledger");
        UpdateReport preview = spawner.update(directory, UpdateOptions.dryRun()); // writes nothing, says the same
        preview.files().forEach(file -> System.out.print(file.diff()));

        UpdateReport update = spawner.update(directory);
        System.out.println(update); // one line for each file
        if (update.hasConflicts()) {
            update.files(FileUpdate.Outcome.CONFLICT).forEach(file -> System.out.println("settle " + file.at()));
        }
        // endregion
        assertEquals(preview, update);
        assertFalse(update.hasConflicts());

        String guide = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/SPAWN.md"));
        String source = Files.readString(QuickstartTest.REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/SpawnTest.java"));
        assertEquals(QuickstartTest.region(source, "spawn"), QuickstartTest.block(guide, "spawn-source"));
        assertEquals(QuickstartTest.region(source, "update"), QuickstartTest.block(guide, "update-source"));
    }
}
