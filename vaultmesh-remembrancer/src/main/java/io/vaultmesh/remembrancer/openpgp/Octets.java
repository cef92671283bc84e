package io.vaultmesh.remembrancer.openpgp;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/** Reads bytes from front to back; names what was being read when they end too soon or too late. Not thread-safe. */
final class Octets {

    private final byte[] bytes;
    private final String what;
    private int at;

    /**
     * A reader of bytes.
     *
     * @param what what the bytes are, for errors
     */
    Octets(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /** A reader of the same bytes, at their start. */
    Octets again() {
        return new Octets(bytes, what);
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xff;
    }

    int number16() {
        return (octet() << 8) | octet();
    }

    long number32() {
        return ((long) number16() << 16) | number16();
    }

    /** All that there is, as a key id. */
    long keyId() {
        long id = (number32() << 32) | number32();
        end();
        return id;
    }

    byte[] take(long count) {
        need(count);
        byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) count);
        at += (int) count;
        return taken;
    }

    byte[] rest() {
        return take(bytes.length - at);
    }

    /** A multiprecision integer with the exact bit count that RFC 9580 §3.2 asks for: one number, one encoding. */
    BigInteger mpi() {
        int bits = number16();
        BigInteger value = new BigInteger(1, take((bits + 7) / 8));
        if (value.bitLength() != bits) {
            throw new IllegalArgumentException(
                    what + " holds a number of " + value.bitLength() + " bits that claims " + bits);
        }
        return value;
    }

    void end() {
        if (!atEnd()) {
            throw new IllegalArgumentException(what + " has " + (bytes.length - at) + " bytes too many");
        }
    }

    private void need(long count) {
        if (count > bytes.length - at) {
            throw new IllegalArgumentException(
                    what + " ends after " + bytes.length + " bytes, expected at least " + (at + count));
        }
    }

    /** A number as exactly so many big-endian bytes. */
    static byte[] fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] fixed = new byte[length];
        System.arraycopy(
                bytes,
                skip,
                fixed,
                length - (bytes.length - skip),
                Objects.checkIndex(bytes.length - skip, length + 1));
        return fixed;
    }
}
