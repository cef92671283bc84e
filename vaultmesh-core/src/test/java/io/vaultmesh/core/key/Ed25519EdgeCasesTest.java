package io.vaultmesh.core.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.json.Vectors;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions on which implementations differ, frozen: who belongs to a set of records must not depend on one. */
class Ed25519EdgeCasesTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** Why a signature is refused, or "accepted". */
    private static String decision(byte[] key, byte[] message, byte[] signature) {
        try {
            return Ed25519PublicKey.of(key).verify(message, signature) ? "accepted" : "signature refused";
        } catch (IllegalArgumentException e) {
            String text = e.getMessage();
            return text.substring(text.indexOf(HexFormat.of().formatHex(key)) + 65);
        }
    }

    private static final String SMALL = "has small order";
    private static final String MIXED = "has a torsion part";
    private static final String NOT_CANONICAL = "is not the canonical encoding of a point of the curve";

    /** Our decision for each case of ed25519-speccheck, and what the case is about. */
    private static final String[][] DECISIONS = {
        {SMALL, "small A and R, S = 0"},
        {SMALL, "small A only"},
        {MIXED, "small R, mixed A"},
        {MIXED, "mixed A and R"},
        {MIXED, "mixed A and R, valid only with the cofactor"},
        {MIXED, "mixed A, valid only with the cofactor and without reducing 8h"},
        {"signature refused", "S above L"},
        {"signature refused", "S far above L"},
        {MIXED, "R not canonical, reduced for the hash"},
        {MIXED, "R not canonical, not reduced for the hash"},
        {NOT_CANONICAL, "A not canonical, reduced for the hash"},
        {NOT_CANONICAL, "A not canonical, not reduced for the hash"},
    };

    @Test
    void everyCaseOfSpeccheckIsDecidedAsFrozen() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Vectors.bytes("ed25519/speccheck-cases.json"));
        assertEquals(DECISIONS.length, cases.size());
        for (int i = 0; i < cases.size(); i++) {
            JsonNode one = cases.get(i);
            assertEquals(
                    DECISIONS[i][0],
                    decision(
                            hex(one.get("pub_key").textValue()),
                            hex(one.get("message").textValue()),
                            hex(one.get("signature").textValue())),
                    i + ": " + DECISIONS[i][1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the eight points of small order, canonical
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
            })
    void keysOfSmallOrderAreRefused(String key) {
        assertEquals(
                "Ed25519 public key " + key + " has small order",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ed25519PublicKey.of(hex(key)).bytes())
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the same points written otherwise: "minus zero", and y that is not reduced
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                // y = 2 is on no point of the curve
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void keysThatAreNotTheCanonicalTextOfAPointAreRefused(String key) {
        assertEquals(
                "Ed25519 public key " + key + " is not the canonical encoding of a point of the curve",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ed25519PublicKey.of(hex(key)).bytes())
                        .getMessage());
    }

    @Test
    void aSignatureWithAnSThatIsNotReducedIsRefused() {
        byte[] message = {1, 2, 3};
        byte[] signature = KEY.sign(message);
        BigInteger s = EdwardsPoint.littleEndian(signature, 32, 32);
        int tried = 0;
        for (int k = 1; k <= 15; k++) {
            BigInteger larger = s.add(EdwardsPoint.L.multiply(BigInteger.valueOf(k)));
            if (larger.bitLength() <= 256) {
                tried++;
                assertFalse(KEY.publicKey().verify(message, withS(signature, larger)), "S + " + k + "L");
            }
        }
        assertTrue(tried >= 14);
        assertFalse(KEY.publicKey().verify(message, withS(signature, EdwardsPoint.L)));
        assertTrue(KEY.publicKey().verify(message, withS(signature, s)));
    }

    /** The JDK refuses some of these by itself; another provider may not, so this is asked without one. */
    @Test
    void whatIsCanonicalIsDecidedWithoutAProvider() {
        byte[] signature = KEY.sign(new byte[] {1, 2, 3});
        assertTrue(Ed25519PublicKey.isCanonical(signature));
        assertTrue(Ed25519PublicKey.isCanonical(withS(signature, BigInteger.ZERO)));
        assertTrue(Ed25519PublicKey.isCanonical(withS(signature, EdwardsPoint.L.subtract(BigInteger.ONE))));
        assertFalse(Ed25519PublicKey.isCanonical(withS(signature, EdwardsPoint.L)));
        assertFalse(Ed25519PublicKey.isCanonical(withS(signature, EdwardsPoint.L.add(BigInteger.ONE))));
        assertFalse(Ed25519PublicKey.isCanonical(
                withS(signature, BigInteger.TWO.pow(256).subtract(BigInteger.ONE))));
        assertTrue(Ed25519PublicKey.isCanonical(
                withR("0100000000000000000000000000000000000000000000000000000000000000")));
        assertTrue(Ed25519PublicKey.isCanonical(
                withR("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));
        for (String r : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        }) {
            assertFalse(Ed25519PublicKey.isCanonical(withR(r)), r);
        }
    }

    private static byte[] withR(String r) {
        byte[] signature = new byte[64];
        System.arraycopy(hex(r), 0, signature, 0, 32);
        return signature;
    }

    private static byte[] withS(byte[] signature, BigInteger s) {
        byte[] changed = signature.clone();
        for (int i = 0; i < 32; i++) {
            changed[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        return changed;
    }

    /**
     * With R the neutral point and S = k·a the equation holds without torsion. The holder of a key can make such a
     * signature (and gives the key away by it), so all that can vary is how R is written: one way is accepted.
     */
    @Test
    void theNeutralPointAsRIsAcceptedInItsCanonicalTextAndNoOther() throws Exception {
        byte[] message = {4, 5, 6};
        BigInteger secret = secretScalar(KEY.exposeSeed());
        List<String> decisions = new ArrayList<>();
        for (String r : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        }) {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(hex(r));
            sha512.update(KEY.publicKey().bytes());
            BigInteger k = EdwardsPoint.littleEndian(sha512.digest(message), 0, 64);
            byte[] signature = new byte[64];
            System.arraycopy(hex(r), 0, signature, 0, 32);
            signature = withS(signature, k.multiply(secret).mod(EdwardsPoint.L));
            decisions.add(decision(KEY.publicKey().bytes(), message, signature));
        }
        assertEquals(List.of("accepted", "signature refused", "signature refused", "signature refused"), decisions);
    }

    private static BigInteger secretScalar(byte[] seed) throws Exception {
        byte[] half = MessageDigest.getInstance("SHA-512").digest(seed);
        half[0] &= (byte) 248;
        half[31] &= 127;
        half[31] |= 64;
        return EdwardsPoint.littleEndian(half, 0, 32);
    }
}
