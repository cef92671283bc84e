package io.vaultmesh.federation.wire;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import java.util.List;
import java.util.Set;

/**
 * What a peer has of a namespace, both as it says hello and as it answers. Immutable and thread-safe.
 *
 * @param policy the id of the policy that its set has
 * @param root its set root
 * @param size how many records its set has
 * @param ids of a hello: records that it has and offers; of an answer: those of the offered ones that it wants
 */
public record Announcement(Hash policy, Hash root, int size, List<Hash> ids) {

    /** How many ids one announcement may have. */
    public static final int MOST_IDS = 1024;

    /** How many bytes one announcement may have. */
    public static final int MOST_BYTES = 1 << 18;

    private static final long FORMAT = 1;

    /**
     * Creates an announcement.
     *
     * @param policy the id of the policy that its set has
     * @param root its set root
     * @param size how many records its set has
     * @param ids of a hello: records that it has and offers; of an answer: those of the offered ones that it wants
     * @throws IllegalArgumentException if the size is negative, or there are too many ids, or one twice
     */
    public Announcement {
        ids = List.copyOf(ids);
        if (size < 0 || ids.size() > MOST_IDS || Set.copyOf(ids).size() < ids.size()) {
            throw new IllegalArgumentException("an announcement is of " + size + " records and names " + ids.size()
                    + " of them, expected at least 0 records and at most " + MOST_IDS + " different ids");
        }
    }

    /** {@return the bytes: canonical JSON} */
    public byte[] bytes() {
        return CanonicalJson.encode(JsonObject.builder()
                .put("format", FORMAT)
                .put("ids", JsonArray.ofStrings(ids.stream().map(Hash::toString).toList()))
                .put("policy", policy.toString())
                .put("root", root.toString())
                .put("size", size)
                .build());
    }

    /**
     * Reads an announcement.
     *
     * @param json the bytes
     * @return the announcement
     * @throws WireException if they are none; the message says what is wrong
     */
    public static Announcement parse(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw new WireException("an announcement has " + json.length + " bytes, expected at most " + MOST_BYTES);
        }
        try {
            JsonObject object = StrictJson.parseObject(json, "an announcement");
            object.only("format", "ids", "policy", "root", "size");
            if (object.integer("format") != FORMAT) {
                throw new WireException(
                        "format of an announcement is " + object.integer("format") + ", expected " + FORMAT);
            }
            return new Announcement(
                    Hash.parse(object.string("policy")),
                    Hash.parse(object.string("root")),
                    Math.toIntExact(object.integer("size")),
                    object.array("ids").strings().stream().map(Hash::parse).toList());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }
}
