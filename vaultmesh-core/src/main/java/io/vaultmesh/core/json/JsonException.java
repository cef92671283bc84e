package io.vaultmesh.core.json;

import static java.util.Objects.requireNonNull;

/**
 * A JSON text or value that has no canonical form, or is refused by a limit.
 *
 * <p>The message names what was wrong, what was expected, and where.
 */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Reason {
        /** A byte sequence that is not UTF-8 (RFC 3629): overlong, truncated, a surrogate, beyond U+10FFFF. */
        INVALID_UTF8,
        /** The text starts with U+FEFF. */
        BYTE_ORDER_MARK,
        /** Half of a surrogate pair, escaped or in a Java string. */
        LONE_SURROGATE,
        /** One object has two members of one name. */
        DUPLICATE_KEY,
        /** A number whose magnitude exceeds the largest double, or is not finite. */
        NUMBER_OUT_OF_RANGE,
        /** An integer that a double can't hold exactly: carry it as a string. */
        NUMBER_PRECISION_LOSS,
        /** More arrays and objects inside one another than {@link JsonOptions#maxDepth()}. */
        NESTING_TOO_DEEP,
        /** More bytes than {@link JsonOptions#maxBytes()}. */
        INPUT_TOO_LARGE,
        /** Not JSON (RFC 8259). */
        SYNTAX,
        /** A Java value that JSON has no form for. */
        UNSUPPORTED_TYPE
    }

    /** What was wrong. */
    private final Reason reason;
    /** Where it was wrong, in bytes; -1 if nowhere. */
    private final long offset;

    JsonException(Reason reason, long offset, String message) {
        super(offset < 0 ? message : message + ", at byte " + offset);
        this.reason = requireNonNull(reason, "reason");
        this.offset = offset;
    }

    /**
     * What was wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Where it was wrong.
     *
     * @return the offset in bytes from the start of the text, as UTF-8; -1 if a Java value was encoded, which has no
     *     offsets
     */
    public long offset() {
        return offset;
    }
}
