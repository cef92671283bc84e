package io.vaultmesh.spawn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnerTest {

    private static final ServiceSpec LEDGER =
            ServiceSpec.named("ledger").description("Double-entry ledger").build();

    private static final Generator NOTES =
            Generator.of("notes", (spec, files) -> files.add(RelativePath.of("NOTES.md"), "# " + spec.name() + "\n"));

    @TempDir
    Path temp;

    private Spawner.Builder spawner() {
        return Spawner.builder().into(temp).environment(Map.of());
    }

    /** Every file below a directory with its bytes, the repository's own but for the index, which holds inodes. */
    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(path).toString();
                if (!name.equals(".git/index")) {
                    contents.put(name, Hashing.sha256(path).toString());
                }
            }
        }
        return contents;
    }

    private List<String> entries() throws IOException {
        try (var paths = Files.list(temp)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class Plan {

        @Test
        void isAValueAndTouchesNothing() throws IOException {
            SpawnPlan plan = spawner().build().plan(LEDGER);

            assertEquals(LEDGER, plan.spec());
            assertEquals(plan, spawner().build().plan(LEDGER));
            assertEquals(List.of(), entries());
        }

        @Test
        void hasEveryFileAndTheManifestOfAllOthers() {
            SpawnPlan plan = spawner().build().plan(LEDGER);

            assertEquals(plan.manifest().files().size() + 2, plan.files().size());
            GeneratedFile manifest = plan.files().find(Manifest.PATH).orElseThrow();
            assertEquals(plan.manifest().digest(), manifest.hash());
            assertEquals("manifest", manifest.generator());
        }

        @Test
        void doesNotDependOnLocaleOrTimeZone() {
            SpawnPlan plan = spawner().build().plan(ServiceSpec.named("i-i").build());
            Locale locale = Locale.getDefault();
            TimeZone zone = TimeZone.getDefault();
            try {
                Locale.setDefault(
                        new Locale.Builder().setLanguage("tr").setRegion("TR").build());
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertEquals(
                        plan.manifest().digest(),
                        spawner()
                                .build()
                                .plan(ServiceSpec.named("i-i").build())
                                .manifest()
                                .digest());
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertEquals(
                        plan.manifest().digest(),
                        spawner()
                                .build()
                                .plan(ServiceSpec.named("i-i").build())
                                .manifest()
                                .digest());
            } finally {
                Locale.setDefault(locale);
                TimeZone.setDefault(zone);
            }
        }

        @Test
        void hasWhatOwnGeneratorsMakeAndNotWhatWasLeftOut() {
            SpawnPlan plan = spawner().add(NOTES).without("makefile").build().plan(LEDGER);

            assertTrue(plan.files().find(RelativePath.of("NOTES.md")).isPresent());
            assertFalse(plan.files().find(RelativePath.of("Makefile")).isPresent());
        }

        @Test
        void letsAnOwnGeneratorTakeThePlaceOfABuiltInOne() {
            Generator own = Generator.of("readme", (spec, files) -> files.add(RelativePath.of("README.md"), "mine\n"));

            SpawnPlan plan = spawner().add(own).without("readme").build().plan(LEDGER);

            assertEquals(
                    "mine\n",
                    plan.files()
                            .find(RelativePath.of("README.md"))
                            .orElseThrow()
                            .content()
                            .text());
        }
    }

    @Nested
    class Spawn {

        @Test
        void writesExactlyWhatWasPlanned() throws IOException {
            Spawner spawner = spawner().build();
            SpawnPlan plan = spawner.plan(LEDGER);

            SpawnResult result = spawner.spawn(LEDGER);

            assertEquals(temp.resolve("ledger"), result.directory());
            assertEquals(LEDGER, result.spec());
            assertEquals(plan.manifest(), result.manifest());
            assertEquals(result.manifest(), Manifest.read(result.directory()));
            assertTrue(result.manifest().verify(result.directory()).passed());
            assertTrue(result.commit().matches("[0-9a-f]{40}"), result.commit());
            Map<String, String> planned = new TreeMap<>();
            plan.files()
                    .forEach(
                            file -> planned.put(file.path().value(), file.hash().toString()));
            Map<String, String> written = contents(result.directory());
            written.keySet().removeIf(name -> name.startsWith(".git/"));
            assertEquals(planned, written);
            assertEquals(List.of("ledger"), entries());
        }

        @Test
        void givesTheSameTreeAndTheSameCommitInAnyDirectory() throws IOException {
            SpawnResult one = spawner().build().spawn(LEDGER);
            SpawnResult other = Spawner.builder()
                    .into(temp.resolve("deeper/down"))
                    .environment(Map.of())
                    .build()
                    .spawn(LEDGER);

            assertEquals(one.commit(), other.commit());
            assertEquals(one.manifest().digest(), other.manifest().digest());
            assertEquals(contents(one.directory()), contents(other.directory()));
        }

        @Test
        void goesIntoADirectoryThatIsThereAndEmpty() throws IOException {
            Files.createDirectory(temp.resolve("ledger"));

            assertTrue(Files.exists(spawner().build().spawn(LEDGER).directory().resolve(".git")));
        }

        @Test
        void leavesAnExistingServiceAloneAndSaysSo() throws IOException {
            Spawner spawner = spawner().build();
            Path directory = spawner.spawn(LEDGER).directory();
            Map<String, String> before = contents(directory);

            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> spawner.spawn(LEDGER));

            assertEquals(directory + " is not empty, expected no such directory yet, or an empty one", e.getMessage());
            assertInstanceOf(FileAlreadyExistsException.class, e.getCause());
            assertEquals(before, contents(directory));
            assertEquals(List.of("ledger"), entries());
        }

        @Test
        void leavesNothingWhenAGeneratorFails() throws IOException {
            Spawner spawner = Spawner.builder()
                    .into(temp.resolve("services"))
                    .add(Generator.of("failing", (spec, files) -> {
                        throw new UnsupportedOperationException("not today");
                    }))
                    .build();

            IllegalStateException e = assertThrows(IllegalStateException.class, () -> spawner.spawn(LEDGER));

            assertEquals("generator failing failed for service ledger: not today", e.getMessage());
            assertEquals(List.of(), entries());
        }

        @Test
        void leavesNothingWhenTwoGeneratorsMakeOneFile() throws IOException {
            Spawner spawner = spawner()
                    .add(NOTES)
                    .add(Generator.of("news", (spec, files) -> files.add(RelativePath.of("NOTES.md"), "")))
                    .build();

            IllegalStateException e = assertThrows(IllegalStateException.class, () -> spawner.spawn(LEDGER));

            assertTrue(
                    e.getMessage().contains("NOTES.md of generator news is also NOTES.md of generator notes"),
                    e.getMessage());
            assertEquals(List.of(), entries());
        }

        @Test
        void leavesNothingOfItsOwnWhenSomebodyElseTakesTheName() throws IOException {
            Spawner spawner = spawner()
                    .add(Generator.of("rival", (spec, files) -> {
                        try {
                            Files.createDirectory(temp.resolve("ledger"));
                            Files.writeString(temp.resolve("ledger/kept.txt"), "kept");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }))
                    .build();

            assertThrows(UncheckedIOException.class, () -> spawner.spawn(LEDGER));

            assertEquals(List.of("ledger"), entries());
            assertEquals(1, contents(temp.resolve("ledger")).size());
        }

        @Test
        void saysSoWhenItCannotWrite() throws IOException {
            Files.writeString(temp.resolve("file"), "kept");
            Spawner spawner = Spawner.builder().into(temp.resolve("file")).build();

            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> spawner.spawn(LEDGER));

            assertTrue(e.getMessage().contains("can't write to " + temp.resolve("file")), e.getMessage());
            assertEquals(List.of("file"), entries());
        }
    }

    @Nested
    class DateOfTheCommit {

        @CanIgnoreReturnValue
        private String commit(String sourceDateEpoch, ServiceSpec spec, String into) {
            return Spawner.builder()
                    .into(temp.resolve(into))
                    .environment(sourceDateEpoch == null ? Map.of() : Map.of("SOURCE_DATE_EPOCH", sourceDateEpoch))
                    .build()
                    .spawn(spec)
                    .commit();
        }

        private ServiceSpec dated(String date) {
            return ServiceSpec.named("ledger").commitDate(Instant.parse(date)).build();
        }

        @Test
        void isThatOfTheSpecificationWhateverTheEnvironmentSays() {
            ServiceSpec spec = dated("2026-03-04T05:06:07Z");

            assertEquals(commit(null, spec, "a"), commit("1", spec, "b"));
            assertEquals(commit(null, spec, "c"), commit("nonsense", spec, "d"));
        }

        @Test
        void isElseThatOfTheEnvironmentAndElseAConstant() {
            ServiceSpec spec = ServiceSpec.named("ledger").build();
            String constant = Long.toString(Spawner.DEFAULT_COMMIT_DATE.getEpochSecond());

            assertEquals(commit(null, spec, "a"), commit(constant, spec, "b"));
            assertNotEquals(commit(null, spec, "c"), commit("1", spec, "d"));
        }

        @Test
        void ofTheEnvironmentChangesTheCommitAndNoFile() throws IOException {
            ServiceSpec spec = ServiceSpec.named("ledger").build();
            commit(null, spec, "a");
            commit("1", spec, "b");

            assertEquals(
                    Manifest.read(temp.resolve("a/ledger")).digest(),
                    Manifest.read(temp.resolve("b/ledger")).digest());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "now", "-1", "1.5", " 1", "0x10", "253402300800", "99999999999999999999", "١"})
        void thatIsNoNumberOfSecondsIsRefusedBeforeAnythingIsWritten(String value) throws IOException {
            ServiceSpec spec = ServiceSpec.named("ledger").build();

            IllegalStateException e = assertThrows(IllegalStateException.class, () -> commit(value, spec, "a"));

            assertEquals(
                    "environment variable SOURCE_DATE_EPOCH is \"" + value
                            + "\", expected the seconds since 1970 in decimal digits, at most 253402300799",
                    e.getMessage());
            assertEquals(List.of(), entries());
        }
    }

    @Nested
    class Builder {

        @Test
        void refusesASecondDirectoryAndNamesTheFirst() {
            Spawner.Builder builder = Spawner.builder().into(Path.of("services"));

            IllegalStateException e = assertThrows(IllegalStateException.class, () -> builder.into(temp));

            assertEquals("into was already set to services, and can be set only once", e.getMessage());
        }

        @Test
        void refusesToLeaveOutWhatDoesNotExist() {
            Spawner.Builder builder = Spawner.builder().without("teleport");

            assertThrows(IllegalArgumentException.class, builder::build);
        }

        @Test
        void refusesAnOwnGeneratorByTheNameOfABuiltInOne() {
            Spawner.Builder builder = Spawner.builder().add(Generator.of("readme", (spec, files) -> {}));

            assertThrows(IllegalArgumentException.class, builder::build);
        }
    }
}
