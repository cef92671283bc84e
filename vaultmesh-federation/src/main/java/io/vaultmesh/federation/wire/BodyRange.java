package io.vaultmesh.federation.wire;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;

/**
 * Which part of a body is asked for. Immutable and thread-safe.
 *
 * @param digest the body's SHA-256 hash
 * @param offset where the part begins
 * @param length how long it is
 */
public record BodyRange(Hash digest, long offset, int length) {

    /** How long a part may be. */
    public static final int MOST = 1 << 20;

    private static final long FORMAT = 1;

    /**
     * Creates a range.
     *
     * @param digest the body's SHA-256 hash
     * @param offset where the part begins
     * @param length how long it is
     * @throws IllegalArgumentException if the offset is negative, or the length is not 0 to {@value #MOST}
     */
    public BodyRange {
        if (offset < 0 || length < 0 || length > MOST) {
            throw new IllegalArgumentException("a part of a body begins at " + offset + " and has " + length
                    + " bytes, expected at least 0 and at most " + MOST);
        }
    }

    /** {@return the bytes: canonical JSON} */
    public byte[] bytes() {
        return CanonicalJson.encode(JsonObject.builder()
                .put("digest", digest.toString())
                .put("format", FORMAT)
                .put("length", length)
                .put("offset", offset)
                .build());
    }

    /**
     * Reads a range.
     *
     * @param json the bytes
     * @return the range
     * @throws WireException if they are none; the message says what is wrong
     */
    public static BodyRange parse(byte[] json) {
        try {
            JsonObject object = StrictJson.parseObject(json, "a request for a body");
            object.only("digest", "format", "length", "offset");
            if (object.integer("format") != FORMAT) {
                throw new WireException("format is " + object.integer("format") + ", expected " + FORMAT);
            }
            return new BodyRange(
                    Hash.parse(object.string("digest")),
                    object.integer("offset"),
                    Math.toIntExact(object.integer("length")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }
}
