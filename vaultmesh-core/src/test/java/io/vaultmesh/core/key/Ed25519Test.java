package io.vaultmesh.core.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.Vectors;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    // the public key of RFC 8032's TEST 1
    private static final byte[] TEST_1 =
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    static List<String> rfc8032() {
        return Vectors.lines("ed25519/rfc8032.txt");
    }

    @ParameterizedTest
    @MethodSource("rfc8032")
    void theVectorsOfRfc8032AreMet(String vector) {
        Arithmetics.all().forEach(arithmetic -> theVectorIsMet(vector, arithmetic));
    }

    private static void theVectorIsMet(String vector, Ed25519Arithmetic arithmetic) {
        String[] parts = vector.split(":", -1);
        byte[] seed = HexFormat.of().parseHex(parts[0]);
        byte[] message = HexFormat.of().parseHex(parts[2]);
        byte[] signature = HexFormat.of().parseHex(parts[3]);
        Ed25519PrivateKey key = new Ed25519PrivateKey(seed, arithmetic);
        assertEquals(parts[1], HexFormat.of().formatHex(key.publicKey().bytes()));
        assertArrayEquals(signature, key.sign(message));
        assertArrayEquals(seed, key.exposeSeed());
        Ed25519PublicKey publicKey = Ed25519PublicKey.judge(HexFormat.of().parseHex(parts[1]), arithmetic);
        assertEquals(key.publicKey(), publicKey);
        assertTrue(publicKey.verify(message, signature));
        assertFalse(publicKey.verify((parts[2] + "x").getBytes(UTF_8), signature));
    }

    @Test
    void allFiveVectorsAreThere() {
        assertEquals(5, rfc8032().size());
    }

    static List<Ed25519Arithmetic> arithmetics() {
        return Arithmetics.all();
    }

    @ParameterizedTest
    @MethodSource("arithmetics")
    void anyFlippedBitOfASignatureIsRefused(Ed25519Arithmetic arithmetic) {
        byte[] message = "one leaf".getBytes(UTF_8);
        Ed25519PublicKey key = new Ed25519PrivateKey(new byte[32], arithmetic).publicKey();
        byte[] signature = KEY.sign(message);
        assertTrue(key.verify(message, signature));
        for (int bit = 0; bit < 512; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(key.verify(message, flipped), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    void aSignatureOfAnotherLengthIsInvalidAndNoError(int length) {
        assertFalse(KEY.publicKey().verify(new byte[0], new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void keysOfAnotherLengthAreRefused(int length) {
        assertEquals(
                "an Ed25519 public key has 32 bytes, these are " + length,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ed25519PublicKey.of(new byte[length]).bytes())
                        .getMessage());
        assertEquals(
                "an Ed25519 seed has 32 bytes, these are " + length,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ed25519PrivateKey.ofSeed(new byte[length]).publicKey())
                        .getMessage());
    }

    @Test
    void seedsAndKeysAreCopiedInAndOut() {
        byte[] seed = new byte[32];
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(seed);
        seed[0] = 1;
        key.exposeSeed()[0] = 1;
        assertArrayEquals(new byte[32], key.exposeSeed());
        byte[] encoded = key.publicKey().bytes();
        encoded[0] ^= 1;
        assertNotEquals(encoded[0], key.publicKey().bytes()[0]);
    }

    @Test
    void aPrivateKeyDoesNotPrintItsSecret() {
        assertEquals("private key of " + KEY.publicKey().didKey(), KEY.toString());
    }

    @Test
    void generatedKeysTakeTheirSeedFromTheGivenSource() {
        SecureRandom sevens = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                java.util.Arrays.fill(bytes, (byte) 7);
            }
        };
        byte[] seed = new byte[32];
        java.util.Arrays.fill(seed, (byte) 7);
        assertEquals(
                Ed25519PrivateKey.ofSeed(seed).publicKey(),
                Ed25519PrivateKey.generate(sevens).publicKey());
        SecureRandom random = new SecureRandom();
        assertNotEquals(
                Ed25519PrivateKey.generate(random).publicKey(),
                Ed25519PrivateKey.generate(random).publicKey());
    }

    @Test
    void theCacheOfJudgedKeysStaysRightWhenItOverflows() {
        byte[] seed = new byte[32];
        for (int i = 0; i < 1100; i++) {
            seed[0] = (byte) i;
            seed[1] = (byte) (i >> 8);
            Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(seed);
            assertTrue(Ed25519PublicKey.of(key.publicKey().bytes()).verify(seed, key.sign(seed)));
        }
        assertEquals(KEY.publicKey(), Ed25519PublicKey.of(KEY.publicKey().bytes()));
        assertEquals(
                KEY.publicKey().hashCode(),
                Ed25519PublicKey.of(KEY.publicKey().bytes()).hashCode());
    }

    @Test
    void didKeysAreThoseOfTheSpecification() {
        Ed25519PublicKey key = Ed25519PublicKey.of(TEST_1);
        assertEquals("did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw", key.didKey());
        assertEquals(key.didKey(), key.toString());
        assertEquals(key, Ed25519PublicKey.ofDidKey(key.didKey()));
        // an example of the did:key specification, W3C CCG, "Ed25519 with base58"
        String example = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
        assertEquals(example, Ed25519PublicKey.ofDidKey(example).didKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:key:",
                "did:key:z",
                "did:key:z6Mk",
                "DID:KEY:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:f6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp ",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key",
                "did:key:z0MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:zIMkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", // secp256k1
                "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc" // X25519
            })
    void otherDidsAreRefused(String did) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Ed25519PublicKey.ofDidKey(did).bytes())
                .getMessage();
        assertEquals("not the did:key of an Ed25519 key: " + did + ", expected did:key:z6Mk…", message);
    }

    @Test
    void anEndlessDidIsRefusedAtOnceAndNotRepeated() {
        String did = "did:key:z" + "z".repeat(10_000_000);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Ed25519PublicKey.ofDidKey(did).bytes())
                .getMessage();
        assertTrue(message.length() < 200, message);
    }
}
