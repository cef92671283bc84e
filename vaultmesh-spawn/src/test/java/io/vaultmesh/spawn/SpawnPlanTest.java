package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.TreeDiff;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnPlanTest {

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger").build();

    @TempDir
    Path temp;

    private final SpawnPlan plan =
            Spawner.builder().environment(Map.of()).build().plan(LEDGER);

    private static List<String> namesIn(FileContent zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void writesTheVeryFilesAndThenSeesNoDifference() {
        Path target = temp.resolve("ledger");
        int size = plan.files().size();

        assertEquals(size, plan.diff(target).missing().size());
        plan.writeTo(target);

        TreeDiff diff = plan.diff(target);
        assertTrue(diff.isEmpty(), diff.toString());
        assertEquals(size, diff.unchanged().size());
        assertFalse(Files.exists(target.resolve(".git")));
    }

    @Test
    void seesWhatDiffersFromIt() throws IOException {
        Path target = temp.resolve("ledger");
        plan.writeTo(target);
        Files.writeString(target.resolve("README.md"), "mine\n");
        Files.delete(target.resolve("Makefile"));
        Files.writeString(target.resolve("notes.txt"), "");

        TreeDiff diff = plan.diff(target);

        assertEquals(RelativePath.of("README.md"), diff.modified().get(0).path());
        assertEquals(List.of(RelativePath.of("Makefile")), diff.missing());
        assertEquals(List.of("notes.txt"), diff.extra());
    }

    @Test
    void seesFilesThatAreTrackedThoughTheyAreIgnored() throws IOException {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
        Spawner spawner = Spawner.builder().into(temp).environment(Map.of()).build();
        Path service = spawner.spawn(LEDGER).directory();
        Files.createDirectory(service.resolve("build"));
        Files.writeString(service.resolve("build/payload.py"), "");
        Files.writeString(service.resolve("build/rubbish"), "");
        assertEquals(List.of(), spawner.drift(service).files().extra());

        git.run(service, "add", "-f", "build/payload.py").orFail();

        assertEquals(List.of("build/payload.py"), spawner.drift(service).files().extra());
        assertEquals(List.of("build/payload.py"), plan.diff(service).extra());
    }

    @Test
    void leavesADirectoryAloneThatHasAnythingInIt() throws IOException {
        Files.writeString(temp.resolve("notes.txt"), "");

        assertThrows(UncheckedIOException.class, () -> plan.writeTo(temp));

        assertEquals(List.of("notes.txt"), plan.diff(temp).extra());
    }

    @Test
    void isAnArchiveOfAllItsFiles() throws IOException {
        List<String> all =
                plan.files().files().stream().map(file -> file.path().value()).toList();

        assertEquals(all, namesIn(plan.toZip()));
    }

    @Test
    void carriesTheBytesAsGeneratedAndPinsThem() throws IOException {
        GeneratedFile base = plan.files().find(Manifest.BASE).orElseThrow();

        assertEquals(
                plan.manifest().files().stream()
                        .map(file -> file.path().value())
                        .toList(),
                namesIn(base.content()));
        assertEquals(base.hash(), plan.manifest().base().sha256());
        assertEquals(base.content().size(), plan.manifest().base().size());
        assertEquals(plan.manifest().root(), plan.root());
    }

    @Test
    void isSignedTheSameEachTimeByOneKey() {
        EnvelopeSigner signer = EnvelopeSigner.ed25519(Ed25519PrivateKey.ofSeed(new byte[32]));
        Spawner spawner = Spawner.builder().signer(signer).build();

        SpawnPlan signed = spawner.plan(LEDGER);

        assertTrue(signed.files().find(Manifest.SEAL).isPresent());
        assertEquals(signed, spawner.plan(LEDGER));
        assertEquals(plan.manifest(), signed.manifest());
        assertTrue(plan.files().find(Manifest.SEAL).isEmpty());
    }
}
