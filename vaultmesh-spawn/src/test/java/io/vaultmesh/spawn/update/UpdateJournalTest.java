package io.vaultmesh.spawn.update;

import static io.vaultmesh.spawn.update.Service.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an update leaves in {@code .vaultmesh/update}, and what the next one makes of it. */
class UpdateJournalTest {

    private static final String UPDATE = ".vaultmesh/update/";
    private static final String MANIFEST = ".vaultmesh/manifest.json";

    private static final MapTemplates YESTERDAY = MapTemplates.NONE
            .with("becomes", "a file\n")
            .with("dropped", "dropped\n")
            .with("merged", "1\n2\n3\n4\n5\n")
            .with("updated", "old\n");
    private static final MapTemplates TODAY = YESTERDAY
            .without("becomes")
            .with("becomes/directory", "new\n")
            .without("dropped")
            .with("merged", "1\n2\n3\n4\nfive\n")
            .with("updated", "new\n");
    private static final MapTemplates TOMORROW = TODAY.with("updated", "newer\n");

    /** The step at which all is written but the archive of what was generated. */
    private static final String AT_THE_BASE = "base.zip aside";
    /** The step at which all is written. */
    private static final String AT_THE_END = "running.zip to ";

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path temp;

    private Service service;
    private Map<String, String> old;

    @BeforeEach
    void makeTheService() throws IOException {
        service = Service.of(temp.resolve("ledger"), YESTERDAY).write("merged", "one\n2\n3\n4\n5\n");
        old = service.contents();
    }

    private void kill(MapTemplates today, String at) {
        assertThrows(
                Killed.class,
                () -> service.update(today, change -> {
                    if (change.contains(at)) {
                        throw new Killed();
                    }
                }));
        assertTrue(UpdateJournal.isOpen(service.directory()));
    }

    private void takeBack() throws IOException {
        var unused = new UpdateJournal(new ServiceFiles(service.directory().toRealPath()), change -> {}).takeBack();
    }

