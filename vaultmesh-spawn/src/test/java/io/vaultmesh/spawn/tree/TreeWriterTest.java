package io.vaultmesh.spawn.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TreeWriterTest {

    private static final FileTree TREE = FileTree.builder()
            .add(new GeneratedFile(RelativePath.of("README.md"), FileContent.utf8("# x\n"), false, "g"))
            .add(new GeneratedFile(RelativePath.of("bin/run"), FileContent.utf8("#!/bin/sh\n"), true, "g"))
            .build();

    @TempDir
    Path temp;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = temp.resolve("services/ledger");
    }

    private static void write(Path target) {
        try (TreeWriter writer = TreeWriter.open(target)) {
            writer.write(TREE);
            writer.publish();
        }
    }

    private List<String> everything() throws IOException {
        try (var paths = Files.walk(temp)) {
            return paths.filter(path -> !path.equals(temp))
                    .map(path -> temp.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesEveryFileAndNothingElse() throws IOException {
        write(target);

        assertEquals(
                List.of(
                        "services",
                        "services/ledger",
                        "services/ledger/README.md",
                        "services/ledger/bin",
                        "services/ledger/bin/run"),
                everything());
        assertEquals("# x\n", Files.readString(target.resolve("README.md")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void makesExecutableWhatShallRunAndNothingElse() throws IOException {
        write(target);

        assertTrue(Files.isExecutable(target.resolve("bin/run")));
        assertEquals(
                "---",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("README.md")))
                        .replaceAll("[rw-]{2}(.)", "$1"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void replacesAnEmptyDirectoryAndKeepsItsPermissions() throws IOException {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));

        write(target);

        assertTrue(Files.exists(target.resolve("README.md")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Nested
    class Refuses {

        @Test
        void aDirectoryWithAnythingInIt() throws IOException {
            Files.createDirectories(target);
            Files.writeString(target.resolve("kept.txt"), "kept");

            assertOccupied("is not empty");

            assertEquals(List.of("services", "services/ledger", "services/ledger/kept.txt"), everything());
            assertEquals("kept", Files.readString(target.resolve("kept.txt")));
        }

        @Test
        void aFile() throws IOException {
            Files.createDirectories(target.getParent());
            Files.writeString(target, "kept");

            assertOccupied("is a file");

            assertEquals("kept", Files.readString(target));
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void aSymbolicLinkEvenToAnEmptyDirectory() throws IOException {
            Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, elsewhere);

            assertOccupied("is a symbolic link");

            assertEquals(List.of("elsewhere", "services", "services/ledger"), everything());
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void aSymbolicLinkToNowhere() throws IOException {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, temp.resolve("nowhere"));

            assertOccupied("is a symbolic link");
        }

        @Test
        void aParentThatIsAFile() throws IOException {
            Files.writeString(temp.resolve("services"), "kept");

            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> TreeWriter.open(target));

            assertTrue(e.getMessage().contains("can't write to " + temp.resolve("services")), e.getMessage());
            assertTrue(e.getMessage().contains("expected a directory that this process may write to"), e.getMessage());
            assertEquals("kept", Files.readString(temp.resolve("services")));
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void aParentThatCannotBeWrittenTo() throws IOException {
            Path locked = Files.createDirectory(temp.resolve("locked"));
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
            Assumptions.assumeFalse(Files.isWritable(locked), "this user may write everywhere");

            UncheckedIOException e =
                    assertThrows(UncheckedIOException.class, () -> TreeWriter.open(locked.resolve("ledger")));

            assertTrue(e.getMessage().contains("can't write to " + locked), e.getMessage());
        }

        @Test
        void aFileSystemThatCannotBeWrittenToEvenByRoot() {
            Path proc = Path.of("/proc");
            Assumptions.assumeTrue(Files.isDirectory(proc), "there is no /proc here");

            UncheckedIOException e =
                    assertThrows(UncheckedIOException.class, () -> TreeWriter.open(proc.resolve("ledger")));

            assertTrue(e.getMessage().contains("can't write to /proc"), e.getMessage());
        }

        @Test
        void aTargetWithoutAName() {
            assertThrows(IllegalArgumentException.class, () -> TreeWriter.open(temp.resolve("absent/..")));
        }

        private void assertOccupied(String how) {
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> TreeWriter.open(target));
            assertEquals(target + " " + how + ", expected no such directory yet, or an empty one", e.getMessage());
            assertInstanceOf(FileAlreadyExistsException.class, e.getCause());
        }
    }

    @Nested
    class LeavesNothingBehind {

        @Test
        void whenItIsNotPublished() throws IOException {
            try (TreeWriter writer = TreeWriter.open(target)) {
                writer.write(TREE);
                assertFalse(Files.exists(target));
            }

            assertEquals(List.of(), everything());
        }

        @Test
        void whenAFileCannotBeWrittenHalfWay() throws IOException {
            try (TreeWriter writer = TreeWriter.open(target)) {
                Files.writeString(writer.directory().resolve("bin"), "in the way");

                UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> writer.write(TREE));

                assertTrue(e.getMessage().contains("can't write bin/run of " + target), e.getMessage());
            }

            assertEquals(List.of(), everything());
        }

        @Test
        void butWhatOthersPutThereMeanwhile() throws IOException {
            try (TreeWriter writer = TreeWriter.open(target)) {
                writer.write(TREE);
                Files.createDirectories(target);
                Files.writeString(target.resolve("kept.txt"), "kept");

                UncheckedIOException e = assertThrows(UncheckedIOException.class, writer::publish);

                assertTrue(e.getMessage().contains("is not empty"), e.getMessage());
            }

            assertEquals(List.of("services", "services/ledger", "services/ledger/kept.txt"), everything());
        }

        @Test
        void whenTheMoveFails() throws IOException {
            try (TreeWriter writer = TreeWriter.open(target)) {
                writer.write(TREE);
                try (var paths = Files.walk(writer.directory())) {
                    paths.sorted(java.util.Comparator.reverseOrder())
                            .forEach(path -> path.toFile().delete());
                }

                assertThrows(UncheckedIOException.class, writer::publish);
            }

            assertFalse(Files.exists(target));
        }
    }

    @Test
    void twoWritersForOneTargetDoNotMeetBeforeOneHasWon() throws IOException {
        try (TreeWriter first = TreeWriter.open(target);
                TreeWriter second = TreeWriter.open(target)) {
            first.write(TREE);
            second.write(TREE);
            second.publish();

            assertThrows(UncheckedIOException.class, first::publish);
        }

        assertEquals("# x\n", Files.readString(target.resolve("README.md")));
        assertEquals(5, everything().size());
    }

    @Test
    void isPublishedOnce() {
        try (TreeWriter writer = TreeWriter.open(target)) {
            writer.publish();

            assertThrows(IllegalStateException.class, writer::publish);
        }
    }
}
