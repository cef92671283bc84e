package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.testing.LogStoreConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStoreTest extends LogStoreConformance {

    @TempDir
    Path dir;

    @Override
    protected LogStore emptyStore() {
        return new DirectoryStore(dir);
    }

    @Test
    void whatACrashLeftHalfWrittenIsNoFileAndIsInNobodysWay() throws IOException {
        LogStore store = emptyStore();
        store.writeIfAbsent("tile/0/000.p/3", new byte[] {3});
        Files.write(dir.resolve("tile/0/000.p/4.part"), new byte[] {4});
        assertEquals(List.of("3"), store.list("tile/0/000.p"));
        store.delete("tile/0/000.p/3");
        assertFalse(Files.exists(dir.resolve("tile/0/000.p")), "the directory of partials is gone when it has none");
        store.writeIfAbsent("tile/0/000.p/4", new byte[] {4});
        assertEquals(List.of("4"), store.list("tile/0/000.p"));
    }

    @Test
    void nothingIsLeftAsideAfterAWrite() throws IOException {
        LogStore store = emptyStore();
        store.writeIfAbsent("tile/0/000", new byte[] {1});
        store.replaceCheckpoint(Optional.empty(), new byte[] {2});
        try (var files = Files.walk(dir)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")));
        }
    }

    @Test
    void aDiskThatRefusesIsAnUncheckedIOExceptionThatNamesTheFile() throws IOException {
        Path file = Files.write(dir.resolve("file"), new byte[0]);
        LogStore below = new DirectoryStore(file);
        for (String message : List.of(
                assertThrows(UncheckedIOException.class, () -> below.writeIfAbsent("tile/0/000", new byte[0]))
                        .getMessage(),
                assertThrows(UncheckedIOException.class, () -> below.replaceCheckpoint(Optional.empty(), new byte[0]))
                        .getMessage())) {
            assertTrue(message.startsWith("can't ") && message.contains(file.toString()), message);
        }
        Files.createDirectories(dir.resolve("tile/0/000"));
        String message = assertThrows(
                        UncheckedIOException.class, () -> emptyStore().read("tile/0/000"))
                .getMessage();
        assertTrue(message.startsWith("can't read " + dir.resolve("tile/0/000")), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "tile/../../x", "/etc/hostname", "tile/./0", "tile//0"})
    void aPathThatLeadsOutOrIsNoPathIsRefused(String path) throws IOException {
        Files.writeString(dir.resolve("x"), "outside");
        LogStore store = new DirectoryStore(dir.resolve("root"));
        for (Executable call : List.<Executable>of(
                () -> store.read(path),
                () -> store.list(path),
                () -> store.delete(path),
                () -> store.writeIfAbsent(path, new byte[0]))) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(message.startsWith("path is \"" + path + "\""), message);
        }
        assertThrows(IllegalArgumentException.class, () -> store.delete("checkpoint"));
        assertEquals("outside", Files.readString(dir.resolve("x")));
    }
}
