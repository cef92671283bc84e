package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;

/** Makes version 4 signatures with what GnuPG 2.2 puts into them, and verifies each before it leaves. */
final class SignatureMaker {

    private static final int BUFFER = 64 * 1024;
    private static final int POSITIVE_CERTIFICATION = 0x13;

    private final SecretPart part;
    private final DigestSigner signer;
    private final PGPSignatureGenerator generator;
    private final PGPSignatureSubpacketGenerator signed = new PGPSignatureSubpacketGenerator();

    private SignatureMaker(SecretPart part, int type, Instant at) throws PGPException {
        this.part = part;
        this.signer = new DigestSigner(type, part.hash(), part);
        this.generator = new PGPSignatureGenerator((keyAlgorithm, privateKey) -> signer, part.publicKey());
        PGPPrivateKey secret = part.secret().orElseThrow();
        generator.init(type, secret);
        signed.setIssuerFingerprint(false, part.publicKey());
        signed.setSignatureCreationTime(false, Date.from(at));
        PGPSignatureSubpacketGenerator hint = new PGPSignatureSubpacketGenerator();
        hint.setIssuerKeyID(false, secret.getKeyID());
        generator.setUnhashedSubpackets(hint.generate());
    }

    /** A signature over all that a stream still holds. */
    static SignaturePacket document(SecretPart part, Instant at, InputStream data) throws IOException {
        try {
            SignatureMaker maker = new SignatureMaker(part, SignaturePacket.BINARY_DOCUMENT, at);
            maker.generator.setHashedSubpackets(maker.signed.generate());
            byte[] buffer = new byte[BUFFER];
            for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                maker.generator.update(buffer, 0, n);
            }
            return maker.checked(maker.generator.generate());
        } catch (PGPException e) {
            throw cannot(part, e);
        }
    }

    /** What a new key says about itself: its user id, that it certifies and signs, and when it expires. */
    static SignaturePacket certification(SecretPart part, Instant at, String userId, Optional<Duration> validity) {
        try {
            SignatureMaker maker = new SignatureMaker(part, POSITIVE_CERTIFICATION, at);
            maker.signed.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
            validity.ifPresent(time -> maker.signed.setKeyExpirationTime(false, time.toSeconds()));
            maker.generator.setHashedSubpackets(maker.signed.generate());
            return maker.checked(maker.generator.generateCertification(userId, part.publicKey()));
        } catch (IOException | PGPException e) {
            throw cannot(part, e);
        }
    }

    private static IllegalStateException cannot(SecretPart part, Exception e) {
        return new IllegalStateException("can't sign with key " + part.key().fingerprint() + ": " + e, e);
    }

    /**
     * A signature that doesn't verify must not get out: made with a damaged key, or with a public key that somebody
     * exchanged in the file, it can give the secret away.
     */
    private SignaturePacket checked(PGPSignature made) throws IOException {
        SignaturePacket signature =
                SignaturePacket.read(Packet.readAll(made.getEncoded()).get(0).body());
        if (!SignatureMath.isBy(part.key(), signature, part.hash(), signer.getDigest())) {
            throw new IllegalStateException("key " + part.key().fingerprint()
                    + " made a signature that doesn't verify: its secret and public parts don't belong together");
        }
        return signature;
    }
}
