package io.vaultmesh.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The order of member names by their UTF-16 code units (RFC 8785 §3.2.3), found from their canonical texts. It is the
 * order of the bytes of their UTF-8, but for U+E000 to U+FFFF (lead bytes EE, EF), which come after all that UTF-16
 * writes with surrogates (lead bytes F0 to F4); and a character that is escaped has its own place, not the backslash's.
 */
final class NameOrder {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH << 7;

    private NameOrder() {}

    /**
     * A number for the first eight bytes of a name. Of two names with different keys, the one with the lesser key comes
     * first; equal keys say nothing.
     */
    static long key(byte[] text, int start, int end) {
        int length = end - start;
        if (length > 0 && start <= text.length - Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(text, start);
            if (length < Long.BYTES) {
                eight &= -1L << ((Long.BYTES - length) * Byte.SIZE);
            }
            long notBackslash = eight ^ EACH * '\\';
            if (((eight | (notBackslash - EACH)) & HIGH_BITS) == 0) {
                return eight ^ Long.MIN_VALUE;
            }
        }
        return keyBytewise(text, start, end);
    }

    private static long keyBytewise(byte[] text, int start, int end) {
        long key = 0;
        int i = start;
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0 && i < end; shift -= Byte.SIZE) {
            int c = unit(text, i);
            key |= (long) rank(c) << shift;
            i += text[i] == '\\' ? StringText.escapeLength(text, i, c) : 1;
        }
        return key ^ Long.MIN_VALUE;
    }

    /** Negative if the first name comes first, 0 if they are equal. */
    static int compare(byte[] text, int aStart, int aEnd, int bStart, int bEnd) {
        int equal = Arrays.mismatch(text, aStart, aEnd, text, bStart, bEnd);
        int shorter = Math.min(aEnd - aStart, bEnd - bStart);
        if (equal < 0 || equal == shorter) {
            return (aEnd - aStart) - (bEnd - bStart);
        }
        // each name has one canonical text: names differ where their texts do, or in the escape which that is part of
        int i = mayBeInEscape(text, aStart, aStart + equal) ? 0 : equal;
        while (i < equal) {
            int next = i + (text[aStart + i] == '\\' ? StringText.escapeLength(text, aStart + i, 0) : 1);
            if (next > equal) {
                break;
            }
            i = next;
        }
        return rank(unit(text, aStart + i)) - rank(unit(text, bStart + i));
    }

    private static boolean mayBeInEscape(byte[] text, int start, int i) {
        for (int back = Math.max(start, i - StringText.MAX_ESCAPE + 1); back < i; back++) {
            if (text[back] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static int unit(byte[] text, int i) {
        return text[i] == '\\' ? StringText.escaped(text, i) : text[i] & 0xFF;
    }

    private static int rank(int unit) {
        return unit >= 0xF0 ? unit - 2 : unit >= 0xEE ? unit + 5 : unit;
    }
}
