package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.ArtifactVerification;
import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh artifact verify}. */
@Command(
        name = "verify",
        description =
                "Says in a line whether an artifact's deployment is in the log, and signed by a key that is pinned.",
        footer = {"", "Example:", "  vaultmesh artifact verify ledger.jar --memory memory"})
final class ArtifactVerifyVerb implements Runnable {

    @Mixin
    private Artifact artifact;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Path file = artifact.file();
        ArtifactVerification found;
        try (Remembrancer memory = artifact.memory().open()) {
            found = artifact.in(memory).verifyFull(file);
        }
        found.verdict().reason().ifPresent(reason -> {
            throw new RefutedException(file + " is refuted: " + reason);
        });
        output.print(
                JsonObject.builder()
                        .put("artifact", file.toString())
                        .put("digest", found.digest().toString())
                        .put("trust", found.trust().toString())
                        .put("holds", true)
                        .build(),
                "holds: " + file + " with SHA-256 " + found.digest() + " is recorded, in the log, and signed\n");
    }
}
