package io.vaultmesh.core.key;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 by Bouncy Castle, many times faster than JDK 17's. Its functions are called as they are: no provider is
 * registered, so that it serves nothing else in the host.
 */
final class BouncyCastleEd25519 implements Ed25519Arithmetic {

    private static final byte[] NEUTRAL = new byte[Ed25519.PUBLIC_KEY_SIZE];

    static {
        NEUTRAL[0] = 1;
    }

    @Override
    public byte[] publicKey(byte[] seed) {
        byte[] encoded = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, encoded, 0);
        return encoded;
    }

    @Override
    public Signer signer(byte[] seed, byte[] publicKey) {
        return message -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
            return signature;
        };
    }

    @Override
    public Verifier verifier(byte[] publicKey) {
        Ed25519.PublicPoint point =
                requireNonNull(Ed25519.validatePublicKeyPartialExport(publicKey, 0), "a key that was judged");
        return (message, signature) ->
                Ed25519.verify(signature, 0, point, message, 0, message.length) && isTorsionFree(signature);
    }

    /**
     * Whether R lies in the group of prime order. Bouncy Castle verifies eight times the equation, in which a torsion
     * part of R vanishes; the equation itself never holds with one.
     */
    private static boolean isTorsionFree(byte[] signature) {
        return Ed25519.validatePublicKeyFull(signature, 0) || Arrays.equals(signature, 0, 32, NEUTRAL, 0, 32);
    }

    @Override
    public boolean isSound(byte[] publicKey) {
        return Ed25519.validatePublicKeyFull(publicKey, 0);
    }

    @Override
    public String toString() {
        return "Bouncy Castle";
    }
}
