package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a record claims: the predicate of its statement. Immutable and thread-safe.
 *
 * @param author the did:key of who claims it
 * @param at when, by the author's clock, to the millisecond
 * @param namespace where it belongs
 * @param seq how many records the author made in the namespace before this one
 * @param title one line for people
 * @param component what it is about, if anything
 * @param version which version of that, if any
 * @param attributes strings, integers and booleans by name
 * @param body the text that is kept beside the log, if any
 * @param links to earlier records
 * @param key the SHA-256 hash of the caller's idempotency key, if any
 */
public record Predicate(
        String author,
        Instant at,
        NamespaceName namespace,
        long seq,
        String title,
        Optional<String> component,
        Optional<String> version,
        SortedMap<String, JsonValue> attributes,
        Optional<BodyRef> body,
        List<Link> links,
        Optional<Hash> key) {

    /**
     * Creates a predicate.
     *
     * @param author the did:key of who claims it
     * @param at when, by the author's clock, to the millisecond
     * @param namespace where it belongs
     * @param seq how many records the author made in the namespace before this one
     * @param title one line for people
     * @param component what it is about, if anything
     * @param version which version of that, if any
     * @param attributes strings, integers and booleans by name
     * @param body the text that is kept beside the log, if any
     * @param links to earlier records
     * @param key the SHA-256 hash of the caller's idempotency key, if any
     * @throws IllegalArgumentException if the time has more than milliseconds or its year not four digits, the sequence
     *     number is negative, the title is not one line of text, an attribute is not a string, integer or boolean or
     *     evidence without a hash, or a link is there twice
     */
    public Predicate {
        requireNonNull(author, "author");
        requireNonNull(namespace, "namespace");
        title = Texts.requireLine("title", title);
        component = component.map(value -> Texts.requireLine("component", value));
        version = version.map(value -> Texts.requireLine("version", value));
        attributes.forEach(Attributes::require);
        at = Times.requireMillis("at", at);
        if (seq < 0) {
            throw new IllegalArgumentException("seq is " + seq + ", expected at least 0");
        }
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        links = List.copyOf(links);
        if (Set.copyOf(links).size() < links.size()) {
            throw new IllegalArgumentException("a link is there twice in " + links);
        }
    }

    /**
     * The predicate of a memory.
     *
     * @param memory what is remembered
     * @param author the did:key of who claims it
     * @param at when; cut to the millisecond
     * @param namespace where it belongs
     * @param seq how many records the author made in the namespace before
     * @return the predicate
     * @throws IllegalArgumentException if the memory is too large for an entry
     */
    public static Predicate of(Memory<?> memory, String author, Instant at, NamespaceName namespace, long seq) {
        memory.requireFits(); // before megabytes are made into JSON, signed and thrown away
        return new Predicate(
                author,
                at.truncatedTo(ChronoUnit.MILLIS),
                namespace,
                seq,
                memory.title(),
                memory.component(),
                memory.version(),
                memory.attributes(),
                memory.body().map(Body::ref),
                memory.links(),
                memory.key().map(Predicate::hashOfKey));
    }

    /**
     * What is recorded of an idempotency key.
     *
     * @param key the caller's key
     * @return the SHA-256 hash of its UTF-8
     */
    public static Hash hashOfKey(String key) {
        return Hashing.sha256(Texts.utf8("key", key));
    }

    /**
     * The predicate as JSON.
     *
     * @return the object
     */
    public JsonObject toJson() {
        return content().put("at", Times.text(at)).put("seq", seq).build();
    }

    /**
     * What two calls with one idempotency key must have in common: all but time and sequence number.
     *
     * @return the object
     */
    public JsonObject contentToJson() {
        return content().build();
    }

    private JsonObject.Builder content() {
        JsonObject.Builder named = JsonObject.builder();
        attributes.forEach(named::put);
        JsonObject.Builder json = JsonObject.builder()
                .put("author", author)
                .put("namespace", namespace.value())
                .put("title", title)
                .put("attributes", named.build())
                .put(
                        "links",
                        new JsonArray(
                                links.stream().<JsonValue>map(Link::toJson).toList()));
        component.ifPresent(value -> json.put("component", value));
        version.ifPresent(value -> json.put("version", value));
        body.ifPresent(value -> json.put("body", value.toJson()));
        key.ifPresent(value -> json.put("key", value.toString()));
        return json;
    }

    /**
     * Reads a predicate.
     *
     * @param json the object
     * @return the predicate
     * @throws IllegalArgumentException if it is not one, or has members that are not known
     */
    public static Predicate parse(JsonObject json) {
        json.only(
                "author",
                "at",
                "namespace",
                "seq",
                "title",
                "component",
                "version",
                "attributes",
                "body",
                "links",
                "key");
        return new Predicate(
                json.string("author"),
                Times.parse("at", json.string("at")),
                new NamespaceName(json.string("namespace")),
                json.integer("seq"),
                json.string("title"),
                json.optionalString("component"),
                json.optionalString("version"),
                new TreeMap<>(json.object("attributes").members()),
                json.get("body").map(present -> BodyRef.parse(json.object("body"))),
                json.array("links").objects().stream().map(Link::parse).toList(),
                json.optionalString("key").map(Hash::parse));
    }
}
