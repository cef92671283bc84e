package io.vaultmesh.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The 32 bytes of a SHA-256 hash.
 *
 * <p>Prints as 64 lower-case hex digits, compares as an unsigned big-endian number (the order of the hex text), and
 * refuses any other length. Bytes are copied in and out. The comparison is not constant-time: hashes are public.
 *
 * <p>Immutable and thread-safe.
 */
public final class Hash implements Comparable<Hash> {

    /** The length of a hash in bytes. */
    public static final int LENGTH = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // four words instead of an array: half the memory, and equality without a loop
    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private Hash(byte[] bytes, int offset) {
        a = (long) LONGS.get(bytes, offset);
        b = (long) LONGS.get(bytes, offset + 8);
        c = (long) LONGS.get(bytes, offset + 16);
        d = (long) LONGS.get(bytes, offset + 24);
    }

    /**
     * A hash from its bytes.
     *
     * @param bytes exactly 32 bytes; they are copied
     * @return the hash
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, these are " + bytes.length);
        }
        return new Hash(bytes, 0);
    }

    /**
     * A hash from a part of an array.
     *
     * @param bytes the array; 32 bytes of it are copied
     * @param offset where the hash starts
     * @return the hash
     * @throws IndexOutOfBoundsException if fewer than 32 bytes are there
     */
    public static Hash read(byte[] bytes, int offset) {
        return new Hash(bytes, Objects.checkFromIndexSize(offset, LENGTH, bytes.length));
    }

    /**
     * A hash from hex digits.
     *
     * @param hex exactly 64 lower-case hex digits
     * @return the hash
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash parse(String hex) {
        if (hex.length() != 2 * LENGTH || !isLowerCaseHex(hex)) {
            throw new IllegalArgumentException("a hash is written as 64 lower-case hex digits, this is: " + hex);
        }
        return new Hash(HexFormat.of().parseHex(hex), 0);
    }

    private static boolean isLowerCaseHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char ch = text.charAt(i);
            if ((ch < '0' || ch > '9') && (ch < 'a' || ch > 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * A hash from standard, padded Base64, as proofs and checkpoints carry it.
     *
     * @param base64 the text of 44 characters that {@link #toBase64()} gives
     * @return the hash
     * @throws IllegalArgumentException if the text is anything else; Base64 that decodes to the same bytes but is not
     *     canonical is refused too
     */
    public static Hash parseBase64(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a hash is written as 44 characters of Base64, this is: " + base64, e);
        }
        if (bytes.length != LENGTH || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("a hash is written as 44 characters of Base64, this is: " + base64);
        }
        return new Hash(bytes, 0);
    }

    /**
     * The bytes.
     *
     * @return a new array of 32 bytes
     */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        write(bytes, 0);
        return bytes;
    }

    /**
     * Writes the bytes into an array.
     *
     * @param target where to write 32 bytes
     * @param offset where the first one goes
     * @throws IndexOutOfBoundsException if they don't fit
     */
    public void write(byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, target.length);
        LONGS.set(target, offset, a);
        LONGS.set(target, offset + 8, b);
        LONGS.set(target, offset + 16, c);
        LONGS.set(target, offset + 24, d);
    }

    /**
     * The bytes as standard, padded Base64.
     *
     * @return 44 characters
     */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    @Override
    public int compareTo(Hash other) {
        int order = Long.compareUnsigned(a, other.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, other.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, other.c);
        }
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && a == hash.a && b == hash.b && c == hash.c && d == hash.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** The hash as 64 lower-case hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
