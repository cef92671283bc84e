package io.vaultmesh.core.key;

import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032) with one strict notion of a valid signature.
 *
 * <p>Guarantees: a key is the canonical encoding of a point of the curve, of large order and without a torsion part; a
 * signature is accepted only if S is below the group's order, R is the canonical encoding of a point, and the
 * equation without the cofactor holds. Under these rules every implementation of the arithmetic comes to the same
 * decision, so that membership in a set of signed records depends on no provider. Keys and signatures that others may
 * accept are refused here: small-order keys, with which one signature fits many messages, are the reason.
 *
 * <p>Immutable and thread-safe.
 */
public final class Ed25519PublicKey {

    /** The length of an encoded key in bytes. */
    public static final int LENGTH = 32;

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final String DID_KEY = "did:key:z";
    private static final byte[] MULTICODEC = {(byte) 0xed, 0x01};

    // judging a key costs more than a verification, and the same few authors sign most records
    private static final int REMEMBERED = 1024;
    private static final Map<Hash, Ed25519PublicKey> JUDGED = new ConcurrentHashMap<>();

    private final Hash encoded;
    private final Ed25519Arithmetic.Verifier verifier;

    private Ed25519PublicKey(Hash encoded, Ed25519Arithmetic arithmetic) {
        this.encoded = encoded;
        this.verifier = arithmetic.verifier(encoded.bytes());
    }

    /** The public key that was derived from a seed. A multiple of the base point needs no judging. */
    static Ed25519PublicKey derived(byte[] bytes, Ed25519Arithmetic arithmetic) {
        return new Ed25519PublicKey(Hash.of(bytes), arithmetic);
    }

    /** A key that is judged anew, and by the given arithmetic. */
    static Ed25519PublicKey judge(byte[] bytes, Ed25519Arithmetic arithmetic) {
        Hash encoded = Hash.of(bytes);
        if (!arithmetic.isSound(bytes)) {
            EdwardsPoint.flaw(bytes).ifPresent(flaw -> {
                throw new IllegalArgumentException("Ed25519 public key " + encoded + " " + flaw);
            });
        }
        return new Ed25519PublicKey(encoded, arithmetic);
    }

    /**
     * A key from its 32 encoded bytes (RFC 8032 §5.1.5).
     *
     * @param bytes the bytes; they are copied
     * @return the key
     * @throws IllegalArgumentException if they are not the canonical encoding of a point, or the point has small order
     *     or a torsion part
     */
    public static Ed25519PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, these are " + bytes.length);
        }
        Hash encoded = Hash.of(bytes);
        Ed25519PublicKey known = JUDGED.get(encoded);
        if (known != null) {
            return known;
        }
        Ed25519PublicKey key = judge(bytes, FastestArithmetic.CHOSEN);
        if (JUDGED.size() >= REMEMBERED) {
            JUDGED.clear();
        }
        JUDGED.put(encoded, key);
        return key;
    }

    /**
     * A key from its did:key text.
     *
     * @param did {@code did:key:z} and the base58 of 0xed 0x01 and the key
     * @return the key
     * @throws IllegalArgumentException if the text is not the one that {@link #didKey()} gives for a valid key
     */
    public static Ed25519PublicKey ofDidKey(String did) {
        // 34 bytes have at most 48 base58 digits; anything longer would only cost time
        if (!did.startsWith(DID_KEY) || did.length() > DID_KEY.length() + 48) {
            throw notADidKey(did, null);
        }
        byte[] bytes;
        try {
            bytes = Base58.decode(did.substring(DID_KEY.length()));
        } catch (IllegalArgumentException e) {
            throw notADidKey(did, e);
        }
        if (bytes.length != MULTICODEC.length + LENGTH || bytes[0] != MULTICODEC[0] || bytes[1] != MULTICODEC[1]) {
            throw notADidKey(did, null);
        }
        Ed25519PublicKey key = of(Arrays.copyOfRange(bytes, MULTICODEC.length, bytes.length));
        if (!key.didKey().equals(did)) {
            throw notADidKey(did, null);
        }
        return key;
    }

    private static IllegalArgumentException notADidKey(String did, @Nullable Exception cause) {
        String shown = did.length() <= 80 ? did : did.substring(0, 80) + "…";
        return new IllegalArgumentException(
                "not the did:key of an Ed25519 key: " + shown + ", expected did:key:z6Mk…", cause);
    }

    /**
     * Whether a signature over a message is valid under this key.
     *
     * @param message the message, whole
     * @param signature the signature
     * @return {@code true} if it is; {@code false} if it is not, or not even 64 bytes long
     */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_LENGTH && isCanonical(signature) && verifier.verify(message, signature);
    }

    /**
     * The part of the decision on which providers differ, taken before one is asked: whether S is below the group's
     * order, R's y is reduced, and R's sign bit is not that of "minus zero". That R is a point follows from the equation.
     */
    static boolean isCanonical(byte[] signature) {
        BigInteger r = EdwardsPoint.littleEndian(signature, 0, 32);
        BigInteger y = r.clearBit(255);
        boolean xIsZero = y.equals(BigInteger.ONE) || y.equals(EdwardsPoint.P.subtract(BigInteger.ONE));
        return EdwardsPoint.littleEndian(signature, 32, 32).compareTo(EdwardsPoint.L) < 0
                && y.compareTo(EdwardsPoint.P) < 0
                && !(xIsZero && r.testBit(255));
    }

    /**
     * The encoded key.
     *
     * @return a new array of 32 bytes
     */
    public byte[] bytes() {
        return encoded.bytes();
    }

    /**
     * The key's name as a did:key.
     *
     * @return {@code did:key:z6Mk…}
     */
    public String didKey() {
        byte[] bytes = new byte[MULTICODEC.length + LENGTH];
        System.arraycopy(MULTICODEC, 0, bytes, 0, MULTICODEC.length);
        encoded.write(bytes, MULTICODEC.length);
        return DID_KEY + Base58.encode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey key && encoded.equals(key.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** The did:key text. */
    @Override
    public String toString() {
        return didKey();
    }
}
