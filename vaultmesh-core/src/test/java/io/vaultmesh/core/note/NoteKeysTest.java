package io.vaultmesh.core.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.key.Ed25519PrivateKey;
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
    @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "a\u0085", "\ud800", "a\u3000"})
    void namesThatWouldNotSurviveALineAreRefused(String name) {
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> NoteKeys.requireName(name).isEmpty())
                .getMessage()
                .startsWith("key name is \"" + name + "\""));
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
