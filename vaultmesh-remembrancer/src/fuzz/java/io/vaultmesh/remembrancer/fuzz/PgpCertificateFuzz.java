package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A certificate is refused, or is the same when it is written and read again; and none has signed what it didn't. */
class PgpCertificateFuzz {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final PgpSignature SIGNATURE = signature();

    private static PgpSignature signature() {
        String seed = "PgpSignatureFuzzInputs/parse/ed25519";
        try (InputStream stream = PgpCertificateFuzz.class.getResourceAsStream(seed)) {
            if (stream == null) {
                throw new IllegalStateException("there is no seed " + seed);
            }
            return PgpSignature.parse(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest
    void parse(byte[] bytes) {
        PgpCertificate certificate;
        try {
            certificate = PgpCertificate.parse(bytes);
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            return;
        }
        assertEquals(certificate, PgpCertificate.parse(certificate.toBytes()));
        assertEquals(certificate, PgpCertificate.parse(certificate.toArmor().getBytes(StandardCharsets.US_ASCII)));
        assertFalse(
                PgpKeyring.empty()
                        .pin(certificate.fingerprint(), certificate)
                        .verify(SIGNATURE, "other data".getBytes(StandardCharsets.UTF_8), NOW)
                        .verdict(1)
                        .holds(),
                "signed other data");
    }
}
