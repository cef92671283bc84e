package io.vaultmesh.examples.cli.shared;

import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --key FILE --passphrase-file FILE}: an OpenPGP secret key that signs. */
public final class SigningKey {

    private static final int MOST_BYTES = 1 << 20;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The OpenPGP secret key, as `key new` or gpg --export-secret-keys writes it.")
    private Path file;

    @Mixin
    private Passphrase passphrase;

    /** The key, to be closed. */
    public PgpSecretKey open() {
        return open(file, passphrase.ask(file.toString()));
    }

    /** A key of a file, to be closed; the passphrase is overwritten. */
    public static PgpSecretKey open(Path file, char[] passphrase) {
        try {
            return PgpSecretKey.parse(InputFile.bytes(file, MOST_BYTES), passphrase);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
