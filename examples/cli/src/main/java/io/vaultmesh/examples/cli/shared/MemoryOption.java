package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.remembrancer.Remembrancer;
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
}
