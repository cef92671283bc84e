package io.vaultmesh.core.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteKeysTest {

    private static final NoteSigner ALICE = SignedNoteTest.ALICE;
    private static final NoteSigner BOB = SignedNoteTest.BOB;

    private final String vkey = ALICE.verifier().toText();
    private final String secret = NoteKeys.exposePrivateKey("alice.example", Ed25519PrivateKey.ofSeed(new byte[32]));

    @Test
    void aPrivateKeyComesBackFromItsText() {
        NoteSigner signer = NoteSigner.of(secret);
        assertEquals("alice.example", signer.name());
        assertEquals(signer.keyId(), signer.verifier().keyId());
        assertArrayEquals(new byte[32], NoteKeys.parsePrivateKey(secret).exposeSeed());
        assertTrue(SignedNote.sign("x\n", signer).verify(signer.verifier()).holds());
        assertEquals(signer.verifier(), NoteVerifier.of(signer.verifier().toText() + "\n"), "as a text file has it");
    }

    static List<String> wrongVkeys() {
        String vkey = ALICE.verifier().toText();
        String[] parts = vkey.split("\\+", 3);
        return List.of(
                "",
                "alice.example",
                parts[0] + "+" + parts[1],
                "+" + parts[1] + "+" + parts[2],
                parts[0] + "+" + parts[1].toUpperCase(java.util.Locale.ROOT) + "x+" + parts[2],
                parts[0] + "+00000000+" + parts[2],
                parts[0] + "+" + parts[1] + "+" + parts[2] + "=",
                parts[0] + "+" + parts[1] + "+" + parts[2].substring(4),
                parts[0] + "+" + parts[1] + "+BAAA" + parts[2].substring(4),
                "bob.example+" + parts[1] + "+" + parts[2],
                "al ice+" + parts[1] + "+" + parts[2],
                " " + vkey,
                vkey + "\n\n");
    }

    @ParameterizedTest
    @MethodSource("wrongVkeys")
    void wrongVerifierKeysAreRefused(String wrong) {
        assertThrows(
                IllegalArgumentException.class, () -> NoteVerifier.of(wrong).name());
    }

    private static String refusal(String vkey) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> NoteVerifier.of(vkey).name())
                .getMessage();
    }

    private static String vkey(int algorithm, byte[] key) {
        return KeyText.write("alice.example", (byte) algorithm, key);
    }

    @Test
    void keysOfSmallOrderAreRefused() {
        byte[] small = new byte[32];
        String expected = "Ed25519 public key " + "00".repeat(32) + " has small order";
        assertEquals(expected, refusal(vkey(1, small)));
        assertEquals(expected, refusal(vkey(4, small)));
        small[0] = 2;
        assertTrue(refusal(vkey(1, small)).endsWith("is not the canonical encoding of a point of the curve"));
    }

    @Test
    void anotherAlgorithmIsNamed() {
        String expected = ", expected 0x01 (Ed25519 signatures) or 0x04 (Ed25519 cosignatures)";
        for (String[] each : new String[][] {
            {"00", "unknown"},
            {"02", "ECDSA signatures"},
            {"03", "unknown"},
            {"05", "RFC 6962 tree heads"},
            {"06", "ML-DSA-44 cosignatures"},
            {"ff", "unknown"}
        }) {
            String text = vkey(Integer.parseInt(each[0], 16), new byte[32]);
            String name = text.substring(0, "alice.example+12345678".length());
            assertEquals(
                    "verifier key " + name + " is for algorithm 0x" + each[0] + " (" + each[1] + ")" + expected,
                    refusal(text));
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        for (int length : new int[] {0, 31, 33}) {
            String text = vkey(1, new byte[length]);
            assertEquals(
                    "verifier key " + text.substring(0, "alice.example+12345678".length()) + " holds " + (length + 1)
                            + " bytes, expected 33: the algorithm and 32 of the key",
                    refusal(text));
        }
    }

    /** Each key has one role: what was kept for one is not read for the other. */
    @Test
    void aKeyIsReadForItsOwnUseOnly() {
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(new byte[32]);
        String witness = NoteKeys.exposeCosignatureKey("alice.example", key);
        CosignatureSigner signer = CosignatureSigner.of(witness, InstantSource.system());
        assertEquals(
                CosignatureSigner.of("alice.example", key, InstantSource.system())
                        .verifier(),
                signer.verifier());
        assertEquals("private key for cosignatures of alice.example", signer.toString());
        String forCosignatures =
                "the private key of alice.example is for algorithm 0x04 (Ed25519 cosignatures), expected"
                        + " 0x01; CosignatureSigner.of reads it, and takes the clock that it needs";
        assertEquals(
                forCosignatures,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NoteSigner.of(witness).name())
                        .getMessage());
        assertEquals(
                forCosignatures,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NoteKeys.parsePrivateKey(witness).publicKey())
                        .getMessage());
        assertEquals(
                "the private key of alice.example is for algorithm 0x01 (Ed25519 signatures), expected 0x04 (Ed25519"
                        + " cosignatures)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CosignatureSigner.of(secret, InstantSource.system())
                                        .name())
                        .getMessage());
        assertEquals(
                "verifier key " + vkey.substring(0, "alice.example+12345678".length())
                        + " is for algorithm 0x01 (Ed25519 signatures), expected 0x04 (Ed25519 cosignatures)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CosignatureVerifier.of(vkey).name())
                        .getMessage());
        String other = KeyText.writePrivate("alice.example", (byte) 6, new byte[32], new byte[32]);
        assertEquals(
                "the private key of alice.example is for algorithm 0x06 (ML-DSA-44 cosignatures), expected 0x01",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NoteSigner.of(other).name())
                        .getMessage());
    }

    @Test
    void aWitnesssKeyHasItsId() {
        CosignatureVerifier witness = new CosignatureVerifier(
                "alice.example", Ed25519PrivateKey.ofSeed(new byte[32]).publicKey());
        String id = witness.toText().split("\\+")[1];
        assertEquals(witness, CosignatureVerifier.of(witness.toText() + "\n"));
        String expected = "the key of alice.example has id " + id + ", the text says 00000000";
        assertEquals(expected, refusal(witness.toText().replace(id, "00000000")));
        String text = NoteKeys.exposeCosignatureKey("alice.example", Ed25519PrivateKey.ofSeed(new byte[32]));
        assertEquals(
                expected,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CosignatureSigner.of(text.replace(id, "00000000"), InstantSource.system())
                                        .name())
                        .getMessage());
    }

    @Test
    void aVerifierKeyWithAnotherIdNamesBoth() {
        String id = vkey.split("\\+")[1];
        assertEquals(
                "the key of alice.example has id " + id + ", the text says 00000000",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NoteVerifier.of(vkey.replace(id, "00000000"))
                                        .name())
                        .getMessage());
    }

    @Test
    void theErrorOfAPrivateKeyNeverRepeatsIt() {
        String base64 = secret.substring(secret.lastIndexOf('+') + 1);
        for (String wrong : new String[] {
            secret.substring(1),
            secret.replace("+alice", "+bob"),
            secret + "A",
            secret + "=",
            secret.substring(0, secret.length() - 4),
            secret.replace("PRIVATE+KEY+", ""),
            secret.replace("+AQ", "+BA"),
            secret + "?"
        }) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> NoteSigner.of(wrong).name());
            for (Throwable t = e; t != null; t = t.getCause()) {
                assertFalse(String.valueOf(t.getMessage()).contains(base64.substring(2, 12)), t.getMessage());
            }
        }
        assertFalse(NoteSigner.of(secret).toString().contains(base64.substring(2, 12)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a+b",
                "a\u00a0b",
                "a\u2003b",
                "a\nb",
                "a\u0085",
                "\ud800",
                "a\u3000",
                "a\u0001",
                "a\u1680",
                "a\u2028",
                "a\u2029",
                "a\u202f",
                "a\u205f",
                "a\tb"
            })
    void namesThatWouldNotSurviveALineAreRefused(String name) {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> NoteKeys.requireName(name).isEmpty())
                .getMessage()
                .startsWith("key name is \"" + name + "\""));
    }

    /** The specification forbids spaces and plus signs only, and unknown lines are to be passed over. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u007fb", "a\u009fb", "a\u200bb", "a\u180eb", "\ufeff", "—", "журнал", "\ud83d\ude00"})
    void otherNamesAreLegal(String name) {
        assertEquals(name, NoteKeys.requireName(name));
        assertEquals(
                name,
                NoteVerifier.of(NoteVerifier.ed25519(
                                        name,
                                        Ed25519PrivateKey.ofSeed(new byte[32]).publicKey())
                                .toText())
                        .name());
    }

    @Test
    void signaturesAreValues() {
        NoteSignature one = SignedNote.sign("x\n", ALICE).signatures().get(0);
        NoteSignature same = SignedNote.sign("x\n", ALICE).signatures().get(0);
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, SignedNote.sign("y\n", ALICE).signatures().get(0));
        assertNotEquals(one, SignedNote.sign("x\n", BOB).signatures().get(0));
        assertNotEquals(one, "x");
        one.signature()[0] ^= 1;
        assertEquals(one, same);
        assertEquals(vkey.substring(0, "alice.example+12345678".length()), one.toString());
    }
}
