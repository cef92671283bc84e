package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.spawn.manifest.Drift;
import io.vaultmesh.spawn.spec.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where a service goes, what is heard on the way, and what stops it. */
class SpawnTargetTest {

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger").build();

    @TempDir
    Path temp;

    private Spawner.Builder spawner() {
        return Spawner.builder().into(temp).environment(Map.of());
    }

    private List<String> entries() throws IOException {
        try (var entries = Files.list(temp)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private String refused() {
        return assertThrows(UncheckedIOException.class, () -> spawner().build().spawn(LEDGER))
                .getMessage();
    }

    @Test
    void inARepositoryThatDoesNotIgnoreItIsRefused() throws IOException {
        Path outer = temp.resolve("outer");
        Files.createDirectories(outer);
        OutsideProgram.require("git")
                .withoutEnv("GIT_")
                .run(outer, "init", "-q")
                .orFail();
        Spawner inside = Spawner.builder()
                .into(outer.resolve("services"))
                .environment(Map.of())
                .build();

        String message = assertThrows(UncheckedIOException.class, () -> inside.spawn(LEDGER))
                .getMessage();

        assertTrue(message.contains("lies in the git repository " + outer), message);
        assertFalse(Files.exists(outer.resolve("services")));
        Files.writeString(outer.resolve(".gitignore"), "/services/\n");
        assertTrue(Files.exists(inside.spawn(LEDGER).directory()));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thatIsALinkOrAFileIsRefused() throws IOException {
        Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(temp.resolve("ledger"), temp.resolve("elsewhere"));
        assertTrue(refused().contains("is a symbolic link"));

        Files.delete(temp.resolve("ledger"));
        Files.writeString(temp.resolve("ledger"), "mine");
        assertTrue(refused().contains("is a file"));

        assertEquals("mine", Files.readString(temp.resolve("ledger")));
        assertEquals(List.of("elsewhere", "ledger"), entries());
    }

    @Test
    void thatManyWantAtOnceIsGivenToOne() throws Exception {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CountDownLatch ready = new CountDownLatch(many);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try {
            for (int i = 0; i < many; i++) {
                outcomes.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        spawner().build().spawn(LEDGER);
                        return true;
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                }));
            }
            int made = 0;
            for (Future<Boolean> outcome : outcomes) {
                made += outcome.get() ? 1 : 0;
            }
            assertEquals(1, made);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of("ledger"), entries());
        assertTrue(spawner().build().drift(temp.resolve("ledger")).files().isEmpty());
    }

    @Test
    void isReportedStepByStep() {
        List<SpawnProgress> heard = new ArrayList<>();
        Spawner spawner = spawner().listener(heard::add).build();

        int size = spawner.plan(LEDGER).files().size();
        spawner.spawn(LEDGER);

        assertEquals(size + 2, heard.size());
        assertEquals(new SpawnProgress(LEDGER.name(), SpawnProgress.Step.PLANNED, 1, 1), heard.get(0));
        for (int i = 1; i <= size; i++) {
            assertEquals(new SpawnProgress(LEDGER.name(), SpawnProgress.Step.WRITTEN, i, size), heard.get(i));
        }
        assertEquals(SpawnProgress.Step.COMMITTED, heard.get(size + 1).step());
    }

    @Test
    void isLeftAsItWasWhenAListenerThrows() throws IOException {
        for (SpawnProgress.Step step : new SpawnProgress.Step[] {
            SpawnProgress.Step.PLANNED, SpawnProgress.Step.WRITTEN, SpawnProgress.Step.COMMITTED
        }) {
            Spawner spawner = spawner()
                    .listener(progress -> {
                        if (progress.step() == step && progress.done() == progress.total()) {
                            throw new IllegalStateException("enough");
                        }
                    })
                    .build();

            assertThrows(IllegalStateException.class, () -> spawner.spawn(LEDGER));

            assertEquals(List.of(), entries(), step.name());
        }
    }

    @Test
    void isSealedAndTellsForgeryFromEdits() throws IOException {
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(new byte[32]);
        Spawner spawner = spawner()
                .signer(EnvelopeSigner.ed25519(key))
                .trust(EnvelopeVerifier.ed25519(key.publicKey()))
                .build();
        Path service = spawner.spawn(LEDGER).directory();
        assertTrue(spawner.drift(service).report().passed());

        Files.writeString(service.resolve("README.md"), "# mine\n");

        Drift edited = spawner.drift(service);
        assertEquals(1, edited.files().modified().size());
        assertTrue(edited.seal().passed());
        Path manifest = service.resolve(".vaultmesh/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("The ledger service", "The forged service"));
        assertEquals(
                Outcome.FAIL,
                spawner.drift(service).seal().check("signature").orElseThrow().outcome());
    }

    @Test
    void progressCountsFromOne() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SpawnProgress(LEDGER.name(), SpawnProgress.Step.WRITTEN, 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SpawnProgress(LEDGER.name(), SpawnProgress.Step.WRITTEN, 2, 1));
    }
}
