package io.vaultmesh.remembrancer.memory;

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
     * @throws IllegalArgumentException if the size is negative or the media type empty
     */
    public BodyRef {
        if (size < 0 || mediaType.isEmpty()) {
            throw new IllegalArgumentException("a body has size " + size + " and media type \"" + mediaType
                    + "\", expected a size from 0 and a media type");
        }
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
