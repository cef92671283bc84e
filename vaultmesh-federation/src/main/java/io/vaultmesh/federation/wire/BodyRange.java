package io.vaultmesh.federation.wire;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;

/**
 * Which part of a body is asked for. Immutable and thread-safe.
 *
 * @param digest the body's SHA-256 hash
 * @param size how long the body is, as a record says: a body of another length is not the one that is asked for
 * @param offset where the part begins
 * @param length how long it is
 */
public record BodyRange(Hash digest, long size, long offset, int length) {

    /** How long a part may be. */
    public static final int MOST = 1 << 20;

    private static final long FORMAT = 1;
    private static final int MOST_BYTES = 1024;

    /**
     * Creates a range.
     *
     * @param digest the body's SHA-256 hash
     * @param size how long the body is, as a record says
     * @param offset where the part begins
     * @param length how long it is
     * @throws IllegalArgumentException if the length is not 0 to {@value #MOST}, or the part not within the size
     */
    public BodyRange {
        if (offset < 0 || length < 0 || length > MOST || offset > size - length) {
            throw new IllegalArgumentException("a part of a body of " + size + " bytes begins at " + offset
                    + " and has " + length + " bytes, expected at least 0 and at most " + MOST + ", within the body");
        }
    }

    /** {@return the bytes: canonical JSON} */
    public byte[] bytes() {
        return CanonicalJson.encode(JsonObject.builder()
                .put("digest", digest.toString())
                .put("format", FORMAT)
                .put("length", length)
                .put("offset", offset)
                .put("size", size)
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
        if (json.length > MOST_BYTES) {
            throw new WireException(
                    "a request for a body has " + json.length + " bytes, expected at most " + MOST_BYTES);
        }
        try {
            JsonObject object = StrictJson.parseObject(json, "a request for a body");
            object.only("digest", "format", "length", "offset", "size");
            if (object.integer("format") != FORMAT) {
                throw new WireException("format is " + object.integer("format") + ", expected " + FORMAT);
            }
            return new BodyRange(
                    Hash.parse(object.string("digest")),
                    object.integer("size"),
                    object.integer("offset"),
                    Math.toIntExact(object.integer("length")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }
}
