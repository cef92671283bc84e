package io.vaultmesh.remembrancer.index;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

final class SqliteIndex {

    private SqliteIndex() {}

    static MemoryIndex open(Path file, String origin) {
        return read(file, origin).orElseThrow();
    }

    static Optional<MemoryIndex> read(Path file, String origin) {
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " of " + origin + " can't be read yet");
        }
        return Optional.empty();
    }
}
