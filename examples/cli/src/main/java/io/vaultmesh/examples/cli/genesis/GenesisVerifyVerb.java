package io.vaultmesh.examples.cli.genesis;

import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Verifications;
import io.vaultmesh.remembrancer.ArtifactVerification;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.VerificationPolicy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh genesis verify}. */
@Command(
        name = "verify",
        description =
                "Verifies that an archive is that of a sealed revision, with a stamped signature by a pinned key.",
        footer = {
            "",
            "Who has a clone makes the same archive: git -c tar.umask=0022 archive --format=tar <commit>",
            "",
            "Example:",
            "  vaultmesh genesis verify seals/genesis-4f2a….tar --memory memory"
        })
final class GenesisVerifyVerb implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (Remembrancer open = memory.open()) {
            ArtifactVerification found = open.artifacts("main")
                    .verifyFull(
                            InputFile.existing(file),
                            VerificationPolicy.defaults().withTimestamps());
            return Verifications.print(
                    output, file, found, Seal.of(open, found.digest()).commit());
        }
    }
}
