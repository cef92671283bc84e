package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.openpgp.PGPRuntimeOperationException;
import org.bouncycastle.openpgp.operator.PGPContentSigner;

/**
 * Signs what is written to it, hashed by the JDK: Bouncy Castle's own digests are several times slower, and would not
 * say what they came to, with which the signature is verified once made. Used once.
 */
final class DigestSigner implements PGPContentSigner {

    private final int type;
    private final HashAlgorithm hash;
    private final SecretPart part;
    private final MessageDigest running;
    private byte[] digest = new byte[0];

    DigestSigner(int type, HashAlgorithm hash, SecretPart part) {
        this.type = type;
        this.hash = hash;
        this.part = part;
        this.running = hash.newDigest();
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                running.update((byte) octet);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                running.update(bytes, offset, length);
            }
        };
    }

    @Override
    public byte[] getDigest() {
        if (digest.length == 0) {
            digest = running.digest();
        }
        return digest.clone();
    }

    @Override
    public byte[] getSignature() {
        AsymmetricKeyParameter key = part.signingKey();
        Signer signer = signer(key);
        signer.init(true, key);
        byte[] message = getDigest();
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new PGPRuntimeOperationException(
                    "can't sign with key " + part.key().fingerprint(), e);
        }
    }

    private Signer signer(AsymmetricKeyParameter key) {
        if (key instanceof RSAKeyParameters) {
            return new RSADigestSigner(new NullDigest(), hash.oid());
        }
        if (key instanceof Ed25519PrivateKeyParameters) {
            return new Ed25519Signer();
        }
        if (key instanceof ECPrivateKeyParameters) {
            // RFC 6979: no randomness that could fail
            return new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(new SHA512Digest())), new NullDigest());
        }
        throw new IllegalStateException("key " + part.key().fingerprint() + " makes no signatures");
    }

    @Override
    public int getType() {
        return type;
    }

    @Override
    public int getHashAlgorithm() {
        return hash.id();
    }

    @Override
    public int getKeyAlgorithm() {
        return part.algorithm();
    }

    @Override
    public long getKeyID() {
        return part.key().fingerprint().keyId();
    }
}
