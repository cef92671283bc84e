package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;

/**
 * What a record says of its body, which is kept beside the log.
 *
 * @param digest the SHA-256 hash of its bytes
 * @param size how many bytes it has
 * @param mediaType what they are
 */
public record BodyRef(Hash digest, long size, String mediaType) {

    /**
     * Creates a reference.
     *
     * @param digest the SHA-256 hash of its bytes
     * @param size how many bytes it has
     * @param mediaType what they are
     * @throws IllegalArgumentException if the size is negative, or the media type is not one
     */
    public BodyRef {
        requireNonNull(digest, "digest");
        MediaType.require(mediaType);
        if (size < 0) {
            throw new IllegalArgumentException("a body has size " + size + ", expected at least 0");
        }
    }

    /**
     * Whether people read what the body holds: text, JSON, XML, YAML and the like, by its media type.
     *
     * @return whether it is text
     */
    public boolean isText() {
        return MediaType.isText(mediaType);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("digest", digest.toString())
                .put("size", size)
                .put("mediaType", mediaType)
                .put("sealed", false)
                .build();
    }

    static BodyRef parse(JsonObject json) {
        json.only("digest", "size", "mediaType", "sealed");
        if (json.bool("sealed")) {
            throw new IllegalArgumentException("the body is sealed, which this version doesn't read");
        }
        return new BodyRef(Hash.parse(json.string("digest")), json.integer("size"), json.string("mediaType"));
    }
}
