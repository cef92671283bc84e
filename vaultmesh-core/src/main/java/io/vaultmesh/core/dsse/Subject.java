package io.vaultmesh.core.dsse;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;

/**
 * What a statement is about: a name and one digest (an in-toto ResourceDescriptor).
 *
 * @param name what it is called, for people
 * @param algorithm how it was hashed: {@value #SHA256} for files, {@value #RECORD} for records of a log
 * @param digest its hash
 */
public record Subject(String name, String algorithm, Hash digest) {

    /** The digest algorithm of files and other bytes. */
    public static final String SHA256 = "sha256";

    /** The digest algorithm of records: the leaf hash of RFC 6962. */
    public static final String RECORD = "rfc6962-leaf-sha256";

    private static final String RECORD_NAME = "record";

    /**
     * Creates a subject.
     *
     * @param name what it is called, for people
     * @param algorithm how it was hashed: {@value #SHA256} for files, {@value #RECORD} for records of a log
     * @param digest its hash
     * @throws IllegalArgumentException if the name is empty or the algorithm is not one of the two
     */
    public Subject {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name of a subject is empty, expected what it is called");
        }
        if (!algorithm.equals(SHA256) && !algorithm.equals(RECORD)) {
            throw new IllegalArgumentException("digest algorithm of subject " + name + " is " + algorithm
                    + ", expected " + SHA256 + " or " + RECORD);
        }
    }

    /**
     * An artifact, or other bytes.
     *
     * @param name what it is called
     * @param sha256 the SHA-256 hash of its bytes
     * @return the subject
     */
    public static Subject artifact(String name, Hash sha256) {
        return new Subject(name, SHA256, sha256);
    }

    /**
     * A record of a log.
     *
     * @param id the record's id, its leaf hash
     * @return the subject
     */
    public static Subject record(Hash id) {
        return new Subject(RECORD_NAME, RECORD, id);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("name", name)
                .put(
                        "digest",
                        JsonObject.builder().put(algorithm, digest.toString()).build())
                .build();
    }

    static Subject parse(JsonObject json) {
        JsonObject digest = json.only("name", "digest").object("digest");
        if (digest.members().size() != 1
                || !(digest.members().values().iterator().next() instanceof JsonString hash)) {
            throw new IllegalArgumentException(
                    "digest of a subject is " + digest + ", expected one algorithm and hash");
        }
        String algorithm = digest.members().keySet().iterator().next();
        return new Subject(json.string("name"), algorithm, Hash.parse(hash.value()));
    }
}
