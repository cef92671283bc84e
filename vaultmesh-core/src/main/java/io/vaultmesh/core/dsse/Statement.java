package io.vaultmesh.core.dsse;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import java.util.List;

/**
 * A claim about something: an in-toto Statement v1. It says nothing about who claims it; that is for the {@link
 * Envelope} around it. Immutable and thread-safe.
 *
 * @param subjects what the claim is about, at least one; the list is copied
 * @param predicateType what kind of claim it is: a URI, which nobody fetches
 * @param predicate the claim
 */
public record Statement(List<Subject> subjects, String predicateType, JsonObject predicate) {

    /** The type of every statement. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /**
     * Creates a statement.
     *
     * @param subjects what the claim is about, at least one; the list is copied
     * @param predicateType what kind of claim it is: a URI, which nobody fetches
     * @param predicate the claim
     * @throws IllegalArgumentException if there is no subject or the predicate type is empty
     */
    public Statement {
        subjects = List.copyOf(subjects);
        requireNonNull(predicate, "predicate");
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement has no subject, expected at least one");
        }
        if (predicateType.isEmpty()) {
            throw new IllegalArgumentException("predicateType of a statement is empty, expected a URI");
        }
    }

    /**
     * The statement as canonical JSON (RFC 8785): the payload of an envelope.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        JsonArray subject =
                new JsonArray(subjects.stream().<JsonValue>map(Subject::toJson).toList());
        return CanonicalJson.encode(JsonObject.builder()
                .put("_type", TYPE)
                .put("subject", subject)
                .put("predicateType", predicateType)
                .put("predicate", predicate)
                .build());
    }

    /**
     * Reads a statement of ours.
     *
     * @param json its bytes, which must be canonical
     * @return the statement
     * @throws IllegalArgumentException if they are not canonical JSON, or not a statement, or have members that are not
     *     known
     */
    public static Statement parse(byte[] json) {
        JsonObject object = StrictJson.parseObject(json, "statement");
        if (!CanonicalJson.isCanonical(json)) {
            throw new IllegalArgumentException("the statement is not canonical JSON (RFC 8785)");
        }
        object.only("_type", "subject", "predicateType", "predicate");
        if (!object.string("_type").equals(TYPE)) {
            throw new IllegalArgumentException(
                    "_type of a statement is " + object.string("_type") + ", expected " + TYPE);
        }
        return new Statement(
                object.array("subject").objects().stream().map(Subject::parse).toList(),
                object.string("predicateType"),
                object.object("predicate"));
    }
}
