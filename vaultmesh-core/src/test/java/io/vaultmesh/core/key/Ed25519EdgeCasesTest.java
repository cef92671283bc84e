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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions on which implementations differ, frozen: who belongs to a set of records must not depend on one. */
@ParameterizedClass
@MethodSource("io.vaultmesh.core.key.Arithmetics#all")
class Ed25519EdgeCasesTest {

    private static final byte[] SEED = new byte[32];

    private final Ed25519Arithmetic arithmetic;
    private final Ed25519PrivateKey key;

    Ed25519EdgeCasesTest(Ed25519Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
        this.key = new Ed25519PrivateKey(SEED, arithmetic);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** Why a signature is refused, or "accepted". */
    private String decision(byte[] key, byte[] message, byte[] signature) {
        try {
            return Ed25519PublicKey.judge(key, arithmetic).verify(message, signature)
                    ? "accepted"
                    : "signature refused";
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
                                () -> Ed25519PublicKey.judge(hex(key), arithmetic)
                                        .bytes())
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
                                () -> Ed25519PublicKey.judge(hex(key), arithmetic)
                                        .bytes())
                        .getMessage());
    }

    @Test
    void aSignatureWithAnSThatIsNotReducedIsRefused() {
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        BigInteger s = EdwardsPoint.littleEndian(signature, 32, 32);
        int tried = 0;
        for (int k = 1; k <= 15; k++) {
            BigInteger larger = s.add(EdwardsPoint.L.multiply(BigInteger.valueOf(k)));
            if (larger.bitLength() <= 256) {
                tried++;
                assertFalse(key.publicKey().verify(message, withS(signature, larger)), "S + " + k + "L");
            }
        }
        assertTrue(tried >= 14);
        assertFalse(key.publicKey().verify(message, withS(signature, EdwardsPoint.L)));
        assertTrue(key.publicKey().verify(message, withS(signature, s)));
    }

    /** The JDK refuses some of these by itself; another provider may not, so this is asked without one. */
    @Test
    void whatIsCanonicalIsDecidedWithoutAProvider() {
        byte[] signature = key.sign(new byte[] {1, 2, 3});
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
    void theNeutralPointAsRIsAcceptedInItsCanonicalTextAndNoOther() {
        byte[] message = {4, 5, 6};
        byte[] encoded = key.publicKey().bytes();
        List<String> decisions = new ArrayList<>();
        for (String r : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        }) {
            BigInteger k = ReferenceEd25519.challenge(hex(r), encoded, message);
            BigInteger s = k.multiply(ReferenceEd25519.secretScalar(SEED)).mod(EdwardsPoint.L);
            decisions.add(decision(encoded, message, ReferenceEd25519.signature(hex(r), s)));
        }
        assertEquals(List.of("accepted", "signature refused", "signature refused", "signature refused"), decisions);
    }

    /**
     * The holder of a key can add a point of small order to R. The equation then fails by that point; eight times the
     * equation, which some implementations verify, holds.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aTorsionPartOfRIsRefused(int multiple) {
        ReferenceEd25519.Point torsion = ReferenceEd25519.ORDER_8.times(BigInteger.valueOf(multiple));
        byte[] encoded = key.publicKey().bytes();
        for (int i = 0; i < 16; i++) {
            byte[] message = {(byte) i};
            BigInteger nonce = BigInteger.valueOf(1_000_003L * i);
            byte[] twisted = ReferenceEd25519.sign(SEED, encoded, message, nonce, torsion);
            byte[] same = ReferenceEd25519.sign(SEED, encoded, message, nonce, ReferenceEd25519.NEUTRAL);
            assertFalse(key.publicKey().verify(message, twisted), "message " + i);
            assertTrue(key.publicKey().verify(message, same), "message " + i);
        }
    }
}
