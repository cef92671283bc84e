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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateTest {

    static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";

    static final MapTemplates YESTERDAY = MapTemplates.NONE
            .with("both", LINES)
            .with("clash", LINES)
            .with("deleted", LINES + "deleted\n")
            .with("deleted-too", LINES + "deleted too\n")
            .with("dropped/file", "dropped\n")
            .with("dropped-yours", "dropped\n")
            .with("same", "same\n")
            .with("templates", LINES)
            .with("yours", LINES);

    static final MapTemplates TODAY = YESTERDAY
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
