package io.vaultmesh.spawn.update;

import java.io.ByteArrayOutputStream;

/** How the lines of a file end. */
enum LineEnd {
    /** There is only one line, and it has no end. */
    NONE,
    /** As on Unix. */
    LF,
    /** As on Windows. */
    CRLF,
    /** Some lines so, some so. */
    MIXED;

    static LineEnd of(byte[] bytes) {
        LineEnd all = NONE;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                LineEnd one = i > 0 && bytes[i - 1] == '\r' ? CRLF : LF;
                if (all != NONE && all != one) {
                    return MIXED;
                }
                all = one;
            }
        }
        return all;
    }

    /** The same lines with the ends of Unix. */
    static byte[] toLf(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\r' || i + 1 == bytes.length || bytes[i + 1] != '\n') {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }

    /** The same lines with the ends of Windows, from lines with those of Unix. */
    static byte[] toCrlf(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (byte b : bytes) {
            if (b == '\n') {
                out.write('\r');
            }
            out.write(b);
        }
        return out.toByteArray();
    }
}
