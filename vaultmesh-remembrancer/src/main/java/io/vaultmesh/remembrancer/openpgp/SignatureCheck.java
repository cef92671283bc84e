package io.vaultmesh.remembrancer.openpgp;

import io.vaultmesh.core.check.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges one signature by the pinned certificates, at one time. Immutable. */
final class SignatureCheck {

    private final List<PgpCertificate> certificates;
    private final Instant now;

    SignatureCheck(List<PgpCertificate> certificates, Instant now) {
        this.certificates = certificates;
        this.now = now;
    }

    PgpVerification.Result judge(SignaturePacket signature, DataDigests data) {
        PgpVerification.Result failure = null;
        for (PgpCertificate certificate : certificates) {
            CertificateParts parts = certificate.parts();
            for (KeyPacket key : parts.keys()) {
                if (!signature.names(key.fingerprint())) {
                    continue;
                }
                Optional<String> flaw = flaw(signature, data, parts, key);
                if (flaw.isEmpty()) {
                    return result(signature, parts, key, Outcome.PASS, passed(signature, parts, key));
                }
                if (failure == null) {
                    failure = result(signature, parts, key, Outcome.FAIL, flaw.get());
                }
            }
        }
        return failure == null ? unknown(signature) : failure;
    }

    private Optional<String> flaw(SignaturePacket signature, DataDigests data, CertificateParts parts, KeyPacket key) {
        if (signature.type() != SignaturePacket.BINARY_DOCUMENT) {
            return Optional.of("it is a signature of type 0x" + Integer.toHexString(signature.type())
                    + ", expected 0x0, over a binary document");
        }
        Optional<String> flaw = signature.flaw();
        if (flaw.isPresent()) {
            return flaw;
        }
        Optional<Integer> unsigned = signature.unsigned();
        if (unsigned.isPresent()) {
            return Optional.of("it carries the subpacket " + unsigned.get() + " outside of what is signed");
        }
        HashAlgorithm hash = HashAlgorithm.of(signature.hashAlgorithm()).orElseThrow();
        if (!SignatureMath.isBy(key, signature, hash, signature.digest(data.after(hash)))) {
            return key.key().flaw().or(() -> Optional.of("it is not the key's signature of this data"));
        }
        Instant at = signature.created().orElseThrow();
        Instant latest = now.plus(PgpKeyring.SKEW);
        if (at.isAfter(latest)) {
            return Optional.of("it was made at " + at + ", which is in the future: it is " + now);
        }
        Optional<Instant> expiry = signature.expires();
        if (expiry.isPresent() && !now.isBefore(expiry.get())) {
            return Optional.of("it expired itself at " + expiry.get() + ", and it is " + now);
        }
        return new KeyState(parts, latest).flaw(key, at);
    }

    private static String passed(SignaturePacket signature, CertificateParts parts, KeyPacket key) {
        return "by " + parts.primary().fingerprint()
                + (key == parts.primary() ? "" : " through its subkey " + key.fingerprint())
                + " at " + signature.created().orElseThrow()
                + (parts.saysNothing() ? "; the pinned key states neither expiry nor use" : "");
    }

    private static PgpVerification.Result unknown(SignaturePacket signature) {
        Optional<PgpFingerprint> claimed =
                signature.issuerFingerprints().stream().findFirst();
        return new PgpVerification.Result(
                Optional.empty(),
                claimed,
                signature.created(),
                Outcome.NOT_CHECKED,
                "it names no pinned key" + claimed.map(key -> ", but " + key).orElse(""));
    }

    private static PgpVerification.Result result(
            SignaturePacket signature, CertificateParts parts, KeyPacket key, Outcome outcome, String detail) {
        return new PgpVerification.Result(
                Optional.of(parts.primary().fingerprint()),
                Optional.of(key.fingerprint()),
                signature.created(),
                outcome,
                detail);
    }
}
