package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import io.vaultmesh.core.json.JsonSink.Escapes;
import io.vaultmesh.core.json.JsonSink.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One pass over a JSON text (RFC 8259) that refuses everything ambiguous. It has no recursion, so that depth costs no
 * stack.
 *
 * <p>A method that reads something takes the offset where that starts and returns the one behind it.
 */
final class JsonParser {

    private static final int END = -1;

    private final byte[] in;
    private final JsonOptions options;
    private final JsonSink sink;
    private byte[] closing = new byte[16]; // for each container that is open: the bracket that ends it
    private int depth;
    private Escapes escapes = Escapes.NONE; // of the string that was read last, if not PLAIN

    private JsonParser(byte[] in, JsonOptions options, JsonSink sink) {
        this.in = in;
        this.options = options;
        this.sink = sink;
    }

    /** Refuses a text that is too long to be read; before anything is allocated for it. */
    static void refuseTooLarge(int bytes, JsonOptions options) {
        if (bytes > options.maxBytes()) {
            throw new JsonException(
                    Reason.INPUT_TOO_LARGE,
                    options.maxBytes(),
                    "the text has " + bytes + " bytes, at most " + options.maxBytes() + " are read");
        }
    }

    static void parse(byte[] text, JsonOptions options, JsonSink sink) {
        refuseTooLarge(text.length, options);
        if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
            throw new JsonException(Reason.BYTE_ORDER_MARK, 0, "the text starts with a byte order mark");
        }
        new JsonParser(text, options, sink).document();
    }

    private void document() {
        int i = blanks(0);
        do {
            int first = at(i);
            if (first == '{' || first == '[') {
                i = blanks(open(first, i));
                if (at(i) != closing[depth - 1]) {
                    i = first == '{' ? memberName(i) : i;
                    continue;
                }
            } else {
                i = scalar(first, i);
            }
            i = afterValue(i);
        } while (depth > 0 || i < in.length);
    }

    /** Reads up to where the next value starts, or the text ends; closes the containers that end here. */
    private int afterValue(int start) {
        int i = start;
        while (true) {
            i = blanks(i);
            int next = at(i);
            if (depth == 0) {
                if (next != END) {
                    throw unexpected(i, "the end of the text");
                }
                return i;
            }
            byte bracket = closing[depth - 1];
            if (next == ',') {
                i = blanks(i + 1);
                return bracket == '}' ? memberName(i) : i;
            }
            if (next != bracket) {
                throw unexpected(i, "',' or '" + (char) bracket + "'");
            }
            depth--;
            if (bracket == '}') {
                sink.endObject();
            } else {
                sink.endArray();
            }
            i++;
        }
    }

    private int open(int bracket, int i) {
        if (depth == options.maxDepth()) {
            throw new JsonException(
                    Reason.NESTING_TOO_DEEP,
                    i,
                    "arrays and objects are nested deeper than the " + options.maxDepth() + " levels that are read");
        }
        if (depth == closing.length) {
            closing = Arrays.copyOf(closing, depth * 2);
        }
        if (bracket == '{') {
            closing[depth++] = '}';
            sink.beginObject();
        } else {
            closing[depth++] = ']';
            sink.beginArray();
        }
        return i + 1;
    }

    private int memberName(int start) {
        if (at(start) != '"') {
            throw unexpected(start, "a member name in double quotes");
        }
        int i = blanks(string(start, true));
        if (at(i) != ':') {
            throw unexpected(i, "':'");
        }
        return blanks(i + 1);
    }

    private int scalar(int first, int start) {
        return switch (first) {
            case '"' -> string(start, false);
            case 't' -> literal(start, Literal.TRUE);
            case 'f' -> literal(start, Literal.FALSE);
            case 'n' -> literal(start, Literal.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(start);
            default -> throw unexpected(start, "a value");
        };
    }

    private int literal(int start, Literal literal) {
        int length = literal.text.length();
        for (int k = 1; k < length; k++) {
            if (at(start + k) != literal.text.charAt(k)) {
                throw unexpected(start + k, "'" + literal.text + "'");
            }
        }
        sink.literal(literal);
        return start + length;
    }

    private int number(int start) {
        int i = at(start) == '-' ? start + 1 : start;
        i = at(i) == '0' ? i + 1 : digits(i);
        boolean integer = true;
        if (at(i) == '.') {
            integer = false;
            i = digits(i + 1);
        }
        if (at(i) == 'e' || at(i) == 'E') {
            integer = false;
            i++;
            i = digits(at(i) == '+' || at(i) == '-' ? i + 1 : i);
        }
        sink.number(in, start, i, integer, start);
        return i;
    }

    private int digits(int start) {
        int i = start;
        while (i < in.length && in[i] >= '0' && in[i] <= '9') {
            i++;
        }
        if (i == start) {
            throw unexpected(i, "a digit");
        }
        return i;
    }

    private int string(int quote, boolean name) {
        int end = sink.plain(in, quote + 1);
        Escapes found = Escapes.PLAIN;
        if (at(end) != '"') {
            end = endWithEscapes(end);
            found = escapes;
        }
        if (name) {
            sink.name(in, quote + 1, end, found, quote);
        } else {
            sink.string(in, quote + 1, end, found);
        }
        return end + 1;
    }

    /** Reads a string from its first byte that is no plain ASCII up to its end; sets {@link #escapes}. */
    private int endWithEscapes(int start) {
        escapes = Escapes.NONE;
        int i = start;
        while (at(i) != '"') {
            i = StringText.endOfPlain(in, at(i) == '\\' ? escape(i) : notAscii(i));
        }
        return i;
    }

    /** Reads characters beyond ASCII, of which there is one at least. */
    private int notAscii(int start) {
        if (at(start) < 0x80) {
            throw unexpected(start, "'\"' at the end of the string (a control character must be escaped)");
        }
        int i = start;
        do {
            int length = Utf8.sequence(in, i, in.length);
            if (length == 0) {
                throw invalidUtf8(i);
            }
            i += length;
        } while (at(i) >= 0x80);
        return i;
    }

    private int escape(int backslash) {
        int i = backslash + 1;
        switch (at(i)) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> {
                escapes = escapes == Escapes.ANY ? Escapes.ANY : Escapes.CANONICAL;
                return i + 1;
            }
            case '/', 'u' -> escapes = Escapes.ANY;
            default -> throw unexpected(i, "one of \" \\ / b f n r t u after a backslash");
        }
        return at(i) == '/' ? i + 1 : unicodeEscape(backslash);
    }

    private int unicodeEscape(int backslash) {
        int i = backslash + 2;
        char unit = fourHexDigits(i);
        i += 4;
        if (!Character.isSurrogate(unit)) {
            return i;
        }
        if (Character.isHighSurrogate(unit)
                && at(i) == '\\'
                && at(i + 1) == 'u'
                && Character.isLowSurrogate(fourHexDigits(i + 2))) {
            return i + 6;
        }
        throw new JsonException(
                Reason.LONE_SURROGATE,
                backslash,
                String.format("half of a surrogate pair, \\u%04x, which UTF-8 can't carry", (int) unit));
    }

    private char fourHexDigits(int start) {
        int unit = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = at(i) < 0x80 ? Character.digit(at(i), 16) : -1;
            if (digit < 0) {
                throw unexpected(i, "four hex digits after \\u");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private int at(int i) {
        return i < in.length ? in[i] & 0xFF : END;
    }

    private int blanks(int start) {
        int i = start;
        while (i < in.length && (in[i] == ' ' || in[i] == '\n' || in[i] == '\r' || in[i] == '\t')) {
            i++;
        }
        return i;
    }

    private JsonException unexpected(int i, String expected) {
        int b = at(i);
        if (b >= 0x80) {
            int length = Utf8.sequence(in, i, in.length);
            if (length == 0) {
                return invalidUtf8(i);
            }
            String found = new String(in, i, length, StandardCharsets.UTF_8);
            return syntax(i, expected, String.format("U+%04X", found.codePointAt(0)));
        }
        return syntax(
                i,
                expected,
                b == END ? "the end of the text" : b < 0x20 ? String.format("U+%04X", b) : "'" + (char) b + "'");
    }

    private static JsonException syntax(int i, String expected, String found) {
        return new JsonException(Reason.SYNTAX, i, "found " + found + ", expected " + expected);
    }

    private JsonException invalidUtf8(int i) {
        return new JsonException(
                Reason.INVALID_UTF8, i, String.format("byte 0x%02x starts no valid UTF-8 sequence", in[i]));
    }
}
