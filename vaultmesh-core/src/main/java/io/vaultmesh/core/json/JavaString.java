package io.vaultmesh.core.json;

/** Java strings in the form that RFC 8785 §3.2.2.2 gives them, in UTF-8. */
final class JavaString {

    /** How long each ASCII character gets. */
    private static final byte[] LENGTHS = new byte[0x80];

    static {
        for (int c = 0; c < LENGTHS.length; c++) {
            LENGTHS[c] =
                    (byte) (StringText.needsEscape(c) ? StringText.escape(c, new byte[StringText.MAX_ESCAPE], 0) : 1);
        }
    }

    private JavaString() {}

    /**
     * How long a string gets, without its quotes.
     *
     * @throws JsonException if half of a surrogate pair stands in it
     */
    static long canonicalLength(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < LENGTHS.length) {
                length += LENGTHS[unit];
            } else if (unit < 0x800) {
                length += 2;
            } else if (Character.isSurrogate(unit)) {
                int codePoint = Utf8.codePoint(text, i, -1);
                i += Character.charCount(codePoint) - 1;
                length += 4;
            } else {
                length += 3;
            }
        }
        return length;
    }

    /**
     * Writes a string without its quotes.
     *
     * @param length its {@link #canonicalLength}
     * @return the offset behind it
     */
    static int write(String text, int length, byte[] out, int at) {
        if (length == text.length()) {
            return writePlain(text, out, at);
        }
        int to = at;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (StringText.needsEscape(unit)) {
                to = StringText.escape(unit, out, to);
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                to = Utf8.write(codePoint, out, to);
            }
        }
        return to;
    }

    @SuppressWarnings("deprecation") // the one method that copies the low bytes of characters without a table
    private static int writePlain(String text, byte[] out, int at) {
        text.getBytes(0, text.length(), out, at);
        return at + text.length();
    }
}
