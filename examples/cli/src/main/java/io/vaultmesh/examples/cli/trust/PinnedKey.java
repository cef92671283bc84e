package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.core.note.CosignatureVerifier;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.trust.Pin;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is pinned: exactly one of these options. */
final class PinnedKey {

    private static final int MOST_BYTES = 1 << 20;

    @Option(names = "--openpgp", paramLabel = "FILE", description = "An OpenPGP certificate, which signs artifacts.")
    private @Nullable Path openPgp;

    @Option(names = "--tsa", paramLabel = "FILE", description = "An authority's root certificate, in PEM or DER.")
    private @Nullable Path tsa;

    @Option(names = "--log", paramLabel = "VKEY", description = "A log's verifier key.")
    private @Nullable String log;

    @Option(names = "--witness", paramLabel = "VKEY", description = "A witness's verifier key.")
    private @Nullable String witness;

    @Option(names = "--peer", paramLabel = "DID", description = "A peer's did:key.")
    private @Nullable String peer;

    Pin pin(String purpose) {
        if (openPgp != null) {
            return Pin.openPgp(read(openPgp, PgpCertificate::parse), purpose);
        }
        if (tsa != null) {
            return Pin.timestamps(read(tsa, TimestampAnchor::of), purpose);
        }
        if (log != null) {
            return Pin.log(NoteVerifier.of(log), purpose);
        }
        return witness != null
                ? Pin.witness(CosignatureVerifier.of(witness), purpose)
                : Pin.peer(Objects.requireNonNull(peer), purpose);
    }

    private static <T> T read(Path file, Function<byte[], T> parser) {
        byte[] bytes = InputFile.bytes(file, MOST_BYTES);
        try {
            return parser.apply(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
