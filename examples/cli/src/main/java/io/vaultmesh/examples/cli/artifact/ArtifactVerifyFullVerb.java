package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Verifications;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.VerificationPolicy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh artifact verify-full}. */
@Command(
        name = "verify-full",
        description = "Verifies all that is recorded of an artifact, shows every check, and says if the policy is met.",
        footer = {"", "Example:", "  vaultmesh artifact verify-full ledger.jar --memory memory --signers 2 --timestamps"
        })
final class ArtifactVerifyFullVerb implements Callable<Integer> {

    @Mixin
    private Artifact artifact;

    @Option(
            names = "--signers",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many different pinned certificates must have signed. Default: 1")
    private int signers;

    @Option(names = "--timestamps", description = "Each of these signatures must be stamped by a pinned authority.")
    private boolean timestamps;

    @Option(
            names = "--witnesses",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many pinned witnesses must have cosigned the newest checkpoint. Default: 0")
    private int witnesses;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        VerificationPolicy policy = new VerificationPolicy(signers, timestamps, witnesses);
        Path file = artifact.file();
        try (Remembrancer memory = artifact.memory().open()) {
            return Verifications.print(output, file, artifact.in(memory).verifyFull(file, policy));
        }
    }
}
