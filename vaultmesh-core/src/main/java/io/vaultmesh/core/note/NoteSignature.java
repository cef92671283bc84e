package io.vaultmesh.core.note;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One signature line of a note: {@code — name base64(id ‖ signature)}. It may be anybody's and hold anything; only
 * {@link SignedNote#verify} says whether it is valid. Immutable and thread-safe.
 */
public final class NoteSignature {

    private final String name;
    private final int keyId;
    private final byte[] signature;

    NoteSignature(String name, int keyId, byte[] signature) {
        this.name = NoteKeys.requireName(name);
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /**
     * Reads a signature line, such as a witness answers with.
     *
     * @param text the line, with or without the newline at its end
     * @return the signature, not verified
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static NoteSignature parse(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("\u2014")) {
            throw new IllegalArgumentException(
                    "signature line of a note is \"" + line + "\", expected an em dash, a key name and Base64");
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("signature of " + parts[1] + " on a note is not Base64", e);
        }
        if (blob.length < 5 || !Base64.getEncoder().encodeToString(blob).equals(parts[2])) {
            throw new IllegalArgumentException(
                    "signature of " + parts[1] + " on a note is not the canonical Base64 of a key id and a signature");
        }
        int id = (blob[0] & 0xFF) << 24 | (blob[1] & 0xFF) << 16 | (blob[2] & 0xFF) << 8 | (blob[3] & 0xFF);
        return new NoteSignature(parts[1], id, Arrays.copyOfRange(blob, 4, blob.length));
    }

    /**
     * The name of the key that is said to have signed.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The id of the key that is said to have signed.
     *
     * @return the id
     */
    public int keyId() {
        return keyId;
    }

    /**
     * The signature itself, without the key id.
     *
     * @return a copy of the bytes
     */
    public byte[] signature() {
        return signature.clone();
    }

    /** Whether this is said to come from the key of a verifier. */
    boolean isOf(NoteVerifier verifier) {
        return name.equals(verifier.name()) && keyId == verifier.keyId();
    }

    boolean isOfSameKeyAs(NoteSignature other) {
        return name.equals(other.name) && keyId == other.keyId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(signature);
    }

    /** The key's name and id, as in a vkey. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(keyId);
    }

    /**
     * The signature line.
     *
     * @return the line that {@link #parse} reads, with its newline
     */
    public String toText() {
        byte[] blob = new byte[4 + signature.length];
        for (int i = 0; i < 4; i++) {
            blob[i] = (byte) (keyId >>> (24 - 8 * i));
        }
        System.arraycopy(signature, 0, blob, 4, signature.length);
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }
}
