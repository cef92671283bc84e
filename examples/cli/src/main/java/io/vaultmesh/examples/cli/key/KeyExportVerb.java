package io.vaultmesh.examples.cli.key;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.OutputFile;
import io.vaultmesh.examples.cli.shared.Passphrase;
import io.vaultmesh.examples.cli.shared.SigningKey;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh key export}. */
@Command(
        name = "export",
        description = "Gives the public certificate of an OpenPGP secret key, to be pinned and given to others.",
        footer = {"", "Example:", "  vaultmesh key export release.asc --passphrase-file pass --out release.pub.asc"})
final class KeyExportVerb implements Runnable {

    @Parameters(paramLabel = "FILE", description = "The secret key.")
    private Path file;

    @Mixin
    private Passphrase passphrase;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file for it. Default: the standard output")
    private @Nullable Path out;

    @Mixin
    private Output output;

    @Override
    public void run() {
        PgpCertificate certificate;
        try (PgpSecretKey key = SigningKey.open(file, passphrase.ask(file.toString()))) {
            certificate = key.certificate();
        }
        String armor = certificate.toArmor();
        if (out != null) {
            OutputFile.write(armor.getBytes(StandardCharsets.US_ASCII), out);
        }
        output.print(
                JsonObject.builder()
                        .put("fingerprint", certificate.fingerprint().hex())
                        .put("certificate", armor)
                        .build(),
                out == null ? armor : "written   " + out + "\n");
    }
}
