package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.util.Arrays;

/** Writes a message. The end of it can be taken back. */
final class MessageWriter {

    /** The version of the protocol that is spoken here, as the first byte of each message. */
    static final int VERSION = 0x61;

    private static final int DIGIT_BITS = 7;
    private static final int MORE = 0x80;
    private static final int MOST_DIGITS = 10;

    private byte[] bytes = new byte[2 * Hash.LENGTH];
    private int size;
    private long lastTimestamp;

    int size() {
        return size;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Takes back what was written behind a size. Only {@link Bound#INFINITY} may be written as a bound after that. */
    void truncate(int newSize) {
        size = newSize;
    }

    void version() {
        write(VERSION);
    }

    void varint(long value) {
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + DIGIT_BITS - 1) / DIGIT_BITS);
        for (int i = digits - 1; i >= 0; i--) {
            int digit = (int) (value >>> (i * DIGIT_BITS)) & (MORE - 1);
            write(i == 0 ? digit : digit | MORE);
        }
    }

    void range(Bound bound, Mode mode) {
        if (bound.timestamp() == Bound.NEVER) {
            varint(0);
        } else {
            varint(1 + bound.timestamp() - lastTimestamp);
            lastTimestamp = bound.timestamp();
        }
        varint(bound.length());
        makeRoom(Hash.LENGTH);
        bound.id().write(bytes, size);
        size += bound.length();
        varint(mode.code());
    }

    void fingerprint(Fingerprint fingerprint) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            write((int) (fingerprint.high() >>> shift));
        }
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            write((int) (fingerprint.low() >>> shift));
        }
    }

    void id(IdPool pool, int ordinal) {
        makeRoom(Hash.LENGTH);
        pool.write(ordinal, bytes, size);
        size += Hash.LENGTH;
    }

    private void write(int value) {
        makeRoom(MOST_DIGITS);
        bytes[size++] = (byte) value;
    }

    private void makeRoom(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }
}
