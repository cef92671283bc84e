package io.vaultmesh.core.json;

import static java.util.Objects.requireNonNull;

/**
 * A JSON string.
 *
 * @param value its characters, unescaped
 */
public record JsonString(String value) implements JsonValue {

    /**
     * Creates a string.
     *
     * @param value its characters, unescaped
     */
    public JsonString {
        requireNonNull(value, "value");
    }

    @Override
    public String type() {
        return "string";
    }
}
