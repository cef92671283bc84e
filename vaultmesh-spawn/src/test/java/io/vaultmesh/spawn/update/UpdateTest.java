package io.vaultmesh.spawn.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.manifest.Drift;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UpdateTest {

    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";

    private static final MapTemplates YESTERDAY = MapTemplates.NONE
            .with("both", LINES)
            .with("clash", LINES)
            .with("deleted", LINES + "deleted\n")
            .with("deleted-too", LINES + "deleted too\n")
            .with("dropped/file", "dropped\n")
            .with("dropped-yours", "dropped\n")
            .with("same", "same\n")
            .with("templates", LINES)
            .with("yours", LINES);

    private static final MapTemplates TODAY = YESTERDAY
            .with("both", LINES.replace("two", "2"))
            .with("clash", LINES.replace("two", "2"))
            .with("deleted", "deleted, but for the templates\n")
            .without("dropped/file")
            .without("dropped-yours")
            .with("new/file", "new\n")
            .with("templates", LINES.replace("two", "2"));

    @TempDir
    Path temp;

    private Service edited() throws IOException {
        return Service.of(temp.resolve("ledger"), YESTERDAY)
                .write("both", LINES.replace("six", "6"))
                .write("clash", LINES.replace("two", "zwei"))
                .delete("deleted")
                .delete("deleted-too")
                .write("dropped-yours", "mine\n")
                .write("mine", "mine\n")
                .write("yours", LINES.replace("six", "6"));
    }

    @Nested
    class EachFile {

        @Test
        void hasTheOutcomeThatBothSidesGive() throws IOException {
            Service service = edited();

            UpdateReport report = service.update(TODAY);

            assertEquals(
                    Map.ofEntries(
                            Map.entry("both", Outcome.MERGED),
                            Map.entry("clash", Outcome.CONFLICT),
                            Map.entry("deleted", Outcome.DELETED),
                            Map.entry("deleted-too", Outcome.DELETED),
                            Map.entry("dropped/file", Outcome.REMOVED),
                            Map.entry("dropped-yours", Outcome.KEPT),
                            Map.entry("new/file", Outcome.NEW),
                            Map.entry("same", Outcome.UNCHANGED),
                            Map.entry("templates", Outcome.UPDATED),
                            Map.entry("yours", Outcome.KEPT)),
                    Service.outcomes(report));
            assertTrue(report.hasConflicts());
            assertEquals(LINES.replace("two", "2").replace("six", "6"), service.read("both"));
            assertEquals(
                    "one\n<<<<<<< yours\nzwei\n=======\n2\n>>>>>>> templates\nthree\nfour\nfive\nsix\nseven\n",
                    service.read("clash"));
            assertFalse(Files.exists(service.path("deleted")));
            assertFalse(Files.exists(service.path("deleted-too")));
            assertFalse(Files.exists(service.path("dropped")));
            assertEquals("mine\n", service.read("dropped-yours"));
            assertEquals("mine\n", service.read("mine"));
            assertEquals("new\n", service.read("new/file"));
            assertEquals(LINES.replace("two", "2"), service.read("templates"));
            assertEquals(LINES.replace("six", "6"), service.read("yours"));
        }

        @Test
        void isToldInOneLine() throws IOException {
            assertEquals("""
                    merged    both
                    conflict  clash
                    deleted   deleted (the templates changed it)
                    deleted   deleted-too
                    kept      dropped-yours (the templates dropped it, and you changed it)
                    removed   dropped/file
                    new       new/file
                    updated   templates
                    kept      yours
                    1 files unchanged""", edited().preview(TODAY).toString());
        }

        @Test
        void ofADryRunIsReportedAndNotTouched() throws IOException {
            Service service = edited();
            Map<String, String> before = service.contents();

            UpdateReport preview = service.preview(TODAY);

            assertEquals(before, service.contents());
            assertFalse(Files.exists(service.path(".vaultmesh/update")));
            assertEquals(preview, service.update(TODAY));
        }

        @Test
        void hasADiffThatGitApplies() throws IOException {
            OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
            MapTemplates today = TODAY.withExecutable("templates", LINES.replace("seven\n", "7"))
                    .withExecutable("run", "x");
            Service service = edited();
            Path copy = temp.resolve("copy");
            Service applied = Service.of(copy, MapTemplates.NONE);
            for (String path : service.contents().keySet()) {
                if (!path.startsWith(".vaultmesh/")) {
                    applied.write(path, Files.readAllBytes(service.path(path)));
                }
            }

            StringBuilder diff = new StringBuilder();
            service.update(today).files().forEach(file -> diff.append(file.diff()));
            Path patch = Files.writeString(temp.resolve("patch"), diff);
            git.run(copy, "apply", "-p1", patch.toString()).orFail();

            Map<String, String> expected = service.contents();
            Map<String, String> found = applied.contents();
            expected.keySet().removeIf(path -> path.startsWith(".vaultmesh/"));
            found.keySet().removeIf(path -> path.startsWith(".vaultmesh/"));
            assertEquals(expected, found);
        }
    }

    @Nested
    class ManifestAndBase {

        @Test
        void areThoseOfTodaySoThatTheNextUpdateStartsThere() throws IOException {
            Service service = edited();
            UpdateReport first = service.update(TODAY);
            service.write("clash", LINES.replace("two", "zwei, 2"));

            Drift drift = Spawner.builder().build().drift(service.directory());
            UpdateReport second = service.update(TODAY);
            UpdateReport third =
                    service.update(TODAY.with("clash", LINES.replace("two", "2").replace("six", "6")));

            assertFalse(drift.seal().failed());
            assertEquals(first.newManifest(), drift.manifest().digest());
            assertNotEquals(first.newManifest(), first.oldManifest());
            // what the update keeps for itself is nothing that came to the service
            assertEquals(List.of("dropped-yours", "mine"), drift.files().extra());
            assertFalse(second.hasConflicts());
            assertEquals(Outcome.KEPT, Service.outcomes(second).get("clash"));
            assertFalse(Service.outcomes(second).containsKey("dropped/file"));
            assertEquals(Outcome.MERGED, Service.outcomes(third).get("clash"));
            assertEquals(LINES.replace("two", "zwei, 2").replace("six", "6"), service.read("clash"));
        }

        @Test
        void areLeftAloneIfTheTemplatesAreAsTheyWere() throws IOException {
            Service service = edited();
            Map<String, String> before = service.contents();

            assertEquals(
                    Set.of(Outcome.UNCHANGED, Outcome.KEPT, Outcome.DELETED),
                    Set.copyOf(Service.outcomes(service.update(YESTERDAY)).values()));
            assertEquals(before, service.contents());
        }
    }

    @Nested
    class WhatIsOverwritten {

        @Test
        void canBeHadAgainFromAnArchive() throws IOException {
            Service service = edited();
            Files.writeString(service.path("templates"), LINES);
            byte[] manifest = Files.readAllBytes(service.path(".vaultmesh/manifest.json"));

            assertFalse(service.update(TODAY).files().isEmpty());

            try (ZipFile zip =
                    new ZipFile(service.path(".vaultmesh/update/before.zip").toFile())) {
                assertEquals(
                        List.of(
                                ".vaultmesh/base.zip",
                                ".vaultmesh/manifest.json",
                                ".vaultmesh/update/files.json",
                                "both",
                                "clash",
                                "dropped/file",
                                "templates"),
                        zip.stream().map(ZipEntry::getName).sorted().toList());
                assertArrayEquals(
                        LINES.replace("two", "zwei").getBytes(StandardCharsets.UTF_8),
                        zip.getInputStream(zip.getEntry("clash")).readAllBytes());
                assertArrayEquals(
                        manifest,
                        zip.getInputStream(zip.getEntry(".vaultmesh/manifest.json"))
                                .readAllBytes());
            }
        }

        @Test
        void isNothingThatGitSees() throws IOException {
            OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_");
            Service service = edited();
            git.run(service.directory(), "init", "--quiet").orFail();

            assertFalse(service.update(TODAY).files().isEmpty());

            assertTrue(
                    git.run(service.directory(), "status", "--porcelain", "-uall")
                            .orFail()
                            .contains("?? .vaultmesh/manifest.json"),
                    git.run(service.directory(), "status", "--porcelain", "-uall")
                            .orFail());
            assertFalse(
                    git.run(service.directory(), "status", "--porcelain", "-uall")
                            .orFail()
                            .contains(".vaultmesh/update"),
                    git.run(service.directory(), "status", "--porcelain", "-uall")
                            .orFail());
        }
    }

    @Nested
    class RenamedFiles {

        @Test
        void getTheChangesUnderTheirNewName() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY.with("empty", ""))
                    .move("templates", "docs/templates")
                    .move("both", "other")
                    .write("other", LINES.replace("six", "6"))
                    .delete("empty")
                    .write("nothing", "");

            UpdateReport report = service.update(TODAY.with("empty", "filled\n"));

            assertEquals(Outcome.UPDATED, Service.outcomes(report).get("docs/templates"));
            assertEquals(Outcome.MERGED, Service.outcomes(report).get("other"));
            assertEquals(Outcome.DELETED, Service.outcomes(report).get("empty"));
            assertTrue(report.toString().contains("merged    other (was both)"), report.toString());
            assertEquals(LINES.replace("two", "2"), service.read("docs/templates"));
            assertEquals(LINES.replace("two", "2").replace("six", "6"), service.read("other"));
            assertFalse(Files.exists(service.path("both")));
            assertTrue(service.read("nothing").isEmpty());
        }

        @Test
        void areNotTakenForOthersThatShareHalfOfThemAtMost() throws IOException {
            Service service = Service.of(temp.resolve("ledger"), YESTERDAY)
                    .delete("templates")
                    .write("other", "one\ntwo\nthree\n" + "something else\n".repeat(2));

            assertEquals(
                    Outcome.DELETED, Service.outcomes(service.update(TODAY)).get("templates"));
            assertTrue(service.read("other").endsWith("else\n"), service.read("other"));
        }
    }

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

    /** What a real project meets: templates of which one was another one then, and which made one file less. */
    @Test
    void aServiceOfOlderTemplatesThanTheBuiltInOnesIsBroughtUpToDate() throws IOException {
        Spawner today = Spawner.builder().into(temp).build();
        String makefile = today.plan(Service.SPEC)
                .files()
                .find(RelativePath.of("Makefile"))
                .orElseThrow()
                .content()
                .text();
        Spawner yesterday = Spawner.builder()
                .into(temp)
                .without("makefile")
                .without("monitoring")
                .add(Generator.of("makefile", (spec, files) -> {
                    files.add(RelativePath.of("Makefile"), FileContent.utf8("# of yesterday\n" + makefile));
                    files.add(RelativePath.of("OLD"), "old\n");
                }))
                .build();
        Service service = new Service(yesterday.spawn(Service.SPEC).directory());
        service.write("Makefile", service.read("Makefile") + "\nmine:\n\ttrue\n");

        UpdateReport report = today.update(service.directory());

        assertEquals(makefile + "\nmine:\n\ttrue\n", service.read("Makefile"));
        assertFalse(report.hasConflicts());
        assertEquals(Outcome.MERGED, Service.outcomes(report).get("Makefile"));
        assertEquals(Outcome.REMOVED, Service.outcomes(report).get("OLD"));
        assertEquals(Outcome.NEW, Service.outcomes(report).get("monitoring/compose.yaml"));
        Drift drift = today.drift(service.directory());
        assertEquals(
                List.of("Makefile"),
                drift.files().modified().stream()
                        .map(change -> change.path().value())
                        .toList());
        assertTrue(drift.files().missing().isEmpty());
    }
}
