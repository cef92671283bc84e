package io.vaultmesh.remembrancer.openpgp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether a key of a certificate could sign at a time, by what the certificate is known to say now. Revocations
 * count whatever their hash, their expiry and what else they say: taking away is always believed. Immutable.
 */
final class KeyState {

    private static final int MAY_SIGN = 0x02;

    private final CertificateParts certificate;
    private final Instant latest;

    /**
     * The state of a certificate's keys.
     *
     * @param latest the time after which nothing can have been said yet
     */
    KeyState(CertificateParts certificate, Instant latest) {
        this.certificate = certificate;
        this.latest = latest;
    }

    /** Why a signature of the key at that time is refused, if it is. */
    Optional<String> flaw(KeyPacket key, Instant at) {
        if (key == certificate.primary()) {
            return primary(at, true);
        }
        for (CertificateParts.Subkey subkey : certificate.subkeys()) {
            if (subkey.key() == key) {
                return primary(at, false)
                        .map(flaw -> "the primary key of its subkey can't vouch for it: " + flaw)
                        .or(() -> subkey(subkey, at));
            }
        }
        throw new IllegalArgumentException("key " + key.fingerprint() + " is not of this certificate");
    }

    private Optional<String> primary(Instant at, boolean signs) {
        KeyPacket key = certificate.primary();
        Optional<String> gone = key.key().flaw().or(() -> revoked(certificate.revocations(), at));
        if (gone.isPresent()) {
            return gone;
        }
        if (certificate.saysNothing()) {
            return lifetime(key, List.of(), at); // a bare key that was pinned: it states no expiry and no use
        }
        List<SignaturePacket> statements = new ArrayList<>();
        newest(certificate.direct()).ifPresent(statements::add);
        newest(certificate.userIds().stream()
                        .flatMap(userId -> userId.certifications().stream().filter(userId::stands))
                        .toList())
                .ifPresent(statements::add);
        if (statements.isEmpty()) {
            return Optional.of("its key has no self-signature that is valid now and made with SHA-256 or better");
        }
        if (signs && statements.stream().anyMatch(each -> (each.keyFlags().orElse(MAY_SIGN) & MAY_SIGN) == 0)) {
            return Optional.of("its key is not meant for signing, as its key flags say");
        }
        return lifetime(key, statements, at);
    }

    private Optional<String> subkey(CertificateParts.Subkey subkey, Instant at) {
        KeyPacket key = subkey.key();
        Optional<String> gone = key.key().flaw().or(() -> revoked(subkey.revocations(), at));
        if (gone.isPresent()) {
            return gone;
        }
        Optional<SignaturePacket> binding = newest(subkey.bindings());
        if (binding.isEmpty()) {
            return Optional.of("its subkey has no binding that is valid now and made with SHA-256 or better");
        }
        if ((binding.get().keyFlags().orElse(0) & MAY_SIGN) == 0) {
            return Optional.of("its subkey is not meant for signing, as its key flags say");
        }
        if (binding.get().embedded().stream().noneMatch(back -> isBack(back, key))) {
            return Optional.of("its subkey never signed that it belongs to the primary key");
        }
        return lifetime(key, List.of(binding.get()), at);
    }

    /** Without it, anybody could call a stranger's key a subkey of theirs, and claim what the stranger signed. */
    private boolean isBack(SignaturePacket back, KeyPacket subkey) {
        return back.type() == SignaturePacket.PRIMARY_KEY_BINDING
                && isUsable(back)
                && SignatureMath.isBy(subkey, back, certificate.primary().hashed(), subkey.hashed());
    }

    private Optional<SignaturePacket> newest(List<SignaturePacket> statements) {
        return statements.stream()
                .filter(this::isUsable)
                .max(Comparator.comparing(each -> each.created().orElseThrow()));
    }

    private boolean isUsable(SignaturePacket statement) {
        return statement.flaw().isEmpty()
                && !statement.created().orElseThrow().isAfter(latest)
                && statement.expires().map(latest::isBefore).orElse(true);
    }

    private static Optional<String> revoked(List<SignaturePacket> revocations, Instant at) {
        for (SignaturePacket revocation : revocations) {
            Optional<Instant> from = revocation.created();
            if (from.isEmpty() || !revocation.isSoftRevocation()) {
                return Optional.of("its key is revoked as compromised or without a reason"
                        + from.map(when -> ", on " + when).orElse("")
                        + ": nothing that it ever signed counts");
            }
            if (!at.isBefore(from.get())) {
                return Optional.of("its key was revoked on " + from.get() + ", and the signature was made at " + at);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> lifetime(KeyPacket key, List<SignaturePacket> statements, Instant at) {
        if (at.isBefore(key.created())) {
            return Optional.of("it was made at " + at + ", before its key, which was made at " + key.created());
        }
        for (SignaturePacket statement : statements) {
            Optional<Instant> expiry =
                    statement.keyValidity().map(Duration::ofSeconds).map(key.created()::plus);
            if (expiry.isPresent() && !at.isBefore(expiry.get())) {
                return Optional.of("it was made at " + at + ", and its key expired at " + expiry.get());
            }
        }
        return Optional.empty();
    }
}
