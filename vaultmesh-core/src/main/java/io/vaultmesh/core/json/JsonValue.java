package io.vaultmesh.core.json;

/** An immutable JSON value. Thread-safe. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /**
     * The name of the value's type, as RFC 8259 calls it, for messages.
     *
     * @return {@code "object"}, {@code "array"}, {@code "string"}, {@code "number"}, {@code "boolean"} or {@code
     *     "null"}
     */
    String type();
}
