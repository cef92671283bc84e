package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Passphrase;
import io.vaultmesh.examples.cli.shared.SigningKey;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh trust rotate}. */
@Command(
        name = "rotate",
        description = "Lets a new OpenPGP key take the place of an old one, which both sign.",
        footer = {
            "",
            "Example:",
            "  vaultmesh trust rotate --old release.asc --passphrase-file pass --new next.asc --new-passphrase-file pass2"
                    + " --memory memory"
        })
final class TrustRotateVerb implements Runnable {

    @Option(names = "--old", required = true, paramLabel = "FILE", description = "The old secret key, which is pinned.")
    private Path old;

    @Option(names = "--new", required = true, paramLabel = "FILE", description = "The new secret key.")
    private Path fresh;

    @Mixin
    private Passphrase passphrase;

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "FILE",
            description = "The same for the new key. Default: where the old key's comes from")
    private @Nullable Path newPassphrase;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (PgpSecretKey oldKey = SigningKey.open(old, passphrase.ask(old.toString()));
                PgpSecretKey newKey = SigningKey.open(
                        fresh,
                        newPassphrase == null ? passphrase.ask(fresh.toString()) : Passphrase.read(newPassphrase));
                Remembrancer open = memory.open()) {
            Changed.print(
                    output,
                    "openpgp:" + newKey.certificate().fingerprint().hex(),
                    open.trust().rotate(oldKey, newKey));
        }
    }
}
