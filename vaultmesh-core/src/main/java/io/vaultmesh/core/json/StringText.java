package io.vaultmesh.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What stands between the quotes of JSON strings: where escapes begin, what they mean, and how RFC 8785 §3.2.2.2 writes
 * them. Everything here but {@link #endOfPlain} expects valid text.
 */
final class StringText {

    /** The most bytes that one character takes, as an escape. */
    static final int MAX_ESCAPE = 6;

    static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH << 7;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private StringText() {}

    /**
     * The offset of the first byte from {@code from} on that is no plain ASCII: a quote, a backslash, a control below
     * U+0020 or a byte above 7F; {@code bytes.length} if there is none.
     */
    static int endOfPlain(byte[] bytes, int from) {
        int i = from;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(bytes, i);
            long special = special(eight);
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (i < bytes.length && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The high bit of each byte that is no plain ASCII, up to the first such; bits behind that mean nothing. */
    static long special(long eight) {
        // a subtraction sets the high bit of each byte that was too small for it, and before the first such of none
        return ((eight - EACH * ' ') | ((eight ^ EACH * '"') - EACH) | ((eight ^ EACH * '\\') - EACH) | eight)
                & HIGH_BITS;
    }

    /**
     * Writes a text as RFC 8785 has it; it never gets longer.
     *
     * @return the offset behind it
     */
    static int canonical(byte[] text, int start, int end, byte[] out, int at) {
        int to = at;
        for (int i = start; i < end; ) {
            if (text[i] != '\\') {
                out[to++] = text[i++];
            } else {
                int c = escaped(text, i);
                i += escapeLength(text, i, c);
                to = needsEscape(c) ? escape(c, out, to) : Utf8.write(c, out, to);
            }
        }
        return to;
    }

    /**
     * Writes a text as the UTF-8 that it means; it never gets longer.
     *
     * @return the offset behind it
     */
    static int decode(byte[] text, int start, int end, byte[] out, int at) {
        int to = at;
        for (int i = start; i < end; ) {
            if (text[i] != '\\') {
                out[to++] = text[i++];
            } else {
                int c = escaped(text, i);
                i += escapeLength(text, i, c);
                to = Utf8.write(c, out, to);
            }
        }
        return to;
    }

    /** What a text means. */
    static String decode(byte[] text, int start, int end) {
        byte[] decoded = new byte[end - start];
        return new String(decoded, 0, decode(text, start, end, decoded, 0), StandardCharsets.UTF_8);
    }

    /** The code point that the escape at {@code i} means. */
    static int escaped(byte[] text, int i) {
        int letter = text[i + 1];
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                char unit = unit(text, i + 2);
                yield Character.isHighSurrogate(unit) ? Character.toCodePoint(unit, unit(text, i + 8)) : unit;
            }
            default -> letter;
        };
    }

    /** How long the escape at {@code i} is, which means {@code c}. */
    static int escapeLength(byte[] text, int i, int c) {
        return text[i + 1] != 'u' ? 2 : c > Character.MAX_VALUE ? 12 : 6;
    }

    private static char unit(byte[] text, int i) {
        return (char) (Character.digit(text[i], 16) << 12
                | Character.digit(text[i + 1], 16) << 8
                | Character.digit(text[i + 2], 16) << 4
                | Character.digit(text[i + 3], 16));
    }

    static boolean needsEscape(int c) {
        return c < ' ' || c == '"' || c == '\\';
    }

    /** Writes the escape of a character that needs one and returns the offset behind it. */
    static int escape(int c, byte[] out, int at) {
        out[at] = '\\';
        int letter = switch (c) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            case '"', '\\' -> c;
            default -> 'u';
        };
        out[at + 1] = (byte) letter;
        if (letter != 'u') {
            return at + 2;
        }
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = HEX[c >> 4];
        out[at + 5] = HEX[c & 0xF];
        return at + MAX_ESCAPE;
    }
}
