package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.util.Arrays;

/**
 * A text that belongs to a record and is kept beside the log, found by its hash. Immutable and thread-safe.
 */
public final class Body {

    /** The media type of Markdown (RFC 7763). */
    public static final String MARKDOWN = "text/markdown; charset=utf-8";

    private final byte[] bytes;
    private final String mediaType;
    private final Hash digest;

    private Body(byte[] bytes, String mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
        this.digest = Hashing.sha256(bytes);
    }

    /**
     * A body of Markdown.
     *
     * @param text the text, kept as it is
     * @return the body
     * @throws IllegalArgumentException if the text has half a surrogate pair
     */
    public static Body markdown(String text) {
        return new Body(Texts.utf8("body", text), MARKDOWN);
    }

    /**
     * The body's bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What the bytes are.
     *
     * @return a media type
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The SHA-256 hash of the bytes.
     *
     * @return the hash
     */
    public Hash digest() {
        return digest;
    }

    /**
     * What the record says of this body.
     *
     * @return digest, size and media type
     */
    public BodyRef ref() {
        return new BodyRef(digest, bytes.length, mediaType);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && mediaType.equals(body.mediaType) && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "body of " + bytes.length + " bytes, " + digest;
    }
}
