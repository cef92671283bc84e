package io.vaultmesh.federation.policy;

import static io.vaultmesh.federation.policy.PolicyFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRulesTest {

    private static String refused(JsonObject schema) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> PinnedSchema.of(schema, PinnedSchema.hash(schema)).toJson())
                .getMessage();
    }

    private static boolean holds(String schema, String predicate) {
        JsonObject json = json(schema);
        return PinnedSchema.of(json, PinnedSchema.hash(json))
                .verify(json(predicate))
                .holds();
    }

    @Nested
    class Refused {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"requierd\":[]}|keyword \"requierd\" isn't allowed in a policy's schema, expected one of $comment",
                    "{\"format\":\"date\"}|keyword \"format\" isn't allowed",
                    "{\"$id\":\"https://example.com/\"}|keyword \"$id\" isn't allowed",
                    "{\"$dynamicRef\":\"#x\"}|keyword \"$dynamicRef\" isn't allowed",
                    "{\"$vocabulary\":{}}|keyword \"$vocabulary\" isn't allowed",
                    "{\"unevaluatedProperties\":false}|keyword \"unevaluatedProperties\" isn't allowed",
                    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|expected https://json-schema.org/draft/2020-12/schema",
                    "{\"not\":{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}}|isn't allowed inside a schema",
                    "{\"not\":{\"$defs\":{}}}|isn't allowed inside a schema",
                    "{\"$ref\":\"https://example.com/schema\"}|$ref is https://example.com/schema, expected #/$defs/ and a name; nothing is fetched",
                    "{\"$ref\":\"file:///etc/passwd\"}|nothing is fetched",
                    "{\"$ref\":\"#\"}|nothing is fetched",
                    "{\"$ref\":7}|nothing is fetched",
                    "{\"$ref\":\"#/$defs/a\"}|expected one of []",
                    "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}|leads back to itself",
                    "{\"$defs\":{\"a\":{\"items\":{\"$ref\":\"#/$defs/b\"}},\"b\":{\"not\":{\"$ref\":\"#/$defs/a\"}}}}|leads back to itself",
                    "{\"$defs\":{\"a/b\":{}}}|a definition is named \"a/b\"",
                    "{\"$defs\":[]}|member $defs is a JSON array",
                    "{\"type\":\"strnig\"}|keyword \"type\" is a JSON string, expected a type",
                    "{\"type\":[]}|expected a type",
                    "{\"type\":[\"string\",\"string\"]}|expected a type",
                    "{\"enum\":[]}|keyword \"enum\" is a JSON array, expected a list of at least one",
                    "{\"minimum\":\"1\"}|keyword \"minimum\" is a JSON string, expected a number",
                    "{\"minLength\":-1}|expected an integer from 0",
                    "{\"minLength\":1.5}|expected an integer from 0",
                    "{\"maxItems\":3000000000}|expected an integer from 0",
                    "{\"uniqueItems\":true}|keyword \"uniqueItems\" isn't allowed",
                    "{\"title\":1}|expected a string",
                    "{\"required\":[\"a\",\"a\"]}|expected a list of different strings",
                    "{\"required\":\"a\"}|expected a list of different strings",
                    "{\"properties\":[]}|found a JSON array, expected an object",
                    "{\"properties\":{\"a\":1}}|found a JSON number, expected an object, or a schema",
                    "{\"items\":[]}|found a JSON array, expected an object, or a schema",
                    "{\"allOf\":[]}|expected a list of at least one",
                    "{\"allOf\":{}}|expected a list of at least one",
                    "{\"pattern\":1}|keyword \"pattern\" is a JSON number, expected a string",
                    "{\"pattern\":\"^(a+)+$\"}|pattern",
                    "{\"patternProperties\":{\"a\":true}}|doesn't begin with ^"
                })
        void ifASchemaSaysMoreThanItMay(String schema, String why) {
            String message = refused(json(schema));
            assertTrue(message.contains(why), message);
        }

        @Test
        void ifItIsLong() {
            assertTrue(refused(json("{\"$comment\":\"" + "x".repeat(SchemaRules.MAX_BYTES) + "\"}"))
                    .contains("expected at most 32768"));
        }

        @Test
        void ifItIsDeep() {
            String deep = "{\"not\":".repeat(33) + "true" + "}".repeat(33);
            assertTrue(refused(json(deep)).contains("nested deeper"));
            String inReferences = "{\"$defs\":{"
                    + IntStream.range(0, 40)
                            .mapToObj(i -> "\"d" + i + "\":{\"not\":{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}}")
                            .collect(Collectors.joining(","))
                    + ",\"d40\":true}}";
            assertTrue(refused(json(inReferences)).contains("nested deeper"));
        }

        @Test
        void ifItsReferencesMultiply() {
            // ten lines that a validator would follow into more than a thousand subschemas
            String laughs = "{\"$defs\":{"
                    + IntStream.range(0, 10)
                            .mapToObj(i -> "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
                                    .formatted(i, i + 1, i + 1))
                            .collect(Collectors.joining(","))
                    + ",\"d10\":true},\"$ref\":\"#/$defs/d0\"}";
            assertTrue(refused(json(laughs)).contains("more than 200 subschemas"));
        }

        @Test
        void butNotIfItIsWithinTheBounds() {
            String all = IntStream.range(0, 199).mapToObj(i -> "true").collect(Collectors.joining(","));
            assertDoesNotThrow(() -> SchemaRules.require(json("{\"allOf\":[" + all + "]}")));
            assertTrue(refused(json("{\"allOf\":[true," + all + "]}")).contains("more than 200 subschemas"));
            assertTrue(holds(
                    "{\"$schema\":\"" + SchemaRules.DIALECT
                            + "\",\"$defs\":{\"v\":{\"pattern\":\"^1\"}},\"properties\":{\"a\":{\"$ref\":\"#/$defs/v\"},\"b\":{\"$ref\":\"#/$defs/v\"}}}",
                    "{\"a\":\"1\",\"b\":\"12\"}"));
        }
    }

    @Nested
    class Verify {
        @Test
        void matchesPatternsInOnePass() {
            // a backtracking matcher doesn't come back from the like of it
            String longText = "a".repeat(60_000);
            assertFalse(
                    holds("{\"properties\":{\"v\":{\"pattern\":\"^[a-z]*[0-9]$\"}}}", "{\"v\":\"" + longText + "\"}"));
        }

        @Test
        void fetchesNothingEvenIfTheRulesLetAReferenceThrough() throws IOException {
            AtomicInteger requests = new AtomicInteger();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                requests.incrementAndGet();
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(UTF_8));
                exchange.close();
            });
            server.start();
            try {
                String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema";
                RuntimeException refused = assertThrows(
                        RuntimeException.class,
                        () -> PinnedSchema.compile(json("{\"$ref\":\"" + url + "\"}"))
                                .getValidators());
                assertTrue(
                        String.valueOf(refused).contains("Failed to load json schema from " + url), refused.toString());
                assertEquals(0, requests.get());
            } finally {
                server.stop(0);
            }
        }

        @Test
        void namesTheFirstOfSeveralFlaws() {
            JsonObject schema = json("{\"properties\":{\"b\":false,\"a\":false}}");
            String why = PinnedSchema.of(schema, PinnedSchema.hash(schema))
                    .verify(json("{\"b\":1,\"a\":1}"))
                    .reason()
                    .orElseThrow();
            assertTrue(why.startsWith("the predicate at \"/a\" is not as \"/properties/a"), why);
        }
    }

    /** Debian's jsonschema decides as we do, and its meta-schema finds nothing wrong with what the rules let through. */
    @Nested
    class AnotherImplementation {
        private static final int CASES = 250;
        private static final String PROGRAM = """
                import json, jsonschema
                cases = json.load(open('cases.json', encoding='utf-8'))
                for schema, instance in cases:
                    jsonschema.Draft202012Validator.check_schema(schema)
                    print(jsonschema.Draft202012Validator(schema).is_valid(instance))
                """;

        @TempDir
        Path directory;

        private final Random random = new Random(20261127);

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private String schema(int depth) {
            if (depth == 0 || random.nextInt(8) == 0) {
                return any(List.of(
                        "true",
                        "false",
                        "{}",
                        "{\"type\":\"string\"}",
                        "{\"type\":[\"integer\",\"null\"]}",
                        "{\"const\":1}",
                        "{\"enum\":[\"a\",null,{\"a\":1},[1]]}",
                        "{\"minimum\":1}",
                        "{\"exclusiveMaximum\":2}",
                        "{\"minLength\":2}",
                        "{\"maxLength\":1}",
                        "{\"pattern\":\"^[ab]+$\"}",
                        "{\"required\":[\"a\"]}",
                        "{\"maxProperties\":1}",
                        "{\"minItems\":1}",
                        "{\"type\":\"object\"}",
                        "{\"type\":\"integer\"}",
                        "{\"type\":\"number\"}",
                        "{\"$ref\":\"#/$defs/d\"}"));
            }
            String inner = schema(depth - 1);
            String other = schema(depth - 1);
            return any(List.of(
                            "{\"properties\":{\"a\":@,\"b\":%}}",
                            "{\"additionalProperties\":@,\"properties\":{\"a\":%}}",
                            "{\"patternProperties\":{\"^a\":@},\"additionalProperties\":%}",
                            "{\"propertyNames\":@,\"minProperties\":1}",
                            "{\"items\":@,\"prefixItems\":[%]}",
                            "{\"contains\":@}",
                            "{\"allOf\":[@,%]}",
                            "{\"anyOf\":[@,%]}",
                            "{\"oneOf\":[@,%,{\"type\":\"null\"}]}",
                            "{\"not\":@}",
                            "{\"if\":@,\"then\":%}",
                            "{\"if\":@,\"else\":%}"))
                    .replace("@", inner)
                    .replace("%", other);
        }

        private String value(int depth) {
            if (depth == 0 || random.nextInt(3) == 0) {
                return any(
                        List.of("null", "true", "0", "1", "2", "1.5", "\"\"", "\"a\"", "\"ab\"", "\"😀\"", "{}", "[]"));
            }
            return any(List.of("{\"a\":@,\"b\":%}", "{\"a\":@,\"ab\":%,\"c\":1}", "[@,%]", "[@,@]", "[%]"))
                    .replace("@", value(depth - 1))
                    .replace("%", value(depth - 1));
        }

        @Test
        void decidesAlike() throws IOException {
            OutsideProgram python = OutsideProgram.require("python3", "python3-jsonschema");
            List<String> cases = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            while (cases.size() < CASES) {
                String schema =
                        "{\"$defs\":{\"d\":{\"type\":\"string\",\"minLength\":1}},\"anyOf\":[" + schema(3) + "]}";
                String instance = "{\"a\":" + value(2) + ",\"b\":" + value(2) + "}";
                ours.add(holds(schema, instance) ? "True" : "False");
                cases.add("[" + schema + "," + instance + "]");
            }
            Files.write(
                    directory.resolve("cases.json"),
                    CanonicalJson.canonicalize(("[" + String.join(",", cases) + "]").getBytes(UTF_8)));
            Path program = Files.writeString(directory.resolve("decide.py"), PROGRAM);
            List<String> theirs =
                    python.run(directory, program.toString()).orFail().lines().toList();
            for (int i = 0; i < CASES; i++) {
                assertEquals(theirs.get(i), ours.get(i), cases.get(i));
            }
            assertTrue(ours.stream().filter("True"::equals).count() > CASES / 5, "hardly any holds");
            assertTrue(ours.stream().filter("False"::equals).count() > CASES / 5, "hardly any is refuted");
        }
    }
}
