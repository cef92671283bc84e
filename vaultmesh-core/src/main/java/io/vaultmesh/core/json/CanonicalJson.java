package io.vaultmesh.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON: the one sequence of bytes that stands for a JSON value, by RFC 8785 (JCS).
 *
 * <p>Guarantees: equal values give equal bytes, on every Java version, in every locale; the result is UTF-8 without
 * white space, with members in the order of their names' UTF-16 code units and numbers as ECMAScript writes them;
 * canonicalizing a result again changes nothing. A text with two readings (duplicate names, lone surrogates, invalid
 * UTF-8, integers that a double can't hold) is refused, never repaired. Errors are {@link JsonException}s, whatever the
 * input: never an {@link Error}, and never partial output.
 *
 * <p>Not guaranteed: Unicode normalisation. {@code é} in its two spellings stays two texts, as RFC 8785 §3.1 has it.
 *
 * <p>Thread-safe.
 */
public final class CanonicalJson {

    /** More than the canonical form of any text that is read: numbers get at most five times as long. */
    private static final int MAX_TEXT = 1_000_000_000;

    private CanonicalJson() {}

    /**
     * The canonical form of a JSON text, with the options {@link JsonOptions#CANONICAL}.
     *
     * @param json the text, in UTF-8 without a byte order mark
     * @return its canonical form
     * @throws JsonException if the text is refused
     */
    public static byte[] canonicalize(byte[] json) {
        return canonicalize(json, JsonOptions.CANONICAL);
    }

    /**
     * The canonical form of a JSON text.
     *
     * @param json the text, in UTF-8 without a byte order mark
     * @param options limits and number policy
     * @return its canonical form
     * @throws JsonException if the text is refused
     */
    public static byte[] canonicalize(byte[] json, JsonOptions options) {
        JsonParser.refuseTooLarge(json.length, options);
        CanonicalWriter writer = new CanonicalWriter(options.numbers(), json.length, MAX_TEXT);
        JsonParser.parse(json, options, writer);
        return writer.result();
    }

    /**
     * The canonical form of a JSON text, with the options {@link JsonOptions#CANONICAL}.
     *
     * @param json the text
     * @return its canonical form
     * @throws JsonException if the text is refused
     */
    public static String canonicalize(String json) {
        return new String(canonicalize(Utf8.encode(json)), StandardCharsets.UTF_8);
    }

    /**
     * Whether a text is its own canonical form.
     *
     * @param json the text, in UTF-8
     * @return {@code true} if {@link #canonicalize(byte[])} would return the same bytes; {@code false} if it would
     *     return others or refuse
     */
    public static boolean isCanonical(byte[] json) {
        try {
            return Arrays.equals(canonicalize(json), json);
        } catch (JsonException notEvenJson) {
            return false;
        }
    }

    /**
     * The canonical form of a Java value: {@code null}, a {@link CharSequence} (written as a JSON string, not read as
     * JSON text), {@link Boolean}, {@link Number} of {@code java.lang} or {@code java.math}, {@link java.util.Map} with
     * string keys, {@link Iterable}, array of objects, {@link java.util.Optional}, {@link Enum} (its name), {@link
     * Record} (its components; its package must be open to this module), {@link JsonValue}, or Jackson's {@code
     * JsonNode}.
     *
     * @param value the value
     * @return its canonical form
     * @throws JsonException if the value, or one inside it, has no JSON form, or is nested deeper than 1,000 levels,
     *     or its canonical form takes more than 64 MiB
     */
    public static byte[] encode(@Nullable Object value) {
        CanonicalWriter writer =
                new CanonicalWriter(NumberPolicy.EXACT_INTEGERS, 256, JsonOptions.CANONICAL.maxBytes());
        ValueWalker.walk(value, writer, JsonOptions.CANONICAL.maxDepth());
        return writer.result();
    }
}
