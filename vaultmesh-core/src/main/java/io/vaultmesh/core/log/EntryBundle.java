package io.vaultmesh.core.log;

import java.util.Arrays;

/**
 * Reads the bytes of a bundle (C2SP tlog-tiles): entries, each a length of 16 bits, big-endian, and the bytes. Immutable
 * and thread-safe, as long as nobody changes the bytes.
 */
final class EntryBundle {

    private static final int PREFIX = 2;

    private final byte[] bytes;
    private final int[] starts;
    private final int count;

    private EntryBundle(byte[] bytes, int[] starts, int count) {
        this.bytes = bytes;
        this.starts = starts;
        this.count = count;
    }

    /** The entries that can be read: fewer than {@code count} if the bytes end early or a length is wrong. */
    static EntryBundle ofWhatCanBeRead(byte[] bytes, int count) {
        int[] starts = new int[count + 1];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = at + PREFIX > bytes.length ? Integer.MAX_VALUE : at + PREFIX + length(bytes, at);
            if (end > bytes.length) {
                return new EntryBundle(bytes, starts, i);
            }
            starts[i + 1] = end;
            at = end;
        }
        return new EntryBundle(bytes, starts, count);
    }

    /** The first {@code count} entries; {@code path} is for the error. */
    static EntryBundle of(byte[] bytes, int count, String path) {
        EntryBundle bundle = ofWhatCanBeRead(bytes, count);
        if (bundle.count < count) {
            throw new LogDamagedException(path + " holds " + bundle.count + " whole entries, expected " + count);
        }
        return bundle;
    }

    /** The length of the entry whose length starts at an offset. */
    static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    int count() {
        return count;
    }

    /** What the entries lie in. */
    byte[] array() {
        return bytes;
    }

    /** Where an entry's bytes start in {@link #array()}. */
    int start(int i) {
        return starts[i] + PREFIX;
    }

    int length(int i) {
        return starts[i + 1] - starts[i] - PREFIX;
    }

    byte[] entry(int i) {
        return Arrays.copyOfRange(bytes, start(i), starts[i + 1]);
    }

    /** How many bytes the entries take that can be read. */
    int end() {
        return starts[count];
    }
}
