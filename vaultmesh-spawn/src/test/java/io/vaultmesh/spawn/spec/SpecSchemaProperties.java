package io.vaultmesh.spawn.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What another's validator makes of the schema is what the library accepts, but for what the schema says it can't tell. */
class SpecSchemaProperties {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(new String(CanonicalJson.encode(ServiceSpec.jsonSchema()), UTF_8));

    private static boolean schemaAccepts(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    private static boolean weAccept(String json) {
        try {
            ServiceSpec spec = ServiceSpec.fromJson(StrictJson.parseObject(json.getBytes(UTF_8), "specification"));
            return !spec.name().value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property
    void acceptsWhatWeAccept(@ForAll("members") Map<String, Object> members) throws JsonProcessingException {
        ObjectNode object = JSON.createObjectNode().put("name", "ledger");
        members.forEach((name, value) -> object.set(name, JSON.valueToTree(value)));
        String json = JSON.writeValueAsString(object);

        boolean schemaAccepts = schemaAccepts(json);
        assertTrue(schemaAccepts || !weAccept(json), json);

        for (String line : List.of("description", "owner")) {
            if (object.path(line).isTextual()) {
                object.put(
                        line, withoutWhatOnlyTheReaderRefuses(object.get(line).textValue()));
            }
        }
        assertEquals(weAccept(JSON.writeValueAsString(object)), schemaAccepts, json);
    }

    private static String withoutWhatOnlyTheReaderRefuses(String text) {
        StringBuilder all = new StringBuilder();
        text.codePoints()
                .map(c -> c > 0xFF && (Character.getType(c) == Character.FORMAT || isSpace(c)) ? 'x' : c)
                .forEach(all::appendCodePoint);
        return all.toString();
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** A pattern that means something else to another engine, or nothing. */
    @Example
    void hasOnlyPatternsThatEveryEngineKnows() {
        String schema = new String(CanonicalJson.encode(ServiceSpec.jsonSchema()), UTF_8);

        for (String unknown : List.of("\\\\p", "\\\\u", "\\\\s", "\\\\S", "\\\\A", "\\\\z", "(?!", "(?=", "(?<")) {
            assertFalse(schema.contains(unknown), unknown + " in " + schema);
        }
    }

    @Example
    void acceptsEveryConstant() throws JsonProcessingException {
        for (ServiceType type : List.of(ServiceType.SERVICE, ServiceType.API, ServiceType.WORKER)) {
            for (Broker broker : Broker.values()) {
                String json = JSON.writeValueAsString(
                        Map.of("name", "ledger", "type", type.id(), "messageQueue", broker.id(), "mcpServer", true));
                assertTrue(schemaAccepts(json) && weAccept(json), json);
            }
        }
    }

    @Example
    void acceptsThoseLanguagesAndFeaturesOfATypeThatWeAccept() throws JsonProcessingException {
        int accepted = 0;
        for (ServiceType type : ServiceType.values()) {
            for (Language language : Language.values()) {
                for (Map<String, Object> feature : List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("mcpServer", true),
                        Map.of("mcpServer", false),
                        Map.of("messageQueue", "nats"))) {
                    ObjectNode object = JSON.createObjectNode()
                            .put("name", "ledger")
                            .put("type", type.id())
                            .put("language", language.id());
                    feature.forEach((name, value) -> object.set(name, JSON.valueToTree(value)));
                    String json = JSON.writeValueAsString(object);
                    assertEquals(weAccept(json), schemaAccepts(json), json);
                    accepted += weAccept(json) ? 1 : 0;
                }
            }
        }
        // four of each service; of a tool and of infrastructure those without a feature
        assertEquals(3 * 4 + 2 * 2, accepted);
    }

    @Example
    void isASchemaByItsOwnMetaSchema() {
        JsonSchema metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertEquals(
                Set.of(),
                metaSchema.validate(
                        new String(CanonicalJson.encode(ServiceSpec.jsonSchema()), UTF_8), InputFormat.JSON));
    }

    @Provide
    Arbitrary<Map<String, Object>> members() {
        Arbitrary<Object> texts = Arbitraries.oneOf(
                        Arbitraries.of(
                                "ledger",
                                "con",
                                "import",
                                "a--b",
                                "-a",
                                "a-",
                                "a1",
                                "1a",
                                "x".repeat(63),
                                "x".repeat(64),
                                "Bad_Name",
                                "café",
                                "a&b",
                                "../x",
                                "",
                                " ",
                                "a ",
                                " a",
                                "a\n",
                                "a\u2028b",
                                "a\u202Eb",
                                "a\u200Db",
                                "\uFEFF",
                                "a\u00A0",
                                "q\"x",
                                "{{ x }}",
                                "é".repeat(200),
                                "é".repeat(201),
                                "\uD83D\uDE80".repeat(100),
                                "\uD83D\uDE80".repeat(101),
                                "service",
                                "worker",
                                "daemon",
                                "tool",
                                "infra",
                                "python",
                                "terraform",
                                "nats",
                                "@a",
                                "@a/b",
                                "@-a",
                                "@a\n",
                                "@a/b/c",
                                "2026-01-01T00:00:00Z",
                                "2026-01-01T00:00:00+01:00",
                                "1969-12-31T23:59:59Z",
                                "9999-12-31T23:59:59Z",
                                "2026"),
                        Arbitraries.strings()
                                .ofMaxLength(5)
                                .excludeChars('\uFFFE', '\uFFFF')
                                .filter(text -> text.chars()
                                        .noneMatch(
                                                c -> Character.isSurrogate((char) c) || (c >= 0xFDD0 && c <= 0xFDEF))))
                .map(text -> text);
        Arbitrary<Object> values =
                Arbitraries.frequencyOf(Tuple.of(9, texts), Tuple.of(1, Arbitraries.of(true, 1, List.of())));
        return Arbitraries.maps(
                        Arbitraries.of(
                                "name",
                                "type",
                                "language",
                                "description",
                                "owner",
                                "codeOwner",
                                "mcpServer",
                                "messageQueue",
                                "commitDate",
                                "extra"),
                        values)
                .ofMaxSize(2);
    }
}
