package io.vaultmesh.core.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The JDK, Bouncy Castle and the RFC's own formulas come to the same keys, signatures and decisions. */
class Ed25519ArithmeticProperties {

    private static final Ed25519Arithmetic JDK = new JdkEd25519();
    private static final Ed25519Arithmetic BOUNCY_CASTLE = new BouncyCastleEd25519();

    private static ReferenceEd25519.Point publicPoint(byte[] seed) {
        return ReferenceEd25519.BASE.times(ReferenceEd25519.secretScalar(seed));
    }

    /** The decision of both, which must be one. */
    private static boolean decision(byte[] key, byte[] message, byte[] signature) {
        boolean jdk = Ed25519PublicKey.derived(key, JDK).verify(message, signature);
        assertEquals(jdk, Ed25519PublicKey.derived(key, BOUNCY_CASTLE).verify(message, signature));
        return jdk;
    }

    @Property(tries = 100)
    void bothMakeTheSameKeysAndSignaturesAndAcceptThem(
            @ForAll @Size(32) byte[] seed, @ForAll @Size(max = 300) byte[] message) {
        Ed25519PrivateKey jdk = new Ed25519PrivateKey(seed, JDK);
        Ed25519PrivateKey bouncyCastle = new Ed25519PrivateKey(seed, BOUNCY_CASTLE);
        byte[] key = publicPoint(seed).encoded();
        assertArrayEquals(key, jdk.publicKey().bytes());
        assertArrayEquals(key, bouncyCastle.publicKey().bytes());
        byte[] signature = jdk.sign(message);
        assertArrayEquals(signature, bouncyCastle.sign(message));
        assertTrue(decision(key, message, signature));
    }

    @Property(tries = 100)
    void bothDecideAsTheReferenceOnChangedSignatures(
            @ForAll @Size(32) byte[] seed, @ForAll @IntRange(max = 511) int bit, @ForAll boolean otherMessage) {
        byte[] message = {1, 2, 3};
        Ed25519PrivateKey signer = new Ed25519PrivateKey(seed, BOUNCY_CASTLE);
        byte[] signature = signer.sign(message);
        signature[bit / 8] ^= (byte) (1 << bit % 8);
        byte[] verified = otherMessage ? new byte[] {1, 2} : message;
        assertEquals(
                ReferenceEd25519.verify(publicPoint(seed), verified, signature),
                decision(signer.publicKey().bytes(), verified, signature));
    }

    /** What only the holder of the key can make: any nonce, the smallest too, and a torsion part in R. */
    @Property(tries = 100)
    void bothDecideAsTheReferenceOnSignaturesThatNoHonestSignerMakes(
            @ForAll @Size(32) byte[] seed,
            @ForAll @Size(max = 4) byte[] message,
            @ForAll @IntRange(max = 1000) int nonce,
            @ForAll @IntRange(max = 7) int torsion) {
        ReferenceEd25519.Point key = publicPoint(seed);
        byte[] signature = ReferenceEd25519.sign(
                seed,
                key.encoded(),
                message,
                BigInteger.valueOf(nonce),
                ReferenceEd25519.ORDER_8.times(BigInteger.valueOf(torsion)));
        boolean valid = ReferenceEd25519.verify(key, message, signature);
        assertEquals(torsion == 0, valid, "a torsion part is never valid");
        assertEquals(valid, decision(key.encoded(), message, signature));
    }

    @Property(tries = 100)
    void bothJudgeKeysAlike(
            @ForAll @Size(32) byte[] bytes,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll @IntRange(min = 1, max = 7) int torsion) {
        ReferenceEd25519.Point small = ReferenceEd25519.ORDER_8.times(BigInteger.valueOf(torsion));
        byte[] key = switch (kind) {
            case 0 -> bytes;
            case 1 -> publicPoint(bytes).encoded();
            case 2 -> publicPoint(bytes).plus(small).encoded();
            default -> small.encoded();
        };
        Optional<String> flaw = EdwardsPoint.flaw(key);
        assertEquals(flaw.isEmpty(), BOUNCY_CASTLE.isSound(key));
        assertEquals(flaw.isEmpty(), JDK.isSound(key));
        assertTrue(
                switch (kind) {
                    case 1 -> flaw.isEmpty();
                    case 2 -> flaw.equals(Optional.of("has a torsion part"));
                    case 3 -> flaw.equals(Optional.of("has small order"));
                    default -> true;
                },
                flaw::toString);
    }
}
