package io.vaultmesh.examples.cli.key;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Passphrase;
import io.vaultmesh.examples.cli.shared.SecretFile;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh key new}. */
@Command(
        name = "new",
        description = "Makes an OpenPGP secret key, protected by a passphrase, that gpg --import reads.",
        footer = {
            "",
            "Example:",
            "  vaultmesh key new release.asc --user-id \"Releases <releases@example.com>\" --passphrase-file pass"
        })
final class KeyNewVerb implements Runnable {

    /** What 32 bits of seconds have room for, as OpenPGP counts (RFC 9580 §5.2.3.13). */
    private static final int MOST_DAYS = 49_710;

    @Parameters(paramLabel = "FILE", description = "A new file, which only its owner may read.")
    private Path file;

    @Option(names = "--user-id", required = true, paramLabel = "WHO", description = "Whom the key is for.")
    private String userId;

    @Option(names = "--rsa", paramLabel = "BITS", description = "An RSA key of so many bits. Default: Ed25519")
    private @Nullable Integer bits;

    @Option(names = "--valid-days", paramLabel = "N", description = "How long it is valid. Default: for ever")
    private @Nullable Long days;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (Files.exists(file)) { // known before a passphrase is asked for
            throw new UncheckedIOException(
                    file + " exists, expected a new file", new FileAlreadyExistsException(file.toString()));
        }
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw new IllegalArgumentException("--valid-days is " + days + ", expected from 1 to " + MOST_DAYS);
        }
        char[] secret = passphrase.choose(file.toString());
        try (PgpSecretKey key = generate()) {
            byte[] armored = key.export(secret).getBytes(StandardCharsets.US_ASCII);
            SecretFile.write(armored, file);
            String fingerprint = key.certificate().fingerprint().hex();
            output.print(
                    JsonObject.builder()
                            .put("key", file.toString())
                            .put("fingerprint", fingerprint)
                            .put("userId", userId)
                            .build(),
                    "written      " + file + "\nfingerprint  " + fingerprint + "\n");
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private PgpSecretKey generate() {
        SecureRandom random = new SecureRandom();
        Instant now = Instant.now();
        if (days == null) {
            return bits == null
                    ? PgpSecretKey.generateEd25519(userId, now, random)
                    : PgpSecretKey.generateRsa(bits, userId, now, random);
        }
        Duration validity = Duration.ofDays(days);
        return bits == null
                ? PgpSecretKey.generateEd25519(userId, now, validity, random)
                : PgpSecretKey.generateRsa(bits, userId, now, validity, random);
    }
}
