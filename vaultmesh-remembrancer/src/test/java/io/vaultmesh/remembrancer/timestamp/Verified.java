package io.vaultmesh.remembrancer.timestamp;

import static io.vaultmesh.remembrancer.timestamp.Forge.DATA;
import static io.vaultmesh.remembrancer.timestamp.Forge.NONCE;
import static io.vaultmesh.remembrancer.timestamp.Forge.NOW;
import static io.vaultmesh.remembrancer.timestamp.Forge.ROOT;
import static io.vaultmesh.remembrancer.timestamp.Forge.usage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Asks the verifier about a token that was made by hand, and says what is expected of it. */
final class Verified {

    static final UnaryOperator<X509v3CertificateBuilder> STAMPING = usage(true, KeyPurposeId.id_kp_timeStamping);
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final TimestampRequest REQUEST = new TimestampRequest(DATA, Optional.of(NONCE), true, Optional.empty());

    static TimestampVerification verify(Forge forge, TimestampAnchor... pins) {
        TimestampAnchor[] anchors = pins.length > 0 ? pins : new TimestampAnchor[] {ROOT.pinned()};
        return TimestampVerifier.pinning(CLOCK, anchors).verify(forge.response(), DATA, REQUEST);
    }

    static Timestamp holds(Forge forge, TimestampAnchor... pins) {
        TimestampVerification verification = verify(forge, pins);
        verification.report().orThrow();
        return verification.timestamp().orElseThrow();
    }

    static void refuses(String check, String reason, TimestampVerification verification) {
        assertEquals(
                List.of(check),
                verification.report().checks(Outcome.FAIL).stream()
                        .map(Check::name)
                        .toList(),
                verification.report()::toText);
        String detail = verification.report().check(check).orElseThrow().detail();
        assertTrue(detail.contains(reason), detail);
        assertTrue(verification.verdict().reason().orElseThrow().contains(reason));
        assertEquals(Optional.empty(), verification.timestamp());
    }

    private Verified() {}
}
