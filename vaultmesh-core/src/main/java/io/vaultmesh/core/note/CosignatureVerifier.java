package io.vaultmesh.core.note;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PublicKey;
import java.util.Arrays;

/**
 * Verifies the cosignatures of one witness on checkpoints: algorithm 0x04 of C2SP signed-note, as C2SP tlog-cosignature
 * defines it.
 *
 * <p>A valid cosignature says that at some time this was the largest tree that the witness had seen of that log, and
 * that it continued all that it had seen before. Who the witness is, and whether it is to be trusted, a key doesn't say.
 * Any time from 1970 on is accepted, one in the future too. Immutable and thread-safe.
 *
 * @param name the witness's name
 * @param key the witness's key
 */
public record CosignatureVerifier(String name, Ed25519PublicKey key) implements NoteVerifier {

    /**
     * A verifier.
     *
     * @param name the witness's name
     * @param key the witness's key
     * @throws IllegalArgumentException if the name is not a legal one
     */
    public CosignatureVerifier {
        name = NoteKeys.requireName(name);
        requireNonNull(key, "key");
    }

    /**
     * A verifier from the text form of its key.
     *
     * @param vkey {@code name+id+key}, as {@link NoteVerifier#of} takes it
     * @return the verifier
     * @throws IllegalArgumentException if the text is not one, the key is not for cosignatures (0x04), or the id is not
     *     that of the key
     */
    public static CosignatureVerifier of(String vkey) {
        KeyText text = KeyText.ofVerifier(vkey);
        if (text.algorithm() != KeyText.COSIGNATURE) {
            throw text.otherAlgorithm("0x04 (Ed25519 cosignatures)");
        }
        return of(text);
    }

    static CosignatureVerifier of(KeyText text) {
        CosignatureVerifier verifier = new CosignatureVerifier(text.name(), Ed25519PublicKey.of(text.key()));
        text.requireId(verifier.keyId());
        return verifier;
    }

    @Override
    public int keyId() {
        return NoteKeys.id(name, KeyText.COSIGNATURE, key.bytes());
    }

    /**
     * Whether a cosignature is this witness's.
     *
     * @param text the text's bytes, up to and including its last newline
     * @param signature the time and the signature, without the key id
     * @return {@code true} if it is, and the text has the lines of a checkpoint
     */
    @Override
    public boolean verify(byte[] text, byte[] signature) {
        if (signature.length != CosignedMessage.LENGTH || !CosignedMessage.isCheckpoint(text)) {
            return false;
        }
        long time = CosignedMessage.time(signature);
        // 2^63 and more are no times
        return time >= 0
                && key.verify(
                        CosignedMessage.of(time, text),
                        Arrays.copyOfRange(signature, CosignedMessage.TIME_LENGTH, signature.length));
    }

    @Override
    public String toText() {
        return KeyText.write(name, KeyText.COSIGNATURE, key.bytes());
    }
}
