package io.vaultmesh.core.note;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Names, ids and text forms of the keys of notes (C2SP signed-note). */
public final class NoteKeys {

    static final byte ED25519 = 0x01;
    static final String PRIVATE = "PRIVATE+KEY+";

    private NoteKeys() {}

    /**
     * Returns a key's name if it is a legal one.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is empty or has a {@code +}, a Unicode space, a control character or half a
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
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE;
    }

    static int id(String name, byte[] algorithmAndKey) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.writeBytes(algorithmAndKey);
        byte[] hash = Hashing.sha256(out.toByteArray()).bytes();
        return (hash[0] & 0xFF) << 24 | (hash[1] & 0xFF) << 16 | (hash[2] & 0xFF) << 8 | (hash[3] & 0xFF);
    }

    static byte[] withAlgorithm(byte algorithm, byte[] key) {
        byte[] bytes = new byte[1 + key.length];
        bytes[0] = algorithm;
        System.arraycopy(key, 0, bytes, 1, key.length);
        return bytes;
    }

    static String text(String name, int id, byte[] algorithmAndKey) {
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(algorithmAndKey);
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
        int id = NoteVerifier.ed25519(name, key.publicKey()).keyId();
        return PRIVATE + text(name, id, withAlgorithm(ED25519, key.exposeSeed()));
    }

    /**
     * The private key in its text form.
     *
     * @param text {@code PRIVATE+KEY+name+id+key}
     * @return the key, without its name
     * @throws IllegalArgumentException if the text is not one; the message never repeats it
     */
    public static Ed25519PrivateKey parsePrivateKey(String text) {
        return Ed25519Note.signer(text).key();
    }
}
