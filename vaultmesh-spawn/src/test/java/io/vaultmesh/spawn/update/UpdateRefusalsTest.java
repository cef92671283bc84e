package io.vaultmesh.spawn.update;

import static io.vaultmesh.spawn.update.Service.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UpdateRefusalsTest {

    private static final MapTemplates YESTERDAY =
            MapTemplates.NONE.with("docs/a", "a\n").with("b", "b\n").with("logo", new byte[] {0, 1});
    private static final MapTemplates TODAY =
            YESTERDAY.with("docs/a", "A\n").with("b", "B\n").with("logo", new byte[] {0, 2});

    @TempDir
    Path temp;

    private Service service;

    @BeforeEach
    void makeTheService() {
        service = Service.of(temp.resolve("ledger"), YESTERDAY);
    }

    /** Nothing may be touched, and a dry run must say the same. */
    private UpdateRefusedException refused(Reason reason) throws IOException {
        Map<String, String> before = service.contents();
        UpdateRefusedException found = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY));
        assertNotNull(found);
        assertEquals(reason, found.reason());
        assertEquals(before, service.contents());
        assertFalse(UpdateJournal.isOpen(service.directory()));
        assertEquals(
                found.getMessage(),
                assertThrows(UpdateRefusedException.class, () -> service.preview(TODAY))
                        .getMessage());
        return found;
    }

    @Nested
    class AService {

        @Test
        void isNotADirectoryWithoutAManifest() {
            assertContains(
                    "expected the directory of a service that was spawned",
                    assertThrows(UncheckedIOException.class, () -> new Service(temp).update(TODAY)));
            assertFalse(Files.exists(temp.resolve(".vaultmesh")));
        }

        @Test
        void ofANewerFormatIsRefused() throws IOException {
            String manifest = service.read(".vaultmesh/manifest.json");
            service.write(".vaultmesh/manifest.json", manifest.replace("\"format\":1", "\"format\":2"));

            assertContains(
                    "member format is 2, expected 1",
                    assertThrows(IllegalArgumentException.class, () -> service.update(TODAY)));
            assertFalse(Files.exists(service.path(".vaultmesh/update")));
        }

        @Test
        void thatIsBeingUpdatedIsRefused() throws IOException {
            assertFalse(service.update(YESTERDAY).hasConflicts());
            Map<String, String> before = service.contents();

            try (WriterLock lock = WriterLock.take(service.path(".vaultmesh/update"))) {
                assertNotNull(lock);
                assertEquals(
                        Reason.LOCKED,
                        assertThrows(UpdateRefusedException.class, () -> service.update(TODAY))
                                .reason());
            }
            assertEquals(before, service.contents());
            assertFalse(service.update(TODAY).hasConflicts());
        }
    }

    @Nested
    class ABase {

        @Test
        void thatWasTamperedWithIsRefusedByName() throws IOException {
            byte[] base = Files.readAllBytes(service.path(".vaultmesh/base.zip"));
            base[40] ^= 1;
            service.write(".vaultmesh/base.zip", base);

            assertContains(".vaultmesh/base.zip has the SHA-256 hash", refused(Reason.BASE_DAMAGED));
        }

        @Test
        void whoseFilesAreOthersThanTheManifestNamesIsRefusedByTheirName() throws IOException {
            write(YESTERDAY.with("b", "forged\n"));

            assertContains("holds other bytes of b than were generated", refused(Reason.BASE_DAMAGED));
        }

        @Test
        void thatLacksAFileOrHasOneMoreIsRefused() throws IOException {
            write(YESTERDAY.without("b"));
            assertContains("lacks b", refused(Reason.BASE_DAMAGED));

            write(YESTERDAY.with("more", ""));
            assertContains("holds more, expected only files", refused(Reason.BASE_DAMAGED));
        }

        /** A manifest that names the hash of another archive, but the files of this one. */
        private void write(MapTemplates inArchive) throws IOException {
            FileContent archive = tree(inArchive).toZip();
            Manifest manifest = Manifest.of(Service.SPEC, tree(YESTERDAY), archive);
            service.write(".vaultmesh/base.zip", archive.bytes());
            service.write(".vaultmesh/manifest.json", manifest.content().bytes());
        }

        private FileTree tree(MapTemplates templates) {
            FileTree.Builder tree = FileTree.builder();
            templates
                    .files()
                    .forEach((path, version) -> tree.add(
                            new GeneratedFile(RelativePath.of(path), version.content(), version.executable(), "map")));
            return tree.build();
        }

        @Test
        void thatIsNoZipIsRefused() throws IOException {
            FileContent archive = FileContent.utf8("PK\u0003\u0004 and nothing that follows from it");
            service.write(".vaultmesh/base.zip", archive.bytes());
            service.write(
                    ".vaultmesh/manifest.json",
                    Manifest.of(Service.SPEC, tree(YESTERDAY), archive)
                            .content()
                            .bytes());

            assertContains(".vaultmesh/base.zip ", refused(Reason.BASE_DAMAGED));
        }

        @Test
        void thatIsNowhereIsRefusedWithTheFilesThatItTakes() throws IOException {
            service.delete(".vaultmesh/base.zip").write("b", "mine\n");

            UpdateRefusedException refused = refused(Reason.BASE_MISSING);
            assertContains("missing are b.", refused);
            assertContains("git fetch --unshallow", refused);
        }

        @Test
        void isNotNeededForFilesThatAreAsTheyWereGenerated() throws IOException {
            service.delete(".vaultmesh/base.zip");

            assertFalse(service.update(TODAY).hasConflicts());

            assertEquals("B\n", service.read("b"));
            assertTrue(Files.exists(service.path(".vaultmesh/base.zip")));
        }
    }

    @Nested
    class Conflicts {

        @Test
        void thatAreNotSettledAreNamed() throws IOException {
            service.write("b", "mine\n").write("logo", new byte[] {0, 3});
            assertTrue(service.update(TODAY).hasConflicts());

            assertContains("ledger: b, logo; take out", refused(Reason.UNRESOLVED));

            service.write("b", "settled\n").delete("logo.templates");
            assertFalse(service.update(TODAY).hasConflicts());
        }

        @Test
        void thatTheTemplatesShowAreNone() throws IOException {
            MapTemplates old = MapTemplates.NONE.with("help", "a\n<<<<<<< yours\n=======\n>>>>>>> templates\n");
            Service helpful = Service.of(temp.resolve("helpful"), old);

            assertFalse(helpful.update(old.with("help", "b\n")).hasConflicts());
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class Links {

        @Test
        void thatLeadOutsideAreRefused() throws IOException {
            Path outside = Files.writeString(temp.resolve("outside"), "b\n");
            service.delete("b");
            Files.createSymbolicLink(service.path("b"), outside);

            assertContains("b is a symbolic link to " + outside.toRealPath(), refused(Reason.LINK));
            assertEquals("b\n", Files.readString(outside));
        }

        @Test
        void thatLeadToNothingOutsideAreRefused() throws IOException {
            service.delete("b");
            Files.createSymbolicLink(service.path("b"), Path.of("../nothing"));

            assertContains("nothing", refused(Reason.LINK));
        }

        @Test
        void inThePlaceOfADirectoryAreRefused() throws IOException {
            Path outside = Files.createDirectory(temp.resolve("outside"));
            Files.move(service.path("docs/a"), outside.resolve("a"));
            service.delete("docs");
            Files.createSymbolicLink(service.path("docs"), outside);

            assertContains("docs/a lies behind the symbolic link", refused(Reason.LINK));
            assertEquals("a\n", Files.readString(outside.resolve("a")));
        }

        @Test
        void forTheFilesOfTheUpdateItselfAreRefused() throws IOException {
            Path outside = Files.createDirectory(temp.resolve("outside"));
            Files.createSymbolicLink(service.path(".vaultmesh/update"), outside);

            assertEquals(
                    Reason.LINK,
                    assertThrows(UpdateRefusedException.class, () -> service.update(TODAY))
                            .reason());
            try (Stream<Path> files = Files.list(outside)) {
                assertEquals(List.of(), files.toList());
            }
        }
    }

    @Nested
    class AManifest {

        private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        private final EnvelopeVerifier verifier = EnvelopeVerifier.ed25519(key.publicKey());

        @Test
        void thatIsNotTheOneThatWasSignedIsRefusedIfAKeyIsTrusted() throws IOException {
            assertEquals(
                    Reason.SEAL,
                    assertThrows(
                                    UpdateRefusedException.class,
                                    () -> TODAY.spawner()
                                            .trust(verifier)
                                            .build()
                                            .update(service.directory()))
                            .reason());
            assertEquals("b\n", service.read("b"));
        }

        @Test
        void isSignedAgainIfThereIsASigner() {
            Path directory = temp.resolve("signed");
            EnvelopeSigner signer = EnvelopeSigner.ed25519(key);
            YESTERDAY.spawner().signer(signer).build().plan(Service.SPEC).writeTo(directory);

            assertFalse(TODAY.spawner()
                    .signer(signer)
                    .trust(verifier)
                    .build()
                    .update(directory)
                    .hasConflicts());
            assertTrue(TODAY.spawner()
                    .trust(verifier)
                    .build()
                    .drift(directory)
                    .report()
                    .passed());
        }

        @Test
        void thatIsSignedIsNotReplacedByOneThatIsNot() {
            Path directory = temp.resolve("signed");
            YESTERDAY
                    .spawner()
                    .signer(EnvelopeSigner.ed25519(key))
                    .build()
                    .plan(Service.SPEC)
                    .writeTo(directory);

            // nothing new to sign
            assertFalse(new Service(directory).update(YESTERDAY).hasConflicts());
            assertEquals(
                    Reason.SEAL,
                    assertThrows(UpdateRefusedException.class, () -> new Service(directory).update(TODAY))
                            .reason());
            assertTrue(YESTERDAY
                    .spawner()
                    .trust(verifier)
                    .build()
                    .drift(directory)
                    .report()
                    .passed());
        }
    }
}
