package io.vaultmesh.examples.cli.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupArchiveTest {

    @TempDir
    Path directory;

    private static void backup(Path into) {
        try {
            Files.writeString(Files.createDirectory(into).resolve("file"), "content");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDK's file system in a .zip file is one of those that have no links. */
    @Test
    void isWrittenWhereThereAreNoLinksToo() throws IOException {
        try (FileSystem none = FileSystems.newFileSystem(directory.resolve("disk"), Map.of("create", "true"))) {
            Path file = none.getPath("/backup.zip");
            assertThrows(UnsupportedOperationException.class, () -> Files.createLink(file, none.getPath("/")));
            BackupArchive.write(file, BackupArchiveTest::backup);
            try (Stream<Path> all = Files.list(none.getPath("/"))) {
                assertEquals(List.of(file), all.toList());
            }
            String content = BackupArchive.read(file, memory -> read(memory.resolve("file")));
            assertEquals("content", content);
            assertThrows(UncheckedIOException.class, () -> BackupArchive.write(file, BackupArchiveTest::backup));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatCameToBeThereMeanwhileIsNotReplaced() throws IOException {
        Path file = directory.resolve("backup.zip");
        UncheckedIOException refused = assertThrows(
                UncheckedIOException.class,
                () -> BackupArchive.write(file, into -> {
                    backup(into);
                    write(file);
                }));
        assertEquals("somebody's own", Files.readString(file), refused.toString());
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "somebody's own");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
