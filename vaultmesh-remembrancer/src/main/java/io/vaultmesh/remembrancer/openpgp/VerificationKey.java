package io.vaultmesh.remembrancer.openpgp;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/** A public key as far as signatures are concerned. Immutable and thread-safe. */
sealed interface VerificationKey {

    /** Whether the numbers are this key's signature of a digest. */
    boolean verify(HashAlgorithm hash, byte[] digest, List<BigInteger> numbers);

    /** Whether signatures by this OpenPGP algorithm can be this key's. */
    boolean makes(int algorithm);

    /** Why no signature of this key is accepted, if so. */
    default Optional<String> flaw() {
        return Optional.empty();
    }

    /** RSA with PKCS #1 v1.5 padding. */
    record Rsa(RSAKeyParameters key) implements VerificationKey {

        @Override
        public boolean verify(HashAlgorithm hash, byte[] digest, List<BigInteger> numbers) {
            int length = (key.getModulus().bitLength() + 7) / 8;
            if (numbers.get(0).compareTo(key.getModulus()) >= 0) {
                return false;
            }
            RSADigestSigner signer = new RSADigestSigner(new NullDigest(), hash.oid());
            signer.init(false, key);
            signer.update(digest, 0, digest.length);
            return signer.verifySignature(Octets.fixed(numbers.get(0), length));
        }

        @Override
        public boolean makes(int algorithm) {
            return algorithm == 1 || algorithm == 3;
        }
    }

    /** ECDSA over a NIST curve. */
    record Ecdsa(ECPublicKeyParameters key) implements VerificationKey {

        @Override
        public boolean verify(HashAlgorithm hash, byte[] digest, List<BigInteger> numbers) {
            int bits = key.getParameters().getN().bitLength();
            if (digest.length < Math.min(bits, 512) / 8) {
                return false; // GnuPG refuses a hash shorter than the curve, too
            }
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, key);
            return signer.verifySignature(digest, numbers.get(0), numbers.get(1));
        }

        @Override
        public boolean makes(int algorithm) {
            return algorithm == 19;
        }
    }

    /** Ed25519 under the one strict notion of the library. */
    record Ed25519(Ed25519PublicKey key) implements VerificationKey {

        @Override
        public boolean verify(HashAlgorithm hash, byte[] digest, List<BigInteger> numbers) {
            if (numbers.get(0).bitLength() > 256 || numbers.get(1).bitLength() > 256) {
                return false;
            }
            byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
            System.arraycopy(Octets.fixed(numbers.get(0), 32), 0, signature, 0, 32);
            System.arraycopy(Octets.fixed(numbers.get(1), 32), 0, signature, 32, 32);
            return key.verify(digest, signature);
        }

        @Override
        public boolean makes(int algorithm) {
            return algorithm == 22;
        }
    }

    /** A key that makes no signatures that are accepted here: for encryption, or of an algorithm that isn't known. */
    record Unsupported(String why) implements VerificationKey {

        @Override
        public boolean verify(HashAlgorithm hash, byte[] digest, List<BigInteger> numbers) {
            return false;
        }

        @Override
        public boolean makes(int algorithm) {
            return false;
        }

        @Override
        public Optional<String> flaw() {
            return Optional.of(why);
        }
    }
}
