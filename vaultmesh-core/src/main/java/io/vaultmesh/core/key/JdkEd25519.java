package io.vaultmesh.core.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * Ed25519 by the JDK (JEP 339), by its own provider whatever others the host has put before it: they differ in what they
 * accept.
 */
final class JdkEd25519 implements Ed25519Arithmetic {

    private static final String NAME = "Ed25519";
    private static final String PROVIDER = "SunEC";

    @Override
    public Signer signer(byte[] seed, byte[] publicKey) {
        PrivateKey key = privateKey(seed);
        return message -> sign(key, message);
    }

    @Override
    public Verifier verifier(byte[] publicKey) {
        PublicKey key = decode(publicKey);
        return (message, signature) -> verify(key, message, signature);
    }

    @Override
    public boolean isSound(byte[] publicKey) {
        return EdwardsPoint.flaw(publicKey).isEmpty();
    }

    private static PublicKey decode(byte[] encoded) {
        BigInteger number = EdwardsPoint.littleEndian(encoded, 0, encoded.length);
        EdECPoint point = new EdECPoint(number.testBit(255), number.clearBit(255));
        try {
            return KeyFactory.getInstance(NAME, PROVIDER)
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance(NAME, PROVIDER)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** The JDK derives a public key only when it generates a pair, so it is handed the seed. */
    @Override
    public byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME, PROVIDER);
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            EdECPoint point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
            BigInteger number = point.isXOdd() ? point.getY().setBit(255) : point.getY();
            byte[] encoded = new byte[32];
            byte[] bigEndian = number.toByteArray();
            for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
                encoded[i] = bigEndian[bigEndian.length - 1 - i];
            }
            return encoded;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME, PROVIDER);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(NAME, PROVIDER);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static IllegalStateException unavailable(GeneralSecurityException e) {
        return new IllegalStateException(
                "the Ed25519 of provider " + PROVIDER + ", part of Java since 15, failed: " + e.getMessage(), e);
    }

    @Override
    public String toString() {
        return "the JDK";
    }

    /** A source of "randomness" that is the seed. */
    private static final class GivenBytes extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        GivenBytes(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("a key pair took " + bytes.length + " random bytes, expected 32");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
