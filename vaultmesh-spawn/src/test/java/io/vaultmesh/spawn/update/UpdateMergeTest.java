package io.vaultmesh.spawn.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of contents, modes and line ends, each by itself. */
class UpdateMergeTest {

    private static final String LINES = UpdateTest.LINES;
    private static final MapTemplates YESTERDAY = UpdateTest.YESTERDAY;
    private static final MapTemplates TODAY = UpdateTest.TODAY;

    @TempDir
    Path temp;

    @Nested
    class ConflictsIn {

        private static final byte[] OLD = {0, 1, 2};
        private static final byte[] MINE = {0, 1, 3};
        private static final byte[] NEW = {0, 1, 4};

        @Test
        void filesThatAreNoTextKeepBothSides() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), MapTemplates.NONE.with("logo.png", OLD))
                    .write("logo.png", MINE);

            UpdateReport report = service.update(MapTemplates.NONE.with("logo.png", NEW));

            assertEquals(
                    "conflict  logo.png (is not text: that of the templates is logo.png.templates)\n0 files unchanged",
                    report.toString());
            assertArrayEquals(MINE, Files.readAllBytes(service.path("logo.png")));
            assertArrayEquals(NEW, Files.readAllBytes(service.path("logo.png.templates")));
            assertTrue(report.files().get(0).diff().isEmpty());
        }

        @Test
        void jsonAndScriptsHaveMarkersAndKeepTheirMode() throws IOException {
            MapTemplates old =
                    MapTemplates.NONE.with("a.json", "{\"a\": 1}\n").withExecutable("run.sh", "#!/bin/sh\na\n");
            Service service = Service.of(temp.resolve("ledger"), old).write("a.json", "{\"a\": 2}\n");
            Files.writeString(service.path("run.sh"), "#!/bin/sh\nb\n");

            UpdateReport report = service.update(
                    MapTemplates.NONE.with("a.json", "{\"a\": 3}\n").withExecutable("run.sh", "#!/bin/sh\nc"));

            assertEquals(2, report.files(Outcome.CONFLICT).size());
            assertEquals("<<<<<<< yours\n{\"a\": 2}\n=======\n{\"a\": 3}\n>>>>>>> templates\n", service.read("a.json"));
            assertEquals("#!/bin/sh\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> templates\n", service.read("run.sh"));
            assertTrue(
                    report.files(Outcome.CONFLICT).get(1).after().orElseThrow().executable());
        }

        @Test
        void filesThatBothAddedShowWhatDiffers() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), MapTemplates.NONE)
                    .write("a", "one\ntwo\n")
                    .write("b", "b\n");

            UpdateReport report =
                    service.update(MapTemplates.NONE.with("a", "one\n2\n").with("b", "b\n"));

            assertEquals(Outcome.CONFLICT, Service.outcomes(report).get("a"));
            assertEquals(Outcome.UNCHANGED, Service.outcomes(report).get("b"));
            assertEquals("one\n<<<<<<< yours\ntwo\n=======\n2\n>>>>>>> templates\n", service.read("a"));
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void whatIsALinkNowLeaveIt() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY)
                    .delete("templates")
                    .delete("yours");
            Files.createSymbolicLink(service.path("templates"), Path.of("same"));
            Files.createDirectory(service.path("yours"));

            UpdateReport report = service.update(TODAY);

            assertEquals(Outcome.CONFLICT, Service.outcomes(report).get("templates"));
            assertEquals(Outcome.KEPT, Service.outcomes(report).get("yours"));
            assertTrue(Files.isSymbolicLink(service.path("templates")));
            assertEquals("same\n", service.read("same"));
            assertEquals(LINES.replace("two", "2"), service.read("templates.templates"));
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class Modes {

        @Test
        void areMergedByThemselves() throws IOException {
            MapTemplates old = MapTemplates.NONE
                    .with("a", LINES)
                    .with("b", LINES)
                    .withExecutable("c", LINES)
                    .with("d", LINES);
            Service service = Service.of(temp.resolve("ledger"), old).write("d", LINES + "mine\n");
            assertTrue(service.path("b").toFile().setExecutable(true));

            UpdateReport report = service.update(MapTemplates.NONE
                    .withExecutable("a", LINES)
                    .with("b", "b\n")
                    .with("c", LINES)
                    .withExecutable("d", LINES));

            assertEquals(
                    Map.of("a", Outcome.UPDATED, "b", Outcome.MERGED, "c", Outcome.UPDATED, "d", Outcome.MERGED),
                    Service.outcomes(report));
            assertEquals(
                    List.of(true, true, false, true),
                    Stream.of("a", "b", "c", "d")
                            .map(path -> Files.isExecutable(service.path(path)))
                            .toList());
            assertEquals("b\n", service.read("b"));
            assertEquals(LINES + "mine\n", service.read("d"));
        }

        @Test
        void ofPrivateFilesStayPrivate() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY);
            Files.setPosixFilePermissions(service.path("templates"), PosixFilePermissions.fromString("rw-------"));

            assertFalse(service.update(TODAY.withExecutable("templates", "x\n")).hasConflicts());

            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(service.path("templates"))));
        }
    }

    @Nested
    class LineEnds {

        @Test
        void ofWindowsAreNoConflictAndStay() throws IOException {
            String windows = LINES.replace("\n", "\r\n");
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY)
                    .write("templates", windows)
                    .write("both", windows.replace("six", "6"))
                    .write("yours", windows);

            UpdateReport report = service.update(TODAY);

            assertEquals(Outcome.MERGED, Service.outcomes(report).get("templates"));
            assertEquals(Outcome.MERGED, Service.outcomes(report).get("both"));
            assertEquals(Outcome.KEPT, Service.outcomes(report).get("yours"));
            assertEquals(windows.replace("two", "2"), service.read("templates"));
            assertEquals(windows.replace("two", "2").replace("six", "6"), service.read("both"));
            assertEquals(windows, service.read("yours"));
        }

        @Test
        void areNoChangeOfAFileThatTheTemplatesEmptied() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY).write("both", LINES.replace("\n", "\r\n"));

            assertEquals(
                    Outcome.UPDATED,
                    Service.outcomes(service.update(TODAY.with("both", ""))).get("both"));

            assertTrue(service.read("both").isEmpty());
        }

        @Test
        void inConflictsAreThoseOfTheFile() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY).write("clash", "zwei\r\n");

            assertTrue(service.update(TODAY).hasConflicts());

            assertTrue(service.read("clash").contains("<<<<<<< yours\r\nzwei\r\n=======\r\n"));
            assertFalse(service.read("clash").replace("\r\n", "").contains("\n"));
        }

        @Test
        void thatTheTemplatesChangeAreChangedWhereYouDidNot() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY).write("both", LINES.replace("six", "6"));

            assertFalse(service.update(TODAY.with("both", LINES.replace("\n", "\r\n")))
                    .hasConflicts());

            assertEquals(LINES.replace("six", "6").replace("\n", "\r\n"), service.read("both"));
        }

        @Test
        void thatAreMixedAreComparedAsTheyAre() throws IOException {
            Service service =
                    Service.of(temp.resolve("ledger"), YESTERDAY).write("both", LINES.replace("six\n", "six\r\n"));

            assertFalse(service.update(TODAY).hasConflicts());

            assertEquals(LINES.replace("six\n", "six\r\n").replace("two", "2"), service.read("both"));
        }
    }
}
