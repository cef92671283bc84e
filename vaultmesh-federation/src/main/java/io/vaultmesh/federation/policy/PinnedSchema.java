package io.vaultmesh.federation.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;

/** A schema whose hash was pinned. The only class that knows the schema validator. Immutable and thread-safe. */
final class PinnedSchema {

    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(SchemaId.V202012)
            .metaSchema(JsonMetaSchema.getV202012())
            // the rules let no reference through that leads elsewhere; should one get past them, it must not be
            // fetched,
            // and the validator always has a loader for URLs behind those that are given
            .schemaLoaders(loaders -> loaders.add(iri -> () -> {
                throw new IOException("a policy's schema refers to " + iri + ", and nothing is fetched");
            }))
            .enableSchemaCache(false)
            .build();

    private final JsonObject json;
    private final Hash sha256;
    private final JsonSchema schema;

    private PinnedSchema(JsonObject json, Hash sha256) {
        this.json = json;
        this.sha256 = sha256;
        this.schema = compile(json);
    }

    /** What validates by a schema, whatever it says. */
    static JsonSchema compile(JsonObject json) {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .locale(Locale.ROOT)
                .regularExpressionFactory(pattern -> BoundedPattern.parse(pattern)::matches)
                .build();
        JsonSchema schema = FACTORY.getSchema(node(json), config);
        schema.initializeValidators();
        return schema;
    }

    static PinnedSchema of(JsonObject json, Hash pinned) {
        Hash sha256 = hash(json);
        if (!sha256.equals(pinned)) {
            throw new IllegalArgumentException(
                    "the hash of a schema's canonical JSON is " + sha256 + ", expected the pinned " + pinned);
        }
        SchemaRules.require(json);
        return new PinnedSchema(json, sha256);
    }

    static Hash hash(JsonObject json) {
        return Hashing.sha256(CanonicalJson.encode(json));
    }

    /** Whether a predicate is as the schema says. The reason is of our making: the validator's own are for people. */
    Verdict verify(JsonObject predicate) {
        return schema.validate(node(predicate)).stream()
                .min(Comparator.comparing((ValidationMessage message) ->
                                message.getInstanceLocation().toString())
                        .thenComparing(message -> message.getEvaluationPath().toString()))
                .map(first -> Verdict.refuted("the predicate at \""
                        + Shown.text(String.valueOf(first.getInstanceLocation()))
                        + "\" is not as \"" + Shown.text(String.valueOf(first.getEvaluationPath())) + "\" of schema "
                        + sha256
                        + " expects"))
                .orElse(Verdict.proven());
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("schema", json)
                .put("sha256", sha256.toString())
                .build();
    }

    private static JsonNode node(JsonObject json) {
        try {
            return JACKSON.readTree(CanonicalJson.encode(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("canonical JSON that Jackson can't read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }
}
