package io.vaultmesh.core.json;

import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629) as RFC 8785 needs it: validated, and ordered by UTF-16 code units. */
final class Utf8 {

    private Utf8() {}

    /** The length of the valid sequence that starts at {@code i}, or 0 if none does; {@code bytes[i] >= 0x80}. */
    static int sequence(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (i + length > end) {
            return 0;
        }
        // the second byte carries the rules against overlong forms, surrogates and code points past U+10FFFF
        int second = bytes[i + 1] & 0xFF;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Writes a code point and returns the offset behind it. */
    static int write(int c, byte[] out, int at) {
        int i = at;
        if (c < 0x80) {
            out[i++] = (byte) c;
        } else if (c < 0x800) {
            out[i++] = (byte) (0xC0 | c >> 6);
            out[i++] = (byte) (0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            out[i++] = (byte) (0xE0 | c >> 12);
            out[i++] = (byte) (0x80 | (c >> 6 & 0x3F));
            out[i++] = (byte) (0x80 | (c & 0x3F));
        } else {
            out[i++] = (byte) (0xF0 | c >> 18);
            out[i++] = (byte) (0x80 | (c >> 12 & 0x3F));
            out[i++] = (byte) (0x80 | (c >> 6 & 0x3F));
            out[i++] = (byte) (0x80 | (c & 0x3F));
        }
        return i;
    }

    /** The UTF-8 of a Java string, for which an error's offset is counted. */
    static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                long offset = text.substring(0, i).getBytes(StandardCharsets.UTF_8).length;
                i += Character.charCount(codePoint(text, i, offset)) - 1;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The code point at {@code i}; {@code offset} is where the error is, if it is half of a surrogate pair. */
    static int codePoint(String text, int i, long offset) {
        int codePoint = text.codePointAt(i);
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new JsonException(
                    JsonException.Reason.LONE_SURROGATE,
                    offset,
                    String.format("half of a surrogate pair, U+%04X, which UTF-8 can't carry", codePoint));
        }
        return codePoint;
    }
}
