package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts that are hashed or kept. */
final class Texts {

    private static final int MOST_SHOWN = 60;

    private Texts() {}

    /** A text as a message shows it: its beginning, if it is long. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }

    /** The UTF-8 of a text. Half a surrogate pair is refused: it would silently become another text. */
    static byte[] utf8(String what, String text) {
        requireNonNull(text, what);
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " has half a surrogate pair, expected Unicode text", e);
        }
    }

    /** Returns a title or a name if it is one line of text. */
    static String requireLine(String what, String line) {
        requireNonNull(line, what);
        if (line.isBlank() || hasControl(line)) {
            throw new IllegalArgumentException(
                    what + " is \"" + shown(line) + "\", expected one line of text without control characters");
        }
        return requireUnicode(what, line);
    }

    /** Returns a text if it has no half of a surrogate pair, which no UTF-8 can say. */
    static String requireUnicode(String what, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(what + " has half a surrogate pair, expected Unicode text");
        }
        return text;
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
