package io.vaultmesh.core.log;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 entries as C2SP tlog-tiles keeps them: each a length of 16 bits, big-endian, and the bytes. */
final class EntryBundle {

    private EntryBundle() {}

    static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** The entries that can be read: fewer than {@code count} if the bundle ends early or a length is wrong. */
    static List<byte[]> decodeWhatCanBe(byte[] bundle, int count) {
        List<byte[]> entries = new ArrayList<>(count);
        int at = 0;
        while (entries.size() < count && at + 2 <= bundle.length) {
            int length = (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
            if (at + 2 + length > bundle.length) {
                break;
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return entries;
    }

    /** The first {@code count} entries; {@code path} is for the error. */
    static List<byte[]> decode(byte[] bundle, int count, String path) {
        List<byte[]> entries = decodeWhatCanBe(bundle, count);
        if (entries.size() < count) {
            throw new LogDamagedException(path + " holds " + entries.size() + " whole entries, expected " + count);
        }
        return entries;
    }
}
