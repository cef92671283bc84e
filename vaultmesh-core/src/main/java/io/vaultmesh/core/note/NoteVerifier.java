package io.vaultmesh.core.note;

import io.vaultmesh.core.key.Ed25519PublicKey;

/** Verifies the signatures of one key on notes. Implementations MUST be thread-safe. */
public interface NoteVerifier {

    /**
     * The key's name.
     *
     * @return the name
     */
    String name();

    /**
     * The key's id.
     *
     * @return the id
     */
    int keyId();

    /**
     * Whether a signature over the text of a note is this key's.
     *
     * @param text the text's bytes, up to and including its last newline
     * @param signature the signature, without the key id
     * @return {@code true} if it is
     */
    boolean verify(byte[] text, byte[] signature);

    /**
     * The key's text form, which C2SP signed-note calls a vkey: {@code name+id+key}.
     *
     * @return the text
     */
    String toText();

    /**
     * A verifier with an Ed25519 key (algorithm 0x01 of C2SP signed-note).
     *
     * @param name the key's name
     * @param key the key
     * @return the verifier
     * @throws IllegalArgumentException if the name is not a legal one
     */
    static NoteVerifier ed25519(String name, Ed25519PublicKey key) {
        return new Ed25519Note.Verifier(name, key);
    }

    /**
     * A verifier from the text form of its key.
     *
     * @param vkey {@code name+id+key}: the id as 8 lower-case hex digits, the key as Base64 of algorithm and key; one
     *     newline at its end, as text files have, is passed over
     * @return the verifier: of signatures (0x01), or of a witness's cosignatures (0x04), a {@link CosignatureVerifier}
     * @throws IllegalArgumentException if the text is not one, its algorithm is another, or the id is not that of the key
     */
    static NoteVerifier of(String vkey) {
        KeyText text = KeyText.ofVerifier(vkey);
        return switch (text.algorithm()) {
            case KeyText.ED25519 -> Ed25519Note.verifier(text);
            case KeyText.COSIGNATURE -> CosignatureVerifier.of(text);
            default -> throw text.otherAlgorithm("0x01 (Ed25519 signatures) or 0x04 (Ed25519 cosignatures)");
        };
    }
}
