package io.vaultmesh.core.json;

/** JSON's {@code null}. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String type() {
        return "null";
    }
}
