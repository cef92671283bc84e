package io.vaultmesh.spawn.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final ServiceSpec SPEC = ServiceSpec.named("ledger")
            .description("Double-entry \"ledger\"")
            .commitDate(Instant.parse("2026-03-04T05:06:07Z"))
            .codeOwner("@example/ledger")
            .with(Feature.mcpServer())
            .with(Feature.messageQueue(Broker.NATS))
            .build();

    private static final FileTree TREE = FileTree.builder()
            .add(new GeneratedFile(RelativePath.of("bin/run"), FileContent.utf8("#!/bin/sh\n"), true, "own"))
            .add(new GeneratedFile(RelativePath.of("README.md"), FileContent.utf8("# ledger\n"), false, "readme"))
            .build();

    private static final FileContent BASE = TREE.toZip();

    private static final String JSON = "{\"base\":{\"path\":\".vaultmesh/base.zip\",\"sha256\":\"" + BASE.hash()
            + "\",\"size\":" + BASE.size() + "},\"files\":["
            + "{\"executable\":false,\"generator\":\"readme\",\"path\":\"README.md\",\"sha256\":"
            + "\"" + Hashing.sha256("# ledger\n".getBytes(UTF_8)) + "\",\"size\":9},"
            + "{\"executable\":true,\"generator\":\"own\",\"path\":\"bin/run\",\"sha256\":"
            + "\"" + Hashing.sha256("#!/bin/sh\n".getBytes(UTF_8)) + "\",\"size\":10}],"
            + "\"format\":1,"
            + "\"spec\":{\"codeOwner\":\"@example/ledger\",\"commitDate\":\"2026-03-04T05:06:07Z\",\"description\":\"Double-entry \\\"ledger\\\"\","
            + "\"language\":\"python\",\"mcpServer\":true,\"messageQueue\":\"nats\",\"name\":\"ledger\",\"owner\":\"the ledger authors\",\"type\":\"service\"}}";

    @TempDir
    Path directory;

    private final Manifest manifest = Manifest.of(SPEC, TREE, BASE);

    private void seal(String json) throws IOException {
        Path file = Manifest.PATH.in(directory);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    @Test
    void isCanonicalJsonOfSpecificationAndFiles() {
        assertEquals(JSON, manifest.content().text());
        assertEquals(Hashing.sha256(JSON.getBytes(UTF_8)), manifest.digest());
        assertTrue(manifest.toString().startsWith("Manifest[ledger, 2 files, digest "), manifest.toString());
    }

    @Test
    void isEqualToOneOfTheSameBytes() {
        assertEquals(manifest, Manifest.of(SPEC, TREE, BASE));
        assertEquals(manifest.hashCode(), Manifest.of(SPEC, TREE, BASE).hashCode());
        assertNotEquals(manifest, Manifest.of(ServiceSpec.named("ledger").build(), TREE, BASE));
    }

    @Test
    void hasARootOverItsFilesAlone() {
        ServiceSpec other = ServiceSpec.named("other").build();

        assertEquals(manifest.root(), Manifest.of(other, TREE, BASE).root());
        // RFC 6962: of two leaves, the hash of 1 and both; of a leaf, of 0 and its bytes
        String files = JSON.substring(JSON.indexOf("[{") + 1, JSON.indexOf("}],") + 1);
        int end = files.indexOf("},{") + 1;
        assertEquals(
                Hashing.sha256(concat(
                        new byte[] {1},
                        Hashing.sha256(("\0" + files.substring(0, end)).getBytes(UTF_8))
                                .bytes(),
                        Hashing.sha256(("\0" + files.substring(end + 1)).getBytes(UTF_8))
                                .bytes())),
                manifest.root());
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void anEntryHasNoNegativeSize() {
        Hash hash = Hashing.sha256(new byte[0]);

        assertThrows(
                IllegalArgumentException.class, () -> new ManifestFile(RelativePath.of("a"), hash, -1, false, "own"));
    }

    @Nested
    class Read {

        @Test
        void givesBackWhatWasSealed() throws IOException {
            seal(JSON);

            Manifest read = Manifest.read(directory);

            assertEquals(manifest, read);
            assertEquals(SPEC, read.spec());
            assertEquals(manifest.files(), read.files());
            assertEquals(Hashing.sha256(Manifest.PATH.in(directory)), read.digest());
        }

        @Test
        void refusesADirectoryThatWasNotSpawned() {
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> Manifest.read(directory));

            assertEquals(
                    "there is no " + directory.resolve(".vaultmesh").resolve("manifest.json")
                            + ", expected the directory of a service that was spawned",
                    e.getMessage());
            assertInstanceOf(NoSuchFileException.class, e.getCause());
        }

        @Test
        void refusesAManifestThatCannotBeRead() throws IOException {
            Files.createDirectories(Manifest.PATH.in(directory));

            assertThrows(UncheckedIOException.class, () -> Manifest.read(directory));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "\"format\":1 | \"format\":2 | member format is 2, expected 1",
                    "\"format\":1, | ~~ | member format is missing",
                    "\"format\":1 | \"format\":\"1\" | member format is a JSON string, expected a number",
                    "\"format\":1 | \"extra\":0,\"format\":1 | member extra is unknown",
                    "\"format\":1 | \"format\":1,\"format\":1 | format",
                    "\"name\":\"ledger\" | \"extra\":0,\"name\":\"ledger\" | extra \"0\" is unknown",
                    "\"size\":9 | \"size\":9,\"zip\":0 | member zip is unknown",
                    "\"size\":9 | \"size\":-9 | size of README.md is -9",
                    "\"size\":9 | \"size\":9.5 | member size is 9.5",
                    "\"path\":\"README.md\" | \"path\":\"../README.md\" | stays below its directory",
                    "\"path\":\"README.md\" | \"path\":\"z\" | expected files sorted by path, each once",
                    "\"path\":\"README.md\" | \"path\":\"bin/run\" | expected files sorted by path, each once",
                    "\"path\":\"README.md\" | \"path\":\".vaultmesh/base.zip\" | lies in .vaultmesh, expected only files of the service",
                    "\"path\":\"README.md\" | \"path\":\".VaultMesh/x\" | lies in .vaultmesh, expected only files of the service",
                    "\"path\":\"README.md\" | \"path\":\"BIN/RUN\" | file bin/run can't stand beside BIN/RUN",
                    "\"path\":\"README.md\" | \"path\":\"Bin/other\" | file bin/run can't stand beside Bin/other",
                    "\"path\":\"README.md\" | \"path\":\"bin\" | file bin/run can't stand beside bin",
                    "\"path\":\"README.md\" | \"path\":\"caf\u00e9\" | contains the character U+00E9",
                    "\"path\":\"README.md\" | \"path\":\"cafe\u0301\" | contains the character U+0301",
                    "\"name\":\"ledger\" | \"name\":\"../x\" | contains \"..\"",
                    "\"type\":\"service\" | \"type\":\"daemon\" | type \"daemon\" is unknown; expected one of service, api, worker",
                    "\"language\":\"python\" | \"language\":\"cobol\" | language \"cobol\" is unknown",
                    "05:06:07Z | 25:06:07Z | expected a date in UTC such as",
                    "05:06:07Z | 05:06:07.5Z | in other bytes",
                    "{\"base\" | { \"base\" | in other bytes",
                    "base.zip | ../base.zip | path of base is",
                    "\"mcpServer\":true | \"mcpServer\":1 | mcpServer \"1\" is a JSON number",
                    "\"messageQueue\":\"nats\" | \"messageQueue\":\"carrier-pigeon\" | expected one of rabbitmq, nats",
                    "\"executable\":false | \"executable\":0 | member executable is a JSON number",
                })
        void refusesAnythingButAManifestOfThisFormatToTheByte(String old, String changed, String why)
                throws IOException {
            assertTrue(JSON.contains(old), old);
            seal(JSON.replaceFirst(
                    java.util.regex.Pattern.quote(old), java.util.regex.Matcher.quoteReplacement(changed)));

            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Manifest.read(directory));

            assertTrue(e.getMessage().startsWith(Manifest.PATH.in(directory) + " is not a manifest: "), e.getMessage());
            assertTrue(e.getMessage().contains(why), e.getMessage());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {"~~", "[]", "{", "null", "{}"})
        void refusesWhatIsNoManifestAtAll(String json) throws IOException {
            seal(json);

            assertThrows(IllegalArgumentException.class, () -> Manifest.read(directory));
        }

        @Test
        void refusesAFileThatIsTooLargeWithoutReadingItAll() throws IOException {
            seal("");
            try (var file =
                    new java.io.RandomAccessFile(Manifest.PATH.in(directory).toFile(), "rw")) {
                file.setLength(1L << 40);
            }

            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Manifest.read(directory));

            assertTrue(e.getMessage().contains("has more than 16777216 bytes"), e.getMessage());
        }
    }

    @Nested
    class Verify {

        private Path service;

        @BeforeEach
        void writeTheService() {
            service = directory.resolve("ledger");
            try (TreeWriter writer = TreeWriter.open(service)) {
                writer.write(FileTree.builder()
                        .addAll(TREE)
                        .add(new GeneratedFile(Manifest.PATH, manifest.content(), false, "manifest"))
                        .add(new GeneratedFile(Manifest.BASE, BASE, false, "manifest"))
                        .build());
                writer.publish();
            }
        }

        private void assertOnlyDeviation(String path, String why) {
            Report report = manifest.verify(service);
            assertTrue(report.failed(), report.toText());
            assertEquals(1, report.checks().size(), report.toText());
            Check check = report.checks().get(0);
            assertEquals(path, check.name());
            assertEquals(Outcome.FAIL, check.outcome());
            assertTrue(check.detail().contains(why), check.detail());
        }

        @Test
        void passesForAServiceAsItWasGenerated() throws IOException {
            Files.writeString(service.resolve("notes.txt"), "own files are nobody's business");

            Report report = manifest.verify(service);

            assertTrue(report.passed(), report.toText());
            assertEquals(
                    "2 files and the manifest are as generated",
                    report.checks().get(0).detail());
        }

        @Test
        void namesAFileOfWhichOneByteWasChanged() throws IOException {
            Files.writeString(service.resolve("README.md"), "# Ledger\n");

            assertOnlyDeviation("README.md", "has the SHA-256 hash ");
        }

        @Test
        void namesAFileThatGrew() throws IOException {
            Files.writeString(service.resolve("README.md"), "# ledger\n\n");

            assertOnlyDeviation("README.md", "has 10 bytes, expected 9");
        }

        @Test
        void namesAFileThatIsMissing() throws IOException {
            Files.delete(service.resolve("README.md"));

            assertOnlyDeviation("README.md", "is missing");
        }

        @Test
        void namesAFileThatBecameADirectory() throws IOException {
            Files.delete(service.resolve("README.md"));
            Files.createDirectory(service.resolve("README.md"));

            assertOnlyDeviation("README.md", "is not a file");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void namesAFileThatLiesBehindALink() throws IOException {
            Files.move(service.resolve("bin"), directory.resolve("elsewhere"));
            Files.createSymbolicLink(service.resolve("bin"), directory.resolve("elsewhere"));

            assertOnlyDeviation("bin/run", "lies behind the symbolic link");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void namesAFileWhoseModeWasChanged() throws IOException {
            Files.setPosixFilePermissions(service.resolve("bin/run"), PosixFilePermissions.fromString("rw-r--r--"));
            assertOnlyDeviation("bin/run", "can't be run");

            Files.setPosixFilePermissions(service.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(service.resolve("README.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
            assertOnlyDeviation("README.md", "can be run");
        }

        @Test
        void namesTheManifestIfTheServiceHasAnotherOne() throws IOException {
            Path file = Manifest.PATH.in(service);
            Files.writeString(file, Files.readString(file).replace("Double-entry", "Triple-entry"));

            assertOnlyDeviation(".vaultmesh/manifest.json", "has the SHA-256 hash ");
        }

        @Test
        void namesTheArchiveOfWhatWasGeneratedIfItWasChanged() throws IOException {
            Files.write(Manifest.BASE.in(service), new byte[BASE.size()]);

            assertOnlyDeviation(".vaultmesh/base.zip", "has the SHA-256 hash ");
        }

        @Test
        void namesEveryFileThatDeviates() throws IOException {
            Files.delete(service.resolve("README.md"));
            Files.delete(service.resolve("bin/run"));

            assertEquals(
                    List.of("README.md", "bin/run"),
                    manifest.verify(service).checks().stream().map(Check::name).toList());
        }
    }
}
