package io.vaultmesh.spawn.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {

    private static final ServiceSpec SPEC = ServiceSpec.named("ledger").build();
    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.generate(new SecureRandom());
    private static final Ed25519PrivateKey OTHER = Ed25519PrivateKey.generate(new SecureRandom());

    private static final FileTree TREE = FileTree.builder()
            .add(new GeneratedFile(RelativePath.of(".gitignore"), FileContent.utf8("*.log\n/out/\n"), false, "own"))
            .add(new GeneratedFile(RelativePath.of("README.md"), FileContent.utf8("# ledger\n"), false, "own"))
            .add(new GeneratedFile(RelativePath.of("src/a.py"), FileContent.utf8("a = 1\n"), false, "own"))
            .build();

    @TempDir
    Path temp;

    private Path service;

    @BeforeEach
    void writeTheService() {
        service = temp.resolve("ledger");
        FileContent base = TREE.toZip();
        Manifest manifest = Manifest.of(SPEC, TREE, base);
        FileContent seal = Seal.sign(manifest, EnvelopeSigner.ed25519(KEY));
        try (TreeWriter writer = TreeWriter.open(service)) {
            writer.write(FileTree.builder()
                    .addAll(TREE)
                    .add(new GeneratedFile(Manifest.PATH, manifest.content(), false, "manifest"))
                    .add(new GeneratedFile(Manifest.BASE, base, false, "manifest"))
                    .add(new GeneratedFile(Manifest.SEAL, seal, false, "manifest"))
                    .build());
            writer.publish();
        }
    }

    private Drift drift(Ed25519PrivateKey... trusted) {
        return Drift.of(
                service,
                List.of(trusted).stream()
                        .map(key -> EnvelopeVerifier.ed25519(key.publicKey()))
                        .toList());
    }

    private static Check signature(Drift drift) {
        return drift.seal().check("signature").orElseThrow();
    }

    @Test
    void aServiceAsItWasGeneratedHasNone() {
        Drift drift = drift(KEY);

        assertTrue(drift.isEmpty(), drift.report().toText());
        assertTrue(drift.report().passed(), drift.report().toText());
        assertEquals(3, drift.files().unchanged().size());
        assertEquals("3 files unchanged", drift.files().toString());
    }

    @Nested
    class Edits {

        @Test
        void areToldApart() throws IOException {
            Files.writeString(service.resolve("README.md"), "# Ledger\n");
            Files.delete(service.resolve("src/a.py"));
            Files.createDirectories(service.resolve("docs"));
            Files.writeString(service.resolve("docs/größe.md"), "new");

            Drift drift = drift(KEY);

            assertEquals(List.of(RelativePath.of(".gitignore")), drift.files().unchanged());
            assertEquals("README.md", drift.files().modified().get(0).path().value());
            assertEquals(List.of(RelativePath.of("src/a.py")), drift.files().missing());
            assertEquals(List.of("docs/größe.md"), drift.files().extra());
            assertFalse(drift.isEmpty());
            // the manifest that says so is still the original
            assertTrue(drift.seal().passed(), drift.seal().toText());
            assertEquals(3, drift.report().checks(Outcome.FAIL).size());
            assertTrue(drift.files().toString().contains("missing   src/a.py\nextra     docs/größe.md\n"));
        }

        @Test
        void thatGitWouldIgnoreAreNone() throws IOException {
            Files.createDirectories(service.resolve("out/deep"));
            Files.writeString(service.resolve("out/deep/a"), "");
            Files.writeString(service.resolve("src/x.log"), "");
            Files.createDirectories(service.resolve(".git/info"));
            Files.writeString(service.resolve(".git/info/exclude"), "mine\n");
            Files.writeString(service.resolve("mine"), "");

            assertTrue(drift().files().isEmpty(), drift().files().toString());
        }

        @Test
        void ofIgnoreRulesAreHeeded() throws IOException {
            Files.writeString(service.resolve("src/.gitignore"), "*.tmp\n!keep.log\n");
            Files.writeString(service.resolve("src/keep.log"), "");
            Files.writeString(service.resolve("src/x.tmp"), "");

            assertEquals(
                    List.of("src/.gitignore", "src/keep.log"), drift().files().extra());
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class WhatCannotBeRead {

        private void pipe(String path) throws IOException {
            Files.delete(service.resolve(path));
            OutsideProgram.require("sh")
                    .run(service, "-c", "mkfifo \"$0\"", path)
                    .orFail();
        }

        private String refused() {
            // whoever opens a pipe waits for another end that never comes
            return assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThrows(UncheckedIOException.class, () -> drift(KEY))
                            .getMessage());
        }

        @Test
        void asAManifestThatIsAPipeIsRefused() throws IOException {
            pipe(".vaultmesh/manifest.json");

            assertTrue(refused().endsWith("manifest.json: is no regular file"));
        }

        @Test
        void asASignatureThatIsAPipeIsRefused() throws IOException {
            pipe(".vaultmesh/manifest.dsse.json");

            assertTrue(refused().endsWith("manifest.dsse.json: is no regular file"));
        }

        @Test
        void asAFileThatBecameAPipeIsModified() throws IOException {
            pipe("README.md");
            pipe(".gitignore");
            pipe(".vaultmesh/base.zip");

            Drift drift = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> drift(KEY));

            assertEquals(
                    List.of("is not a file", "is not a file"),
                    drift.files().modified().stream().map(TreeDiff.Change::how).toList());
            assertEquals(
                    ".vaultmesh/base.zip is not a file",
                    drift.seal().check("base").orElseThrow().detail());
        }

        @Test
        void asADirectoryThatNobodyMayLookIntoIsNotTakenForAnEmptyOne() throws IOException {
            Manifest manifest = Manifest.read(service);
            // a circle of links: what cannot be looked into by root either
            Path circle = Files.createSymbolicLink(temp.resolve("circle"), temp.resolve("circle"));

            UncheckedIOException e =
                    assertThrows(UncheckedIOException.class, () -> TreeDiff.of(manifest.files(), circle));

            assertTrue(e.getMessage().contains("can't look into the directory " + circle), e.getMessage());
        }

        @Test
        void asAFileBelowAFileIsMissing() throws IOException {
            Files.delete(service.resolve("src/a.py"));
            Files.delete(service.resolve("src"));
            Files.writeString(service.resolve("src"), "a file");

            assertEquals(List.of(RelativePath.of("src/a.py")), drift().files().missing());
            assertEquals(List.of("src"), drift().files().extra());
        }
    }

    @Nested
    class TheSeal {

        private void rewriteManifest() throws IOException {
            // what a forger does: changes a file, and writes a manifest that fits
            FileTree forged = FileTree.builder()
                    .add(new GeneratedFile(RelativePath.of("README.md"), FileContent.utf8("# forged\n"), false, "own"))
                    .build();
            Files.writeString(service.resolve("README.md"), "# forged\n");
            Files.delete(service.resolve("src/a.py"));
            Files.delete(service.resolve(".gitignore"));
            Manifest manifest = Manifest.of(SPEC, forged, forged.toZip());
            Files.write(Manifest.PATH.in(service), manifest.content().bytes());
            Files.write(Manifest.BASE.in(service), forged.toZip().bytes());
        }

        @Test
        void isBrokenByAManifestThatWasWrittenAnew() throws IOException {
            rewriteManifest();

            Drift drift = drift(KEY);

            assertTrue(drift.files().isEmpty(), "the forged manifest makes the files look unchanged");
            assertFalse(drift.isEmpty());
            assertEquals(Outcome.FAIL, signature(drift).outcome());
            assertTrue(signature(drift).detail().contains("changed after it was signed"));
        }

        @Test
        void ofAnotherKeyIsRefuted() {
            assertEquals(Outcome.FAIL, signature(drift(OTHER)).outcome());
            assertEquals(Outcome.PASS, signature(drift(OTHER, KEY)).outcome());
        }

        @Test
        void isNotCheckedWithoutAKeyAndAbsentWithoutASignature() throws IOException {
            assertEquals(Outcome.NOT_CHECKED, signature(drift()).outcome());
            assertFalse(drift().report().passed());
            Files.delete(Manifest.SEAL.in(service));
            assertEquals(Outcome.ABSENT, signature(drift()).outcome());
            assertFalse(drift().report().passed());
        }

        @Test
        void thatWasDeletedIsMissedByWhoeverTrustsAKey() throws IOException {
            rewriteManifest();
            Files.delete(Manifest.SEAL.in(service));

            assertEquals(Outcome.FAIL, signature(drift(KEY)).outcome());
            assertFalse(drift(KEY).isEmpty());
        }

        @Test
        void thatIsNoneIsRefuted() throws IOException {
            Files.writeString(Manifest.SEAL.in(service), "{}");

            assertEquals(Outcome.FAIL, signature(drift(KEY)).outcome());
        }

        @Test
        void namesAnArchiveThatIsNotTheOneOfTheManifest() throws IOException {
            Files.writeString(Manifest.BASE.in(service), "PK");

            Check base = drift(KEY).seal().check("base").orElseThrow();

            assertEquals(Outcome.FAIL, base.outcome());
            assertTrue(base.detail().contains("has 2 bytes"), base.detail());
        }
    }
}
