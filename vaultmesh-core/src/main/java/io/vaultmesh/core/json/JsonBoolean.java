package io.vaultmesh.core.json;

/**
 * A JSON {@code true} or {@code false}.
 *
 * @param value which of them
 */
public record JsonBoolean(boolean value) implements JsonValue {

    @Override
    public String type() {
        return "boolean";
    }
}
