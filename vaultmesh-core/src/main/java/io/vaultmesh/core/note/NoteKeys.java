package io.vaultmesh.core.note;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names, ids and text forms of the keys of notes (C2SP signed-note). */
public final class NoteKeys {

    private NoteKeys() {}

    /**
     * Returns a key's name if it is a legal one.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is empty or has a {@code +}, a Unicode space, a character below U+0020 or half a
     *     surrogate pair
     */
    public static String requireName(String name) {
        if (name.isEmpty() || !name.codePoints().allMatch(NoteKeys::isNameCharacter)) {
            throw new IllegalArgumentException("key name is \"" + name
                    + "\", expected at least one character, no '+', no space and no control character");
        }
        return name;
    }

    private static boolean isNameCharacter(int c) {
        return c != '+'
                && c >= 0x20
                && c != 0x85 // next line, the one Unicode space that Java takes for none
                && !Character.isSpaceChar(c)
                && Character.getType(c) != Character.SURROGATE;
    }

    static int id(String name, byte algorithm, byte[] publicKey) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.write(algorithm);
        out.writeBytes(publicKey);
        return ByteBuffer.wrap(Hashing.sha256(out.toByteArray()).bytes()).getInt();
    }

    /**
     * The text form of a private key, for storing it where only its owner can read it.
     *
     * @param name the key's name
     * @param key the key
     * @return {@code PRIVATE+KEY+name+id+key}, with the secret in it
     * @throws IllegalArgumentException if the name is not a legal one
     */
    public static String exposePrivateKey(String name, Ed25519PrivateKey key) {
        return expose(name, KeyText.ED25519, key);
    }

    /**
     * The text form of a witness's private key, for storing it where only its owner can read it. {@link
     * CosignatureSigner#of(String, java.time.InstantSource)} reads it.
     *
     * @param name the witness's name
     * @param key the key
     * @return {@code PRIVATE+KEY+name+id+key} with the algorithm 0x04, and with the secret in it
     * @throws IllegalArgumentException if the name is not a legal one
     */
    public static String exposeCosignatureKey(String name, Ed25519PrivateKey key) {
        return expose(name, KeyText.COSIGNATURE, key);
    }

    private static String expose(String name, byte algorithm, Ed25519PrivateKey key) {
        return KeyText.writePrivate(
                requireName(name), algorithm, key.publicKey().bytes(), key.exposeSeed());
    }

    /**
     * The private key in its text form.
     *
     * @param text {@code PRIVATE+KEY+name+id+key}, of a key for signatures (0x01)
     * @return the key, without its name
     * @throws IllegalArgumentException if the text is not one, or the key is for cosignatures; the message never repeats
     *     it
     */
    public static Ed25519PrivateKey parsePrivateKey(String text) {
        return Ed25519Note.signer(KeyText.ofPrivateKey(text)).key();
    }
}
