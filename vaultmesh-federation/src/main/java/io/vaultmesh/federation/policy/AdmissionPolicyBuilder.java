package io.vaultmesh.federation.policy;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.memory.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what a policy asks for. What isn't asked for is not looked at. Not thread-safe. */
public final class AdmissionPolicyBuilder {

    private static final int MAX_AUTHORS = 1000;

    private List<Kind> kinds = List.of();
    private List<String> authors = List.of();
    private final Map<Kind, PinnedSchema> schemas = new EnumMap<>(Kind.class);
    private Optional<Witnesses> witnesses = Optional.empty();

    AdmissionPolicyBuilder() {}

    /**
     * Admits records of some kinds alone. List {@link Kind#POLICY} too if there is to be another policy ever.
     *
     * @param any the kinds
     * @return this builder
     * @throws IllegalArgumentException if there is none, or one is there twice
     * @throws IllegalStateException if kinds were given before
     */
    @CanIgnoreReturnValue
    public AdmissionPolicyBuilder kinds(Kind... any) {
        requireUnset("kinds", kinds.isEmpty(), kinds);
        if (any.length == 0 || Set.copyOf(Arrays.asList(any)).size() < any.length) {
            throw new IllegalArgumentException("kinds are " + Arrays.toString(any) + ", expected different ones");
        }
        kinds = List.of(any);
        return this;
    }

    /**
     * Admits records of some authors alone.
     *
     * @param didKeys the authors' did:keys, at most 1000
     * @return this builder
     * @throws IllegalArgumentException if there is none, one is no did:key of an Ed25519 key, or there twice
     * @throws IllegalStateException if authors were given before
     */
    @CanIgnoreReturnValue
    public AdmissionPolicyBuilder authors(String... didKeys) {
        requireUnset("authors", authors.isEmpty(), authors);
        authors = DidKeys.sorted("authors", List.of(didKeys), MAX_AUTHORS);
        return this;
    }

    /**
     * Admits records of a kind only if their predicates are as a schema says.
     *
     * <p>A schema is one of JSON Schema, draft 2020-12, within these bounds: at most 32 KiB of canonical JSON; at most 200
     * subschemas, counted with references followed; references to {@code #/$defs/<name>} alone and in no circle; patterns
     * that can be matched in one pass (begin with {@code ^}; no groups, alternatives, dot or letters after a backslash; what
     * is repeated can't begin what follows); and no keywords but {@code $schema}, {@code $defs}, {@code $ref},
     * {@code $comment}, {@code title}, {@code description}, {@code type}, {@code const}, {@code enum}, {@code minimum},
     * {@code maximum}, {@code exclusiveMinimum}, {@code exclusiveMaximum}, {@code minLength}, {@code maxLength},
     * {@code minItems}, {@code maxItems}, {@code minProperties}, {@code maxProperties}, {@code required}, {@code pattern}, {@code properties}, {@code patternProperties}, {@code additionalProperties},
     * {@code propertyNames}, {@code prefixItems}, {@code items}, {@code contains}, {@code allOf}, {@code anyOf},
     * {@code oneOf}, {@code not}, {@code if}, {@code then} and {@code else}.
     *
     * @param kind the kind
     * @param schema the schema
     * @param sha256 the SHA-256 hash of its canonical JSON, as reviewed
     * @return this builder
     * @throws IllegalArgumentException if its hash is another, or it says more than it may
     * @throws IllegalStateException if the kind has a schema already
     */
    @CanIgnoreReturnValue
    public AdmissionPolicyBuilder schema(Kind kind, JsonObject schema, Hash sha256) {
        PinnedSchema old = schemas.get(kind);
        if (old != null) {
            throw new IllegalStateException("the schema for " + kind.label() + " is already set to " + old.toJson());
        }
        schemas.put(kind, PinnedSchema.of(schema, sha256));
        return this;
    }

    /**
     * Admits only records for which enough of some witnesses vouch, as {@link Witnessing} says, and no others do.
     *
     * @param minRequired how many, at least 1
     * @param allowlist the witnesses' did:keys, at most 100
     * @return this builder
     * @throws IllegalArgumentException if there are fewer witnesses than are required, one is no did:key of an Ed25519 key,
     *     or there twice
     * @throws IllegalStateException if witnesses were given before
     */
    @CanIgnoreReturnValue
    public AdmissionPolicyBuilder witnesses(int minRequired, String... allowlist) {
        return witnesses(new Witnesses(minRequired, List.of(allowlist)));
    }

    @CanIgnoreReturnValue
    AdmissionPolicyBuilder witnesses(Witnesses required) {
        requireUnset("witnesses", witnesses.isEmpty(), witnesses);
        witnesses = Optional.of(required);
        return this;
    }

    /**
     * The policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if there is a schema for a kind that isn't admitted, or its document would have more
     *     than 256 KiB
     */
    public AdmissionPolicy build() {
        return new AdmissionPolicy(kinds, authors, schemas, witnesses);
    }

    static Kind kind(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind is " + Shown.text(label) + ", expected one of "
                        + Arrays.stream(Kind.values()).map(Kind::label).toList()));
    }

    private static void requireUnset(String name, boolean unset, Object old) {
        if (!unset) {
            throw new IllegalStateException(name + " are already set to " + old);
        }
    }
}
