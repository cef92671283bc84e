package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --memory DIR}. */
public final class MemoryOption {

    @Option(names = "--memory", required = true, paramLabel = "DIR", description = "The memory's directory.")
    private Path directory;

    public Path directory() {
        return directory;
    }

    /** The memory, which must be there: a mistyped directory is not an empty memory. */
    public Remembrancer open() {
        return Remembrancer.builder(directory).mustExist().open();
    }

    public Remembrancer openOrCreate() {
        return Remembrancer.open(directory);
    }

    /** The memory, to be read while another process may write it. */
    public MemoryReader read() {
        if (!Files.exists(directory)) {
            throw new IllegalArgumentException(directory + " is absent, expected the directory of a memory");
        }
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(directory + " is a file, expected the directory of a memory");
        }
        return Remembrancer.read(directory);
    }
}
