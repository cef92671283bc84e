package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.remembrancer.Artifacts;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the verbs of artifacts have in common: the file, and the memory that knows it. */
final class Artifact {

    @Parameters(paramLabel = "FILE", description = "The artifact.")
    private Path file;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    MemoryOption memory() {
        return memory;
    }

    /** The file, which must be there: looked at before a passphrase is asked for. */
    Path file() {
        return InputFile.existing(file);
    }

    Artifacts in(Remembrancer open) {
        return open.artifacts(namespace(open).name().toString());
    }

    Namespace namespace(Remembrancer open) {
        return namespace.existing(open);
    }
}
