package io.vaultmesh.core.note;

import io.vaultmesh.core.key.Ed25519PrivateKey;

/**
 * Signs notes under a name. Implementations MUST be thread-safe, and their signatures MUST be accepted by {@link
 * #verifier()}.
 */
public interface NoteSigner {

    /**
     * The key's name: not empty, without {@code +} and Unicode spaces.
     *
     * @return the name
     */
    String name();

    /**
     * The key's id: the first four bytes, big-endian, of a hash over name, algorithm and public key.
     *
     * @return the id
     */
    int keyId();

    /**
     * Signs the text of a note.
     *
     * @param text the text's bytes, up to and including its last newline
     * @return the signature
     */
    byte[] sign(byte[] text);

    /**
     * The verifier of what this signs.
     *
     * @return the verifier
     */
    NoteVerifier verifier();

    /**
     * A signer with an Ed25519 key (algorithm 0x01 of C2SP signed-note).
     *
     * @param name the key's name; a log's key has the log's origin as its name
     * @param key the key
     * @return the signer
     * @throws IllegalArgumentException if the name is not a legal one
     */
    static NoteSigner ed25519(String name, Ed25519PrivateKey key) {
        return new Ed25519Note.Signer(key, new Ed25519Note.Verifier(name, key.publicKey()));
    }

    /**
     * A signer from the text form of its private key.
     *
     * @param text {@code PRIVATE+KEY+name+id+key}, as {@link NoteKeys#exposePrivateKey} gives it
     * @return the signer
     * @throws IllegalArgumentException if the text is not one, or the key is for cosignatures, which {@link
     *     CosignatureSigner} makes; the message never repeats it
     */
    static NoteSigner of(String text) {
        return Ed25519Note.signer(KeyText.ofPrivateKey(text));
    }
}
