package io.vaultmesh.core.json;

import static java.util.Objects.requireNonNull;

/**
 * A JSON string.
 *
 * @param value its characters, unescaped
 */
public record JsonString(String value) implements JsonValue {

    /** Creates a string. */
    public JsonString {
        requireNonNull(value, "value");
    }

    @Override
    public String type() {
        return "string";
    }
}
