package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import io.vaultmesh.core.json.JsonSink.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One pass over a JSON text (RFC 8259) that refuses everything ambiguous. It has no recursion, so that depth costs no
 * stack.
 */
final class JsonParser {

    private static final int END = -1;

    private final byte[] in;
    private final JsonOptions options;
    private final JsonSink sink;
    private final BitSet objects = new BitSet(); // bit d: whether the container at depth d is an object
    private int depth;
    private int pos;
    private byte[] decoded = new byte[64];

    private JsonParser(byte[] in, JsonOptions options, JsonSink sink) {
        this.in = in;
        this.options = options;
        this.sink = sink;
    }

    static void parse(byte[] text, JsonOptions options, JsonSink sink) {
        if (text.length > options.maxBytes()) {
            throw new JsonException(
                    Reason.INPUT_TOO_LARGE,
                    options.maxBytes(),
                    "the text has " + text.length + " bytes, at most " + options.maxBytes() + " are read");
        }
        if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
            throw new JsonException(Reason.BYTE_ORDER_MARK, 0, "the text starts with a byte order mark");
        }
        new JsonParser(text, options, sink).document();
    }

    private void document() {
        do {
            skipBlanks();
            int first = peek();
            if (first == '{' || first == '[') {
                open(first == '{');
                if (peek() != closing()) {
                    if (first == '{') {
                        memberName();
                    }
                    continue;
                }
            } else {
                scalar(first);
            }
            closeWhatEnds();
        } while (depth > 0 || pos < in.length);
    }

    /** After a value: closes the containers that end with it, up to where the next value starts or the text ends. */
    private void closeWhatEnds() {
        while (true) {
            skipBlanks();
            int next = peek();
            if (depth == 0) {
                if (next != END) {
                    throw unexpected("the end of the text");
                }
                return;
            }
            if (next == closing()) {
                pos++;
                close();
            } else if (next == ',') {
                pos++;
                skipBlanks();
                if (objects.get(depth)) {
                    memberName();
                }
                return;
            } else {
                throw unexpected(objects.get(depth) ? "',' or '}'" : "',' or ']'");
            }
        }
    }

    private void open(boolean object) {
        if (++depth > options.maxDepth()) {
            throw new JsonException(
                    Reason.NESTING_TOO_DEEP,
                    pos,
                    "arrays and objects are nested deeper than the " + options.maxDepth() + " levels that are read");
        }
        pos++;
        objects.set(depth, object);
        if (object) {
            sink.beginObject();
        } else {
            sink.beginArray();
        }
        skipBlanks();
    }

    private void close() {
        if (objects.get(depth--)) {
            sink.endObject();
        } else {
            sink.endArray();
        }
    }

    private int closing() {
        return objects.get(depth) ? '}' : ']';
    }

    private void memberName() {
        if (peek() != '"') {
            throw unexpected("a member name in double quotes");
        }
        string(true);
        skipBlanks();
        if (peek() != ':') {
            throw unexpected("':'");
        }
        pos++;
    }

    private void scalar(int first) {
        switch (first) {
            case '"' -> string(false);
            case 't' -> literal(Literal.TRUE);
            case 'f' -> literal(Literal.FALSE);
            case 'n' -> literal(Literal.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a value");
        }
    }

    private void literal(Literal literal) {
        for (int i = 0; i < literal.text.length(); i++, pos++) {
            if (peek() != literal.text.charAt(i)) {
                throw unexpected("'" + literal.text + "'");
            }
        }
        sink.literal(literal);
    }

    private void number() {
        int start = pos;
        if (peek() == '-') {
            pos++;
        }
        if (peek() == '0') {
            pos++;
        } else {
            digits();
        }
        boolean integer = true;
        if (peek() == '.') {
            pos++;
            integer = false;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            pos++;
            integer = false;
            if (peek() == '+' || peek() == '-') {
                pos++;
            }
            digits();
        }
        sink.number(in, start, pos, integer, start);
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw unexpected("a digit");
        }
        do {
            pos++;
        } while (isDigit(peek()));
    }

    private static boolean isDigit(int ch) {
        return ch >= '0' && ch <= '9';
    }

    /** Reads a string; where it has no escape, as most have, the sink is given the very bytes of the input. */
    private void string(boolean name) {
        int quote = pos++;
        int start = pos;
        while (true) {
            int b = peek();
            if (b == '"') {
                tell(name, in, start, pos++, true, quote);
                return;
            }
            if (b == '\\') {
                stringWithEscapes(name, quote, start);
                return;
            }
            pos += plainLength(b);
        }
    }

    private void stringWithEscapes(boolean name, int quote, int start) {
        int length = pos - start;
        reserve(length);
        System.arraycopy(in, start, decoded, 0, length);
        while (true) {
            int b = peek();
            if (b == '"') {
                pos++;
                tell(name, decoded, 0, length, false, quote);
                return;
            }
            reserve(length + 4);
            if (b == '\\') {
                length = Utf8.write(escape(), decoded, length);
            } else {
                int n = plainLength(b);
                System.arraycopy(in, pos, decoded, length, n);
                length += n;
                pos += n;
            }
        }
    }

    private void tell(boolean name, byte[] bytes, int start, int end, boolean plain, int offset) {
        if (name) {
            sink.name(bytes, start, end, offset);
        } else {
            sink.string(bytes, start, end, plain);
        }
    }

    /** How many bytes the unescaped character at {@code pos} has, whose first byte is {@code b}. */
    private int plainLength(int b) {
        if (b >= 0x20 && b < 0x80) {
            return 1;
        }
        if (b < 0x20) {
            throw unexpected("'\"' at the end of the string (a control character must be escaped)");
        }
        int length = Utf8.sequence(in, pos, in.length);
        if (length == 0) {
            throw invalidUtf8();
        }
        return length;
    }

    private int escape() {
        int start = pos++;
        int b = peek();
        pos++;
        return switch (b) {
            case '"', '\\', '/' -> b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape(start);
            default -> {
                pos--;
                throw unexpected("one of \" \\ / b f n r t u after a backslash");
            }
        };
    }

    private int unicodeEscape(int start) {
        int unit = fourHexDigits();
        if (!Character.isSurrogate((char) unit)) {
            return unit;
        }
        if (Character.isHighSurrogate((char) unit) && peek() == '\\' && pos + 1 < in.length && in[pos + 1] == 'u') {
            pos += 2;
            int low = fourHexDigits();
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
        }
        throw new JsonException(
                Reason.LONE_SURROGATE,
                start,
                String.format("half of a surrogate pair, \\u%04x, which UTF-8 can't carry", unit));
    }

    private int fourHexDigits() {
        int unit = 0;
        for (int i = 0; i < 4; i++, pos++) {
            int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw unexpected("four hex digits after \\u");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private void reserve(int length) {
        if (length > decoded.length) {
            decoded = Arrays.copyOf(decoded, Math.max(length, decoded.length * 2));
        }
    }

    private int peek() {
        return pos < in.length ? in[pos] & 0xFF : END;
    }

    private void skipBlanks() {
        while (pos < in.length && (in[pos] == ' ' || in[pos] == '\n' || in[pos] == '\r' || in[pos] == '\t')) {
            pos++;
        }
    }

    private JsonException unexpected(String expected) {
        int b = peek();
        if (b >= 0x80) {
            int length = Utf8.sequence(in, pos, in.length);
            if (length == 0) {
                return invalidUtf8();
            }
            String found = new String(in, pos, length, StandardCharsets.UTF_8);
            return syntax(expected, String.format("U+%04X", found.codePointAt(0)));
        }
        return syntax(
                expected,
                b == END ? "the end of the text" : b < 0x20 ? String.format("U+%04X", b) : "'" + (char) b + "'");
    }

    private JsonException syntax(String expected, String found) {
        return new JsonException(Reason.SYNTAX, pos, "found " + found + ", expected " + expected);
    }

    private JsonException invalidUtf8() {
        return new JsonException(
                Reason.INVALID_UTF8, pos, String.format("byte 0x%02x starts no valid UTF-8 sequence", in[pos]));
    }
}
