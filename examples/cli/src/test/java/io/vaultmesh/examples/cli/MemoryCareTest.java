package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories are made, copied, put back and indexed. */
class MemoryCareTest {

    @TempDir
    Path directory;

    private Path memory;
    private String id;

    @BeforeEach
    void aMemoryWithOneRecord() throws IOException {
        memory = directory.resolve("memory");
        id = Run.deploy(memory, Files.writeString(directory.resolve("ledger.jar"), "ledger"));
    }

    @Nested
    class Init {

        @Test
        void makesAMemoryOfThatNameAndShowsItsKey() {
            Path fresh = directory.resolve("fresh");
            Run run = Run.of("memory", "init", "--memory", fresh, "--name", "example.com/memory")
                    .good();
            assertEquals("memory example.com/memory", run.value("created"));
            assertEquals("example.com/memory/main", run.value("origin"));
            assertEquals(Run.of("audit", "root", "--memory", fresh).good().value("vkey"), run.value("vkey"));
        }

        @Test
        void saysTheSameInJson() {
            Path fresh = directory.resolve("fresh");
            JsonObject json =
                    Run.of("memory", "init", "--memory", fresh, "--json").good().object();
            assertEquals(Run.of("audit", "root", "--memory", fresh).good().value("vkey"), json.string("vkey"));
            json.only("memory", "author", "origin", "vkey");
        }

        @Test
        void refusesWhereThereIsOne() {
            Run run = Run.of("memory", "init", "--memory", memory).failed(ExitCode.USAGE);
            assertTrue(run.err().contains("already"), run.err());
        }

        @Test
        void keysAreTheirOwnersAlone() throws IOException {
            try (Stream<Path> keys = Files.list(memory.resolve("keys"))) {
                for (Path key : keys.toList()) {
                    assertEquals(
                            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)), "" + key);
                }
            }
        }
    }

    @Nested
    class Backup {

        @ParameterizedTest
        @ValueSource(strings = {"backup", "backup.zip"})
        void isRestoredWithEveryRecord(String name) {
            Path backup = directory.resolve(name);
            Run.of("memory", "backup", backup, "--memory", memory).good();
            Path restored = directory.resolve("restored");
            Run run = Run.of("memory", "restore", backup, "--memory", restored).good();
            assertTrue(run.out().contains(" 0 failed"), run.out());
            assertEquals(
                    Run.of("memory", "timeline", "--memory", memory).good(),
                    Run.of("memory", "timeline", "--memory", restored).good());
            assertEquals(
                    Run.of("audit", "root", "--memory", memory).good(),
                    Run.of("audit", "root", "--memory", restored).good());
        }

        @Test
        void isAZipFileThatOthersReadAndOnlyItsOwnerMay() throws IOException {
            Path backup = directory.resolve("backup.zip");
            JsonObject json = Run.of("memory", "backup", backup, "--memory", memory, "--json")
                    .good()
                    .object();
            assertEquals(1, json.integer("size"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
            String names = OutsideProgram.require("python3")
                    .run(directory, "-m", "zipfile", "-l", backup.toString())
                    .orFail();
            assertTrue(names.contains("memory.json") && names.contains("keys/log.key"), names);
            OutsideProgram.require("python3")
                    .run(directory, "-m", "zipfile", "-t", backup.toString())
                    .orFail();
        }

        @ParameterizedTest
        @ValueSource(strings = {"backup", "backup.zip"})
        void overwritesNothing(String name) throws IOException {
            Path backup = directory.resolve(name);
            if (name.endsWith("zip")) {
                Files.writeString(backup, "mine");
            } else {
                Files.writeString(Files.createDirectory(backup).resolve("mine"), "mine");
            }
            Run run = Run.of("memory", "backup", backup, "--memory", memory);
            assertTrue(run.code() > ExitCode.REFUTED, run.err());
            assertEquals("", run.out());
            assertEquals("mine", Files.readString(name.endsWith("zip") ? backup : backup.resolve("mine")));
        }

        @Test
        void saysWhichDirectoryIsMissing() {
            Path none = directory.resolve("none");
            Run run = Run.of("memory", "backup", none.resolve("b.zip"), "--memory", memory)
                    .failed(ExitCode.ENVIRONMENT);
            assertTrue(run.err().endsWith(": there is no directory " + none + "\n"), run.err());
        }

        @Test
        void leavesNoOtherFileBehind() throws IOException {
            Run.of("memory", "backup", directory.resolve("b.zip"), "--memory", memory)
                    .good();
            try (Stream<Path> files = Files.list(directory)) {
                assertEquals(
                        List.of("b.zip", "ledger.jar", "memory"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
        }
    }

    @Nested
    class Restore {

        @Test
        void refusesADamagedBackup() throws IOException {
            Path backup = directory.resolve("backup");
            Run.of("memory", "backup", backup, "--memory", memory).good();
            Path bundle = backup.resolve("namespaces/main/log/tile/entries/000.p/1");
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[100] ^= 1;
            Files.write(bundle, bytes);
            Path restored = directory.resolve("restored");
            Run run = Run.of("memory", "restore", backup, "--memory", restored).failed(ExitCode.REFUTED);
            assertTrue(run.err().lines().allMatch(line -> line.startsWith("vaultmesh: ")), run.err());
            assertFalse(Files.exists(restored));
        }

        @ParameterizedTest
        @ValueSource(strings = {"../outside", "/vaultmesh-outside", "a/../../outside"})
        void writesNothingOutside(String name) throws IOException {
            Path backup = directory.resolve("evil.zip");
            try (OutputStream out = Files.newOutputStream(backup);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("evil".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            Run run = Run.of("memory", "restore", backup, "--memory", directory.resolve("restored"))
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("expected one inside of the memory"), run.err());
        }

        @Test
        void refusesWhatIsNotThere() {
            Run run = Run.of(
                            "memory",
                            "restore",
                            directory.resolve("none.zip"),
                            "--memory",
                            directory.resolve("restored"))
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("none.zip is not there, expected a backup"), run.err());
        }

        @Test
        void refusesWhatIsNoBackup() throws IOException {
            Path backup = Files.writeString(directory.resolve("b.zip"), "no archive");
            Run run = Run.of("memory", "restore", backup, "--memory", directory.resolve("restored"))
                    .failed(ExitCode.USAGE);
            assertTrue(run.err().contains("is no backup"), run.err());
        }
    }

    @Test
    void indexIsMadeAnew() throws IOException {
        Path index = memory.resolve("namespaces/main/index.db");
        Files.write(index, new byte[4096]);
        Run.of("memory", "list", "--memory", memory).failed(ExitCode.REFUTED);
        JsonObject json =
                Run.of("memory", "reindex", "--memory", memory, "--json").good().object();
        assertEquals(1, json.integer("records"));
        assertTrue(Run.of("memory", "list", "--memory", memory).good().out().contains(id));
    }
}
