package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a message of a peer who may be hostile. Allocates no more than what the bytes that are there amount to, whatever
 * numbers they claim.
 */
final class MessageReader {

    private static final int FIRST_VERSION = 0x60;
    private static final int LAST_VERSION = 0x6f;
    private static final int MORE = 0x80;
    private static final int DIGIT_BITS = 7;
    private static final int DIGIT = MORE - 1;

    private final byte[] bytes;
    private final int version;
    private int position;
    private Bound last = Bound.FIRST;

    MessageReader(byte[] bytes) {
        this.bytes = bytes;
        need(1, "the version");
        version = bytes[position++] & 0xff;
        if (version < FIRST_VERSION || version > LAST_VERSION) {
            throw new NegentropyException(String.format(
                    "a message of negentropy begins with a byte of 0x60 to 0x6f, this one with 0x%02x", version));
        }
    }

    int version() {
        return version;
    }

    int length() {
        return bytes.length;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    Bound bound() {
        int start = position;
        long code = varint("a bound's time");
        boolean beyond = last.timestamp() == Bound.NEVER && code != 0;
        long timestamp = code == 0 ? Bound.NEVER : last.timestamp() + (code - 1);
        if (beyond
                || (code != 0 && (Long.compareUnsigned(timestamp, last.timestamp()) < 0 || timestamp == Bound.NEVER))) {
            throw malformed(
                    start,
                    "the bound's time is " + Long.toUnsignedString(code - 1) + " s behind "
                            + (beyond ? "infinity" : Long.toUnsignedString(last.timestamp()))
                            + ", expected less than 2^64 - 1");
        }
        int at = position;
        long length = varint("the length of a bound's id");
        if (Long.compareUnsigned(length, Hash.LENGTH) > 0) {
            throw malformed(
                    at, "the id of a bound has " + Long.toUnsignedString(length) + " bytes, expected at most 32");
        }
        need((int) length, "a bound's id");
        Bound bound = Bound.of(timestamp, bytes, position, (int) length);
        position += (int) length;
        if (bound.compareTo(last) < 0) {
            throw malformed(start, "the bound stands before the one before it, expected bounds in ascending order");
        }
        last = bound;
        return bound;
    }

    Mode mode() {
        int start = position;
        long code = varint("a mode");
        for (Mode mode : Mode.values()) {
            if (mode.code() == code) {
                return mode;
            }
        }
        throw malformed(start, "the mode is " + Long.toUnsignedString(code) + ", expected 0, 1 or 2");
    }

    Fingerprint fingerprint() {
        need(Fingerprint.LENGTH, "a fingerprint");
        return new Fingerprint(word(), word());
    }

    private long word() {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << Byte.SIZE | (bytes[position++] & 0xff);
        }
        return word;
    }

    /** The ids of a list; the same one twice is refused. */
    Set<Hash> ids() {
        int start = position;
        int count = count();
        Set<Hash> ids = new HashSet<>(2 * count);
        for (int i = 0; i < count; i++) {
            Hash id = Hash.read(bytes, position);
            position += Hash.LENGTH;
            if (!ids.add(id)) {
                throw malformed(start, "the list has the id " + id + " twice, expected each once");
            }
        }
        return ids;
    }

    /** Passes over the ids of a list. */
    void skipIds() {
        int count = count(); // which moves on itself
        position += Hash.LENGTH * count;
    }

    private int count() {
        int start = position;
        long count = varint("the number of ids");
        int most = (bytes.length - position) / Hash.LENGTH;
        if (Long.compareUnsigned(count, most) > 0) {
            throw malformed(
                    start, "the list claims " + Long.toUnsignedString(count) + " ids, and there are bytes for " + most);
        }
        return (int) count;
    }

    private long varint(String what) {
        int start = position;
        long value = 0;
        int digit;
        do {
            need(1, what);
            digit = bytes[position++] & 0xff;
            if (value >>> (Long.SIZE - DIGIT_BITS) != 0 || (digit == MORE && position == start + 1)) {
                throw malformed(
                        start,
                        what
                                + (digit == MORE && position == start + 1
                                        ? " begins with a zero digit, expected as few digits as possible"
                                        : " has more than 64 bits, expected at most 64"));
            }
            value = value << DIGIT_BITS | (digit & DIGIT);
        } while (digit >= MORE);
        return value;
    }

    private void need(int count, String what) {
        if (bytes.length - position < count) {
            throw malformed(position, "the message ends within " + what + ", expected " + count + " more bytes");
        }
    }

    private static NegentropyException malformed(int position, String what) {
        return new NegentropyException("malformed message, at byte " + position + ": " + what);
    }
}
