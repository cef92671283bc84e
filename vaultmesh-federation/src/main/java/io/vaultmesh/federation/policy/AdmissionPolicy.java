package io.vaultmesh.federation.policy;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.PolicyChange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What may enter a namespace: of which kinds, by whom, of what form, vouched for by whom.
 *
 * <p>Guaranteed: whether a record is {@linkplain #admits admitted} depends on the record and on this document alone; not on
 * clocks, the order of arrival, other records, the network, the locale or the machine. So peers with one policy and the same
 * records come to the same set. A policy is what its canonical JSON says: equal documents are equal policies with one
 * {@link #id()}.
 *
 * <p>Not guaranteed: that the author signed the record ({@link MemoryRecord#verified} is for that), that it belongs to the
 * policy's namespace, or that a later policy can be recorded: one that leaves out {@link Kind#POLICY} or the owner among its
 * authors is final.
 *
 * <p>Immutable and thread-safe.
 */
public final class AdmissionPolicy {

    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 256 * 1024;
    private static final String MEDIA_TYPE = "application/json";

    private final List<Kind> kinds;
    private final List<String> authors;
    private final SortedMap<Kind, PinnedSchema> schemas;
    private final Optional<Witnesses> witnesses;
    private final byte[] bytes;

    AdmissionPolicy(
            List<Kind> kinds, List<String> authors, Map<Kind, PinnedSchema> schemas, Optional<Witnesses> witnesses) {
        this.kinds = List.copyOf(kinds);
        this.authors = List.copyOf(authors);
        this.schemas = new TreeMap<>(schemas);
        this.witnesses = witnesses;
        for (Kind kind : schemas.keySet()) {
            if (!kinds.isEmpty() && !kinds.contains(kind)) {
                throw new IllegalArgumentException("there is a schema for " + kind.label()
                        + ", which is not among the kinds that are admitted, expected one of " + labels());
            }
        }
        this.bytes = CanonicalJson.encode(json());
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the policy has " + bytes.length + " bytes, expected at most " + MAX_BYTES);
        }
    }

    /**
     * The policy that admits every record.
     *
     * @return the policy
     */
    public static AdmissionPolicy open() {
        return builder().build();
    }

    /**
     * A builder of a policy that admits every record, until it is told more.
     *
     * @return the builder
     */
    public static AdmissionPolicyBuilder builder() {
        return new AdmissionPolicyBuilder();
    }

    /**
     * Reads a policy.
     *
     * @param json its canonical JSON, as {@link #bytes()} gives it; at most 256 KiB
     * @return the policy
     * @throws IllegalArgumentException if it is anything else, has members that are not known, a format that is not known, a
     *     schema whose hash is not the pinned one or that says more than a policy's schema may, or a did:key that is none;
     *     the message says what was wrong and what was expected
     */
    public static AdmissionPolicy parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the policy has " + json.length + " bytes, expected at most " + MAX_BYTES);
        }
        JsonObject object = StrictJson.parseObject(json, "policy");
        if (object.integer("format") != FORMAT) {
            throw new IllegalArgumentException(
                    "format of the policy is " + object.integer("format") + ", expected " + FORMAT);
        }
        object.only("format", "kinds", "authors", "schemas", "witnesses");
        AdmissionPolicyBuilder builder = builder();
        if (object.get("kinds").isPresent()) {
            builder.kinds(object.array("kinds").strings().stream()
                    .map(AdmissionPolicyBuilder::kind)
                    .toArray(Kind[]::new));
        }
        if (object.get("authors").isPresent()) {
            builder.authors(object.array("authors").strings().toArray(String[]::new));
        }
        if (object.get("schemas").isPresent()) {
            JsonObject schemas = object.object("schemas");
            for (String label : schemas.members().keySet()) {
                JsonObject pinned = schemas.object(label).only("schema", "sha256");
                builder.schema(
                        AdmissionPolicyBuilder.kind(label),
                        pinned.object("schema"),
                        Hash.parse(pinned.string("sha256")));
            }
        }
        if (object.get("witnesses").isPresent()) {
            builder.witnesses(Witnesses.parse(object.object("witnesses")));
        }
        AdmissionPolicy policy = builder.build();
        if (!Arrays.equals(policy.bytes, json)) {
            throw new IllegalArgumentException("the policy is not canonical JSON with sorted lists, expected "
                    + Shown.text(new String(policy.bytes, StandardCharsets.UTF_8)));
        }
        return policy;
    }

    private JsonObject json() {
        JsonObject.Builder json = JsonObject.builder().put("format", FORMAT);
        if (!kinds.isEmpty()) {
            json.put("kinds", JsonArray.ofStrings(labels()));
        }
        if (!authors.isEmpty()) {
            json.put("authors", JsonArray.ofStrings(authors));
        }
        if (!schemas.isEmpty()) {
            JsonObject.Builder byKind = JsonObject.builder();
            schemas.forEach((kind, schema) -> byKind.put(kind.label(), schema.toJson()));
            json.put("schemas", byKind.build());
        }
        witnesses.ifPresent(required -> json.put("witnesses", required.toJson()));
        return json.build();
    }

    private List<String> labels() {
        return kinds.stream().map(Kind::label).sorted().toList();
    }

    /**
     * Whether a record may enter.
     *
     * @param record the record, whose author's signature was verified
     * @return whether it is admitted; if not, what was wrong and what was expected
     */
    public Verdict admits(MemoryRecord record) {
        if (!kinds.isEmpty() && !kinds.contains(record.kind())) {
            return Verdict.refuted("kind is " + record.kind().label() + ", expected one of " + labels());
        }
        String author = record.predicate().author();
        if (!authors.isEmpty() && !authors.contains(author)) {
            return Verdict.refuted("author is " + Shown.text(author) + ", expected one of " + authors);
        }
        PinnedSchema schema = schemas.get(record.kind());
        if (schema != null) {
            Verdict verdict = schema.verify(record.predicate().toJson());
            if (!verdict.holds()) {
                return verdict;
            }
        }
        return witnesses.map(required -> required.verify(record)).orElse(Verdict.proven());
    }

    /**
     * What tells this policy from others: the SHA-256 hash of its canonical JSON.
     *
     * @return the hash
     */
    public Hash id() {
        return Hashing.sha256(bytes);
    }

    /**
     * The policy as canonical JSON.
     *
     * @return a copy of the bytes
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What makes this the policy of a namespace, once it is recorded there: its body is this document, and so its body's
     * digest {@link #id()}.
     *
     * @param what what was changed, in one line
     * @return the memory to be recorded
     * @throws IllegalArgumentException if it is not one line of text
     */
    public PolicyChange toMemory(String what) {
        return PolicyChange.of(what, Body.bytes(bytes, MEDIA_TYPE, "json"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdmissionPolicy policy && Arrays.equals(bytes, policy.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "admission policy " + id();
    }
}