    private String archived(String archive, String path) throws IOException {
        try (ZipFile zip = new ZipFile(service.path(UPDATE + archive).toFile());
                InputStream in = zip.getInputStream(zip.getEntry(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean exists(String archive) {
        return Files.exists(service.path(UPDATE + archive));
    }

    @Nested
    class AnArchive {

        @Test
        void ofAFileThatWasWrittenAfterTheInterruptionIsKept() throws IOException {
            for (int n = 1; n <= 2; n++) {
                service.write("merged", "one of " + n + "\n2\n3\n4\n5\n");
                kill(TODAY, AT_THE_BASE);
                service.write("merged", "somebody else\n");
                takeBack();

                assertEquals("somebody else\n", service.read("merged"));
                assertEquals("one of " + n + "\n2\n3\n4\n5\n", archived("interrupted-" + n + ".zip", "merged"));
                assertFalse(UpdateJournal.isOpen(service.directory()));
                assertFalse(exists("before.zip"));
            }
        }

        @Test
        void outlastsTheUpdateThatTookBackAnotherOne() throws IOException {
            kill(TODAY, AT_THE_BASE);
            service.write("merged", "somebody else\n");

            assertTrue(service.update(TODAY).note().contains("interrupted-1.zip"));

            assertEquals("one\n2\n3\n4\n5\n", archived("interrupted-1.zip", "merged"));
            assertEquals("somebody else\n", archived("before.zip", "merged"));
        }

        @Test
        void isNotReplacedByAnUpdateThatFails() throws IOException {
            assertFalse(service.update(TODAY).hasConflicts());
            byte[] before = Files.readAllBytes(service.path(UPDATE + "before.zip"));

            assertThrows(
                    UncheckedIOException.class,
                    () -> service.update(TOMORROW, change -> {
                        if (change.contains(AT_THE_BASE)) {
                            throw new IOException("no space left");
                        }
                    }));

            assertArrayEquals(before, Files.readAllBytes(service.path(UPDATE + "before.zip")));
            assertFalse(UpdateJournal.isOpen(service.directory()));
            assertFalse(exists("interrupted-1.zip"));
        }

        @Test
        void mayBeLargerThanAFile() throws IOException {
            FileVersion large = new FileVersion(FileContent.of(new byte[33 * 1024 * 1024]), false);
            FileVersion dropped = new FileVersion(FileContent.utf8("dropped\n"), false);
            // the large ones are as if they were removed
            List<Change> changes = List.of(
                    new Change(RelativePath.of("dropped"), Optional.of(dropped), Optional.empty()),
                    new Change(RelativePath.of("large/a"), Optional.of(large), Optional.empty()),
                    new Change(RelativePath.of("large/b"), Optional.of(large), Optional.empty()));
            UpdateJournal journal =
                    new UpdateJournal(new ServiceFiles(service.directory().toRealPath()), change -> {
                        if (change.startsWith("delete ")) {
                            throw new Killed();
                        }
                    });
            assertThrows(Killed.class, () -> journal.write(changes));

            takeBack();

            assertEquals(large.content().size(), Files.size(service.path("large/a")));
            assertEquals(large.content().size(), Files.size(service.path("large/b")));
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void holdsPathsThatDifferOnlyInCase() throws IOException {
            MapTemplates other = TODAY.with("DROPPED", "new\n");
            service.write("DROPPED", "mine\n");

            assertTrue(service.update(other).hasConflicts());

            assertEquals("mine\n", archived("before.zip", "DROPPED"));
            assertEquals("dropped\n", archived("before.zip", "dropped"));
        }
    }

    @Nested
    class AnInterruptedUpdate {

        @Test
        void isTakenBackWhereModesDoNotStick() throws IOException {
            String manifest = service.read(MANIFEST);
            kill(TODAY, AT_THE_BASE);
            assertNotEquals(manifest, service.read(MANIFEST));
            for (String path : service.contents().keySet()) {
                assertTrue(service.path(path).toFile().setExecutable(true));
            }

            takeBack();

            assertEquals(manifest, service.read(MANIFEST));
            assertEquals("old\n", service.read("updated"));
            assertEquals("one\n2\n3\n4\n5\n", service.read("merged"));
        }

        @Test
        void isFinishedIfAllWasWritten() throws IOException {
            kill(TODAY, AT_THE_END);
            Map<String, String> written = service.contents();

            UpdateReport next = service.update(TODAY);

            assertEquals(written, service.contents());
            assertEquals(next.files().size(), next.files(Outcome.UNCHANGED).size() + 1, next.toString());
            assertEquals(List.of("merged"), paths(next.files(Outcome.KEPT)));
            assertEquals("one\n2\n3\n4\n5\n", archived("before.zip", "merged"));
            assertFalse(UpdateJournal.isOpen(service.directory()));
            assertTrue(next.note().contains("was finished"));
        }

        private List<String> paths(List<FileUpdate> files) {
            return files.stream().map(file -> file.path().value()).toList();
        }

        @Test
        void isNotTakenBackIfSomebodyChangedTheManifestSince() throws IOException {
            kill(TODAY, AT_THE_BASE);
            Service other = Service.of(temp.resolve("other"), TOMORROW);
            service.write(MANIFEST, other.read(MANIFEST));
            Map<String, String> found = service.contents();

            UpdateRefusedException refused = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY));

            assertEquals(Reason.JOURNAL_STALE, refused.reason());
            assertContains(MANIFEST, refused);
            assertEquals(found, service.contents());
            assertTrue(UpdateJournal.isOpen(service.directory()));
        }

        @Test
        void isTakenBackWhenAFileHasBecomeADirectory() throws IOException {
            kill(TODAY, AT_THE_BASE);
            assertTrue(Files.isDirectory(service.path("becomes")));

            takeBack();

            assertEquals(old, service.contents());
        }

        @Test
        void isToldOf() {
            kill(TODAY, AT_THE_BASE);
            UpdateReport next = service.update(TODAY);
            assertTrue(next.note().contains("was taken back"));
            assertTrue(next.toString().contains("was taken back"), next.toString());
            assertEquals("", service.update(TODAY).note());
        }

        @Test
        void isToldOfInTheRefusalOfTheNext() throws IOException {
            service.write("updated", "mine\n");
            kill(TODAY, AT_THE_END);

            UpdateRefusedException refused = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY));

            assertEquals(Reason.UNRESOLVED, refused.reason());
            assertContains("was finished", refused);
        }
    }

    @Nested
    class FilesOfTheUpdate {

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void thatAreLinksAreRefused() throws IOException {
            for (String name : List.of("lock", "part", "running.zip", "before.zip", ".gitignore")) {
                Path outside = temp.resolve("outside");
                Files.createDirectories(service.path(UPDATE));
                Path link = Files.createSymbolicLink(service.path(UPDATE + name), outside);
                refused(name);
                assertFalse(Files.exists(outside), name);
                Files.delete(link);
            }
            assertEquals(old, service.contents());
        }

        @Test
        void thatAreNoFilesAreRefused() throws IOException {
            Files.createDirectories(service.path(UPDATE + "lock"));
            refused("lock");
            Files.delete(service.path(UPDATE + "lock"));
            Files.delete(service.path(UPDATE));
            service.write(".vaultmesh/update", "a file\n");
            refused(".vaultmesh/update");
        }

        private void refused(String name) {
            UpdateRefusedException refused = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY));
            assertEquals(Reason.LINK, refused.reason());
            assertContains(name, refused);
            assertEquals(
                    refused.getMessage(),
                    assertThrows(UpdateRefusedException.class, () -> service.preview(TODAY))
                            .getMessage());
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void areForTheirOwnerOnly() throws IOException {
            Set<String> permissions = new HashSet<>();
            assertFalse(service.update(TODAY, change -> {
                        if (UpdateJournal.isOpen(service.directory())) {
                            permissions.add(permissions(UPDATE + "running.zip"));
                        }
                        if (change.startsWith("fill ")) {
                            permissions.add(permissions(UPDATE + "part"));
                        }
                    })
                    .hasConflicts());

            assertEquals(Set.of("rw-------"), permissions);
            assertEquals("rw-------", permissions(UPDATE + "before.zip"));
            Path usual = Files.createFile(service.path("usual"));
            assertEquals(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)),
                    permissions("becomes/directory"));
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void areNotWrittenBeforeTheLockIsHeld() {
            Reason[] second = {null};
            assertFalse(service.update(TODAY, change -> {
                        if (change.contains(".gitignore aside")) {
                            second[0] = assertThrows(UpdateRefusedException.class, () -> service.update(TODAY))
                                    .reason();
                        }
                    })
                    .hasConflicts());
            assertEquals(Reason.LOCKED, second[0]);
        }
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(service.path(path)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPrivateFileThatIsPutBackIsPrivate() throws IOException {
        for (String path : List.of("dropped", "updated")) {
            Files.setPosixFilePermissions(service.path(path), PosixFilePermissions.fromString("rw-------"));
        }
        kill(TODAY, AT_THE_BASE);
        assertFalse(Files.exists(service.path("dropped")));

        takeBack();

        assertEquals("rw-------", permissions("dropped"));
        assertEquals("rw-------", permissions("updated"));
    }

    @Test
    void aFileThatSomebodyWritesAtTheLastMomentIsNotOverwritten() throws IOException {
        UpdateRefusedException refused = assertThrows(
                UpdateRefusedException.class,
                () -> service.update(TODAY, change -> {
                    if (change.startsWith("move ") && change.endsWith("updated")) {
                        Files.writeString(service.path("updated"), "theirs\n");
                    }
                }));

        assertEquals(Reason.CHANGED, refused.reason());
        assertContains("interrupted-1.zip", refused);
        assertEquals("theirs\n", service.read("updated"));
    }

    @Test
    void aFileThatSomebodyWritesAtTheLastMomentIsNotDeleted() throws IOException {
        UpdateRefusedException refused = assertThrows(
                UpdateRefusedException.class,
                () -> service.update(TODAY, change -> {
                    if (change.startsWith("delete ") && change.endsWith("dropped")) {
                        Files.writeString(service.path("dropped"), "theirs\n");
                    }
                }));

        assertEquals(Reason.CHANGED, refused.reason());
        assertEquals("theirs\n", service.read("dropped"));
    }

    @Test
    void aFileThatSomebodyWritesAtTheLastMomentIsNotTakenBack() throws IOException {
        kill(TODAY, AT_THE_BASE);
        UpdateRefusedException refused = assertThrows(
                UpdateRefusedException.class,
                () -> service.update(TODAY, change -> {
                    if (change.startsWith("move ") && change.endsWith("updated")) {
                        Files.writeString(service.path("updated"), "theirs\n");
                    }
                }));

        assertEquals(Reason.CHANGED, refused.reason());
        assertEquals("theirs\n", service.read("updated"));
        assertTrue(UpdateJournal.isOpen(service.directory()));
        assertTrue(service.update(TODAY).hasConflicts());
        assertTrue(service.read("updated").contains("theirs\n"));
    }
}
