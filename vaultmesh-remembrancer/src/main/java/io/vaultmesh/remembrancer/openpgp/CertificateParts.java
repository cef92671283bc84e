package io.vaultmesh.remembrancer.openpgp;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a certificate consists of. All signatures here are verified ones of its primary key; those of others are left out.
 *
 * @param primary the primary key
 * @param direct what the key says about itself directly
 * @param revocations its revocations of itself
 * @param userIds the user ids, certified or not
 * @param subkeys the subkeys, bound or not
 * @param saysNothing whether it holds no signature of the key about itself, not even a weak one
 */
record CertificateParts(
        KeyPacket primary,
        List<SignaturePacket> direct,
        List<SignaturePacket> revocations,
        List<UserId> userIds,
        List<Subkey> subkeys,
        boolean saysNothing) {

    CertificateParts {
        direct = List.copyOf(direct);
        revocations = List.copyOf(revocations);
        userIds = List.copyOf(userIds);
        subkeys = List.copyOf(subkeys);
    }

    /** All keys, the primary one first. */
    List<KeyPacket> keys() {
        return Stream.concat(Stream.of(primary), subkeys.stream().map(Subkey::key))
                .toList();
    }

    /** The key with a fingerprint, which is known to be here. */
    KeyPacket key(PgpFingerprint fingerprint) {
        return keys().stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("key " + fingerprint + " is not of this certificate"));
    }

    /** A user id with its certifications and their revocations. */
    record UserId(String text, List<SignaturePacket> certifications, List<SignaturePacket> revocations) {

        UserId {
            certifications = List.copyOf(certifications);
            revocations = List.copyOf(revocations);
        }

        boolean isCertified() {
            return certifications.stream().anyMatch(this::stands);
        }

        /** Whether a certification may be relied on and was not revoked afterwards. */
        boolean stands(SignaturePacket certification) {
            return certification.flaw().isEmpty()
                    && revocations.stream()
                            .noneMatch(revocation -> revocation.created().isEmpty()
                                    || certification.created().isEmpty()
                                    || !certification
                                            .created()
                                            .get()
                                            .isAfter(revocation.created().get()));
        }
    }

    /** A subkey with its bindings and revocations. */
    record Subkey(KeyPacket key, List<SignaturePacket> bindings, List<SignaturePacket> revocations) {

        Subkey {
            bindings = List.copyOf(bindings);
            revocations = List.copyOf(revocations);
        }
    }
}
