package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.examples.cli.shared.Authorities;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.SigningKey;
import io.vaultmesh.examples.cli.shared.Verifications;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh artifact attest}. */
@Command(
        name = "attest",
        description = "Signs an artifact, has artifact and signature stamped, records all of it, and verifies it.",
        footer = {
            "",
            "Example:",
            "  vaultmesh artifact attest ledger.jar --memory memory --key release.asc --passphrase-file pass"
                    + " --authority https://tsa.example/tsr"
        })
final class ArtifactAttestVerb implements Callable<Integer> {

    @Mixin
    private Artifact artifact;

    @Mixin
    private SigningKey key;

    @Mixin
    private Authorities authorities;

    @Mixin
    private Beside beside;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Path file = artifact.file();
        try (PgpSecretKey secret = key.open();
                Remembrancer memory = authorities.open(artifact.memory())) {
            beside.requireOwnStamps(file, artifact.namespace(memory));
            return Verifications.print(
                    output, file, beside.signing(file, () -> artifact.in(memory).attest(file, secret)));
        }
    }
}
