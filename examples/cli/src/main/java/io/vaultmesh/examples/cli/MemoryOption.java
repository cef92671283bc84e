package io.vaultmesh.examples.cli;

import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --memory DIR}. */
final class MemoryOption {

    @Option(names = "--memory", required = true, paramLabel = "DIR", description = "The memory's directory.")
    private Path directory;

    /** The memory, which must be there: a mistyped directory is not an empty memory. */
    Remembrancer open() {
        return Remembrancer.builder(directory).mustExist().open();
    }

    Remembrancer openOrCreate() {
        return Remembrancer.open(directory);
    }
}
