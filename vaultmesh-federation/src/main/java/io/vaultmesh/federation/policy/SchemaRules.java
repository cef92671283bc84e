package io.vaultmesh.federation.policy;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a schema of a policy may say: a part of JSON Schema (draft 2020-12) that every implementation decides alike and with
 * bounded work. Everything else is refused by name, so that no misspelt keyword admits what it was to refuse.
 *
 * <p>References lead to {@code #/$defs/} of the same schema, and never back to where they came from: nothing is fetched,
 * and a schema has a size, counted with the references followed.
 */
final class SchemaRules {

    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    static final int MAX_BYTES = 32 * 1024;
    static final int MAX_SUBSCHEMAS = 200;

    private static final int MAX_DEPTH = 32;
    private static final String DEFINITION = "#/$defs/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}+");
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "null", "number", "object", "string");

    /** What a keyword's value must be, and how many subschemas it brings. */
    private interface Rule {
        int check(SchemaRules rules, JsonValue value, int depth);
    }

    private static final Rule SCHEMA = SchemaRules::size;
    private static final Rule SCHEMAS = (rules, value, depth) -> rules.sizes(elements(value), depth);
    private static final Rule SCHEMAS_BY_NAME =
            (rules, value, depth) -> rules.sizes(object(value).members().values(), depth);
    private static final Rule TEXT = flat(value -> value instanceof JsonString, "a string");
    private static final Rule NUMBER = flat(value -> value instanceof JsonNumber, "a number");
    private static final Rule COUNT = flat(SchemaRules::isCount, "an integer from 0 to 2147483647");
    private static final Rule ANY = flat(value -> true, "anything");

    private static final Map<String, Rule> KEYWORDS = Map.ofEntries(
            Map.entry("$schema", flat(new JsonString(DIALECT)::equals, DIALECT)),
            Map.entry("$defs", (rules, value, depth) -> rules.definitions(depth)),
            Map.entry("$ref", SchemaRules::reference),
            Map.entry("$comment", TEXT),
            Map.entry("title", TEXT),
            Map.entry("description", TEXT),
            Map.entry("type", flat(SchemaRules::isType, "a type, or a list of different types")),
            Map.entry("const", ANY),
            Map.entry("enum", flat(value -> !elements(value).isEmpty(), "at least one value")),
            Map.entry("minimum", NUMBER),
            Map.entry("maximum", NUMBER),
            Map.entry("exclusiveMinimum", NUMBER),
            Map.entry("exclusiveMaximum", NUMBER),
            Map.entry("minLength", COUNT),
            Map.entry("maxLength", COUNT),
            Map.entry("minItems", COUNT),
            Map.entry("maxItems", COUNT),
            Map.entry("minProperties", COUNT),
            Map.entry("maxProperties", COUNT),
            Map.entry("required", flat(SchemaRules::areNames, "a list of different strings")),
            Map.entry("pattern", SchemaRules::pattern),
            Map.entry("properties", SCHEMAS_BY_NAME),
            Map.entry("patternProperties", SchemaRules::patternProperties),
            Map.entry("additionalProperties", SCHEMA),
            Map.entry("propertyNames", SCHEMA),
            Map.entry("prefixItems", SCHEMAS),
            Map.entry("items", SCHEMA),
            Map.entry("contains", SCHEMA),
            Map.entry("allOf", SCHEMAS),
            Map.entry("anyOf", SCHEMAS),
            Map.entry("oneOf", SCHEMAS),
            Map.entry("not", SCHEMA),
            Map.entry("if", SCHEMA),
            Map.entry("then", SCHEMA),
            Map.entry("else", SCHEMA));

    private final Map<String, JsonValue> definitions;
    private final Map<String, Integer> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private SchemaRules(Map<String, JsonValue> definitions) {
        this.definitions = definitions;
    }

    /** Refuses a schema that a policy can't have. */
    static void require(JsonObject schema) {
        int bytes = CanonicalJson.encode(schema).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a schema has " + bytes + " bytes, expected at most " + MAX_BYTES);
        }
        Map<String, JsonValue> definitions =
                schema.get("$defs").isPresent() ? schema.object("$defs").members() : Map.of();
        int unused = new SchemaRules(definitions).size(schema, 0);
    }

    private int sizes(Collection<JsonValue> schemas, int depth) {
        int size = 0;
        for (JsonValue schema : schemas) {
            size = bounded(size + size(schema, depth));
        }
        return size;
    }

    private int size(JsonValue schema, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a schema is nested deeper than may be, expected at most " + MAX_DEPTH
                    + " schemas inside one another");
        }
        if (schema instanceof JsonBoolean) {
            return 1;
        }
        int size = 1;
        for (Map.Entry<String, JsonValue> member : object(schema).members().entrySet()) {
            size = bounded(size + keyword(member.getKey(), member.getValue(), depth));
        }
        return size;
    }

    private int keyword(String keyword, JsonValue value, int depth) {
        Rule rule = KEYWORDS.get(keyword);
        if (rule == null || (depth > 0 && (keyword.equals("$schema") || keyword.equals("$defs")))) {
            throw new IllegalArgumentException("keyword \"" + Shown.text(keyword) + "\" isn't allowed "
                    + (rule == null ? "in a policy's schema" : "inside a schema") + ", expected one of "
                    + String.join(", ", KEYWORDS.keySet().stream().sorted().toList())
                    + "; $schema and $defs at the top alone");
        }
        try {
            return rule.check(this, value, depth + 1);
        } catch (Misplaced e) {
            throw new IllegalArgumentException(
                    "keyword \"" + keyword + "\" is a JSON " + value.type() + ", expected " + e.getMessage(), e);
        }
    }

    private int bounded(int size) {
        if (size > MAX_SUBSCHEMAS) {
            throw new IllegalArgumentException("a schema has more than " + MAX_SUBSCHEMAS
                    + " subschemas with its references followed, expected at most so many");
        }
        return size;
    }

    /** Checks all definitions, also those that nothing refers to. They count where they are referred to. */
    private int definitions(int depth) {
        for (String name : definitions.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a definition is named \"" + Shown.text(name)
                        + "\", expected 1 to 64 of A-Z, a-z, 0-9, _, . and -");
            }
            int unused = definition(name, depth);
        }
        return 0;
    }

    private int reference(JsonValue value, int depth) {
        String reference = value instanceof JsonString text ? text.value() : "";
        if (!reference.startsWith(DEFINITION)) {
            throw new IllegalArgumentException("$ref is " + Shown.text(reference) + ", expected " + DEFINITION
                    + " and a name; nothing is fetched");
        }
        return definition(reference.substring(DEFINITION.length()), depth);
    }

    private int definition(String name, int depth) {
        JsonValue definition = definitions.get(name);
        if (definition == null) {
            throw new IllegalArgumentException("$ref is " + Shown.text(DEFINITION + name) + ", expected one of "
                    + Shown.text(definitions.keySet().stream().sorted().toList().toString()));
        }
        Integer size = known.get(name);
        if (size != null) {
            return size;
        }
        if (!open.add(name)) {
            throw new IllegalArgumentException(
                    "$ref is " + DEFINITION + name + ", which leads back to itself, expected no circle");
        }
        int counted = size(definition, depth);
        open.remove(name);
        known.put(name, counted);
        return counted;
    }

    private static int pattern(SchemaRules rules, JsonValue value, int depth) {
        if (!(value instanceof JsonString text)) {
            throw new Misplaced("a string");
        }
        BoundedPattern unused = BoundedPattern.parse(text.value());
        return 0;
    }

    private static int patternProperties(SchemaRules rules, JsonValue value, int depth) {
        for (String pattern : object(value).members().keySet()) {
            BoundedPattern unused = BoundedPattern.parse(pattern);
        }
        return SCHEMAS_BY_NAME.check(rules, value, depth);
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("found a JSON " + value.type() + ", expected an object, or a schema");
    }

    private static List<JsonValue> elements(JsonValue value) {
        if (value instanceof JsonArray array && !array.elements().isEmpty()) {
            return array.elements();
        }
        throw new Misplaced("a list of at least one");
    }

    private static boolean isType(JsonValue value) {
        List<JsonValue> types = value instanceof JsonArray array ? array.elements() : List.of(value);
        return !types.isEmpty() && areNames(new JsonArray(types)) && TYPES.containsAll(new JsonArray(types).strings());
    }

    private static boolean areNames(JsonValue value) {
        return value instanceof JsonArray array
                && array.elements().stream().allMatch(JsonString.class::isInstance)
                && Set.copyOf(array.elements()).size() == array.elements().size();
    }

    private static boolean isCount(JsonValue value) {
        return value instanceof JsonNumber number
                && number.value() == Math.rint(number.value())
                && number.value() >= 0
                && number.value() <= Integer.MAX_VALUE;
    }

    private interface Test {
        boolean holds(JsonValue value);
    }

    /** A keyword without subschemas. */
    private static Rule flat(Test test, String expected) {
        return (rules, value, depth) -> {
            if (!test.holds(value)) {
                throw new Misplaced(expected);
            }
            return 0;
        };
    }

    /** A value of another form than its keyword's; the message is what was expected. */
    private static final class Misplaced extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Misplaced(String expected) {
            super(expected);
        }
    }
}
