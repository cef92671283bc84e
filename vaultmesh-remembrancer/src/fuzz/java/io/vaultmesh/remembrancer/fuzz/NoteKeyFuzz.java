package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteSignature;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;

/** The texts of keys and the lines of signatures are refused, or written as they were read; no refusal tells a secret. */
class NoteKeyFuzz {

    private static final int LONGER_THAN_BY_CHANCE = 8;

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        verifier(text);
        signer(text);
        signatureLine(text);
    }

    private static String withoutNewline(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static void verifier(String text) {
        try {
            assertEquals(withoutNewline(text), NoteVerifier.of(text).toText());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }

    private static void signer(String text) {
        try {
            NoteSigner signer = NoteSigner.of(text);
            assertEquals(text, NoteKeys.exposePrivateKey(signer.name(), NoteKeys.parsePrivateKey(text)));
            assertEquals(
                    signer.verifier().keyId(),
                    NoteVerifier.of(signer.verifier().toText()).keyId());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
            String secret = text.substring(text.lastIndexOf('+') + 1);
            assertFalse(
                    secret.length() >= LONGER_THAN_BY_CHANCE
                            && refused.getMessage().contains(secret),
                    () -> "it tells the secret: " + refused.getMessage());
        }
    }

    private static void signatureLine(String text) {
        try {
            assertEquals(withoutNewline(text) + "\n", NoteSignature.parse(text).toText());
        } catch (IllegalArgumentException refused) {
            Refusal.check(refused);
        }
    }
}
