package io.vaultmesh.core.json;

/** Which integer literals are accepted, given that RFC 8785 writes every number as a double. */
public enum NumberPolicy {
    /**
     * An integer literal is accepted only if a double holds it exactly, or if it is the very text that RFC 8785 gives
     * for its double. Anything else is {@link JsonException.Reason#NUMBER_PRECISION_LOSS}. The default: two different
     * integers never get one canonical form.
     */
    EXACT_INTEGERS,
    /** Every number is rounded to the nearest double, as ECMAScript does: {@code 9007199254740993} becomes ...992. */
    ECMASCRIPT
}
