package io.vaultmesh.core.json;

/**
 * Reads JSON that must mean one thing to every reader: RFC 8259 within I-JSON (RFC 7493).
 *
 * <p>Refused: duplicate member names, lone surrogates (raw or escaped), invalid UTF-8, a byte order mark, anything
 * after the value, numbers beyond the range of doubles, integers of more than 2^53 - 1 (carry them as strings), and
 * more depth or bytes than the options allow. Errors are {@link JsonException}s, whatever the input.
 *
 * <p>Thread-safe.
 */
public final class StrictJson {

    private StrictJson() {}

    /**
     * Reads a JSON text, with the options {@link JsonOptions#STRICT}.
     *
     * @param json the text, in UTF-8 without a byte order mark
     * @return its value
     * @throws JsonException if the text is refused
     */
    public static JsonValue parse(byte[] json) {
        return parse(json, JsonOptions.STRICT);
    }

    /**
     * Reads a JSON text.
     *
     * @param json the text, in UTF-8 without a byte order mark
     * @param options its limits; integers beyond 2^53 - 1 are refused whatever its number policy
     * @return its value
     * @throws JsonException if the text is refused
     */
    public static JsonValue parse(byte[] json, JsonOptions options) {
        TreeBuilder builder = new TreeBuilder();
        JsonParser.parse(json, options, builder);
        return builder.result();
    }

    /**
     * Reads a JSON text, with the options {@link JsonOptions#STRICT}.
     *
     * @param json the text
     * @return its value
     * @throws JsonException if the text is refused
     */
    public static JsonValue parse(String json) {
        return parse(Utf8.encode(json));
    }

    /**
     * Reads a JSON text whose value must be an object, with the options {@link JsonOptions#STRICT}.
     *
     * @param json the text, in UTF-8 without a byte order mark
     * @param what what the text is, for errors, for example {@code "manifest"}
     * @return its value
     * @throws JsonException if the text is refused
     * @throws IllegalArgumentException if the value is not an object
     */
    public static JsonObject parseObject(byte[] json, String what) {
        JsonValue value = parse(json);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException(what + " is a JSON " + value.type() + ", expected an object");
    }
}
