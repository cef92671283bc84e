package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.SigningKey;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh artifact sign}. */
@Command(
        name = "sign",
        description = "Signs an artifact: writes FILE.asc, as gpg reads it, and records the signature.",
        footer = {
            "",
            "Example:",
            "  vaultmesh artifact sign ledger.jar --memory memory --key release.asc --passphrase-file pass"
        })
final class ArtifactSignVerb implements Runnable {

    @Mixin
    private Artifact artifact;

    @Mixin
    private SigningKey key;

    @Mixin
    private Beside beside;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Path file = artifact.file();
        try (PgpSecretKey secret = key.open();
                Remembrancer memory = artifact.memory().open()) {
            Receipt receipt = beside.signing(file, () -> artifact.in(memory).sign(file, secret));
            String signature = file + ".asc";
            String signer = secret.certificate().fingerprint().hex();
            output.print(
                    JsonObject.builder()
                            .put("signature", signature)
                            .put("signer", signer)
                            .put("id", receipt.id().toString())
                            .put("index", receipt.index())
                            .build(),
                    "signed    " + signature + "\nsigner    " + signer + "\nid        " + receipt.id() + "\nindex     "
                            + receipt.index() + "\n");
        }
    }
}
