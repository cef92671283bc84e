package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MerkleLogInADirectoryTest extends MerkleLogContract {

    @TempDir
    static Path dir;

    @Override
    MerkleLog emptyLog() {
        try {
            return Logs.open(Files.createTempDirectory(dir, "log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
