package io.vaultmesh.remembrancer.openpgp;

import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/**
 * A key with its secret, or without where GnuPG left it out (a primary key that is kept elsewhere). Not a record: what a
 * record prints would be the secret.
 */
final class SecretPart {

    private final Packet original;
    private final KeyPacket key;
    private final PGPPublicKey publicKey;
    private final Optional<PGPPrivateKey> secret;

    /**
     * A key.
     *
     * @param original the packet as it was read, which is what remains of a key without its secret
     */
    SecretPart(Packet original, KeyPacket key, PGPPublicKey publicKey, Optional<PGPPrivateKey> secret) {
        this.original = original;
        this.key = key;
        this.publicKey = publicKey;
        this.secret = secret;
    }

    Packet original() {
        return original;
    }

    KeyPacket key() {
        return key;
    }

    PGPPublicKey publicKey() {
        return publicKey;
    }

    Optional<PGPPrivateKey> secret() {
        return secret;
    }

    int algorithm() {
        return publicKey.getAlgorithm();
    }

    boolean canSign() {
        return secret.isPresent() && key.key().flaw().isEmpty();
    }

    AsymmetricKeyParameter signingKey() {
        try {
            return new BcPGPKeyConverter().getPrivateKey(secret.orElseThrow());
        } catch (PGPException e) {
            throw new IllegalStateException("can't use the secret key " + key.fingerprint() + " to sign: " + e, e);
        }
    }

    /** The shortest accepted hash that verifiers accept from this key. */
    HashAlgorithm hash() {
        int bits = key.key() instanceof VerificationKey.Ecdsa ecdsa
                ? ecdsa.key().getParameters().getN().bitLength()
                : 256;
        return bits <= 256 ? HashAlgorithm.SHA256 : bits <= 384 ? HashAlgorithm.SHA384 : HashAlgorithm.SHA512;
    }

    /** Only the fingerprint: never the secret. */
    @Override
    public String toString() {
        return "secret key " + key.fingerprint();
    }
}
