package io.vaultmesh.core.note;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.time.InstantSource;

/**
 * Cosigns checkpoints for a witness: algorithm 0x04 of C2SP signed-note, as C2SP tlog-cosignature defines it.
 *
 * <p>It signs any checkpoint that it is given. That a checkpoint continues the one that the witness signed last, and that
 * what was signed lasts, is the caller's to see to, before each call. The key MUST NOT be that of another witness or
 * another role. Immutable, thread-safe as far as the clock is, and never prints its secret.
 */
public final class CosignatureSigner implements NoteSigner {

    private final Ed25519PrivateKey key;
    private final CosignatureVerifier verifier;
    private final InstantSource clock;

    private CosignatureSigner(String name, Ed25519PrivateKey key, InstantSource clock) {
        this.key = key;
        this.verifier = new CosignatureVerifier(name, key.publicKey());
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A signer.
     *
     * @param name the witness's name
     * @param key the witness's key
     * @param clock what tells the times of cosignatures
     * @return the signer
     * @throws IllegalArgumentException if the name is not a legal one
     */
    public static CosignatureSigner of(String name, Ed25519PrivateKey key, InstantSource clock) {
        return new CosignatureSigner(name, key, clock);
    }

    /**
     * A signer from the text form of its private key.
     *
     * @param text {@code PRIVATE+KEY+name+id+key}, as {@link NoteKeys#exposeCosignatureKey} gives it
     * @param clock what tells the times of cosignatures
     * @return the signer
     * @throws IllegalArgumentException if the text is not one, or the key is not for cosignatures (0x04); the message
     *     never repeats it
     */
    public static CosignatureSigner of(String text, InstantSource clock) {
        KeyText parsed = KeyText.ofPrivateKey(text);
        if (parsed.algorithm() != KeyText.COSIGNATURE) {
            throw parsed.otherAlgorithm("0x04 (Ed25519 cosignatures)");
        }
        CosignatureSigner signer = new CosignatureSigner(parsed.name(), Ed25519PrivateKey.ofSeed(parsed.key()), clock);
        parsed.requireId(signer.keyId());
        return signer;
    }

    @Override
    public String name() {
        return verifier.name();
    }

    @Override
    public int keyId() {
        return verifier.keyId();
    }

    /**
     * Cosigns a checkpoint at the clock's time, in whole seconds.
     *
     * @param text the checkpoint's text, up to and including its last newline
     * @return the time and the signature, 72 bytes
     * @throws IllegalArgumentException if the text has not the lines of a checkpoint
     * @throws IllegalStateException if the clock shows a time before 1970
     */
    @Override
    public byte[] sign(byte[] text) {
        if (!CosignedMessage.isCheckpoint(text)) {
            throw new IllegalArgumentException("a witness is to sign a text that is not a checkpoint, expected lines of"
                    + " origin, size and root hash, and no empty ones");
        }
        long time = clock.instant().getEpochSecond();
        if (time < 0) {
            throw new IllegalStateException(
                    "the clock shows " + clock.instant() + ", a cosignature's time is 1970 or later");
        }
        return CosignedMessage.withTime(time, key.sign(CosignedMessage.of(time, text)));
    }

    @Override
    public CosignatureVerifier verifier() {
        return verifier;
    }

    @Override
    public String toString() {
        return "private key for cosignatures of " + name();
    }
}
