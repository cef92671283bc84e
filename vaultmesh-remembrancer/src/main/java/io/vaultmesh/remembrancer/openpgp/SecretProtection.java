package io.vaultmesh.remembrancer.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SecretKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.PBESecretKeyEncryptor;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Secret key packets in and out of their protection by a passphrase (RFC 9580 §5.5.3), as GnuPG 2.2 knows it: CFB with a
 * SHA-1 checksum under an iterated and salted hash of the passphrase.
 */
final class SecretProtection {

    /** 8 MiB are hashed for one guess at the passphrase (RFC 9580 §3.7.1.3). */
    private static final int COUNT = 0xd0;

    private SecretProtection() {}

    static SecretPart read(Packet packet, Passphrase passphrase) {
        KeyPacket key = KeyPacket.readFromSecret(packet.body());
        try {
            BCPGInputStream stream = new BCPGInputStream(new ByteArrayInputStream(Packet.writeAll(List.of(packet))));
            if (!(stream.readPacket() instanceof SecretKeyPacket secret)) {
                throw new IllegalArgumentException("there is no secret key " + key.fingerprint());
            }
            PGPPublicKey publicKey = new PGPPublicKey(secret.getPublicKeyPacket(), new BcKeyFingerprintCalculator());
            return new SecretPart(packet, key, publicKey, secret(secret, publicKey, key.fingerprint(), passphrase));
        } catch (IllegalArgumentException e) {
            throw e; // says already what was wrong
        } catch (IOException | PGPException | RuntimeException e) {
            throw new IllegalArgumentException("the secret key " + key.fingerprint() + " is malformed: " + e, e);
        }
    }

    private static Optional<PGPPrivateKey> secret(
            SecretKeyPacket packet, PGPPublicKey publicKey, PgpFingerprint fingerprint, Passphrase passphrase) {
        PGPSecretKey key = new PGPSecretKey(packet, publicKey);
        int usage = packet.getS2KUsage();
        if (usage == SecretKeyPacket.USAGE_NONE) {
            if (!passphrase.isEmpty()) {
                throw new IllegalArgumentException("the secret key " + fingerprint
                        + " is not protected by a passphrase, expected an empty one for it");
            }
            return Optional.of(extract(key, null, "the secret key " + fingerprint + " is damaged"));
        }
        int kind = packet.getS2K() == null ? -1 : packet.getS2K().getType();
        if (kind == S2K.GNU_DUMMY_S2K) {
            return Optional.empty();
        }
        if (usage != SecretKeyPacket.USAGE_SHA1 || kind != S2K.SALTED_AND_ITERATED) {
            throw new IllegalArgumentException("the secret key " + fingerprint + " is protected in way " + usage + "/"
                    + kind + ", expected that of GnuPG 2.2: 254/3, a SHA-1 checksum and an iterated, salted hash");
        }
        PBESecretKeyDecryptor decryptor =
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase.chars());
        return Optional.of(extract(
                key, decryptor, "the passphrase of the secret key " + fingerprint + " is wrong, or the key damaged"));
    }

    @SuppressWarnings("NullAway") // Bouncy Castle takes null for "not protected", and is not annotated
    private static PGPPrivateKey extract(
            PGPSecretKey key, @Nullable PBESecretKeyDecryptor decryptor, String otherwise) {
        try {
            return key.extractPrivateKey(decryptor);
        } catch (PGPException | RuntimeException e) {
            throw new IllegalArgumentException(otherwise, e);
        }
    }

    /** The packet of a key under a passphrase. A key without its secret stays as it was read. */
    static Packet write(SecretPart part, Passphrase passphrase) {
        if (part.secret().isEmpty()) {
            return part.original();
        }
        try {
            BcPGPDigestCalculatorProvider digests = new BcPGPDigestCalculatorProvider();
            PBESecretKeyEncryptor encryptor = new BcPBESecretKeyEncryptorBuilder(
                            SymmetricKeyAlgorithmTags.AES_256, digests.get(HashAlgorithmTags.SHA256), COUNT)
                    .setSecureRandom(new SecureRandom())
                    .build(passphrase.chars());
            PGPSecretKey key = new PGPSecretKey(
                    part.secret().get(),
                    part.publicKey(),
                    digests.get(HashAlgorithmTags.SHA1),
                    part.original().tag() == Packet.SECRET_KEY,
                    encryptor);
            return new Packet(
                    part.original().tag(),
                    Packet.readAll(key.getEncoded()).get(0).body());
        } catch (IOException | PGPException e) {
            throw new IllegalStateException(
                    "can't protect the secret key " + part.key().fingerprint() + ": " + e, e);
        }
    }
}
