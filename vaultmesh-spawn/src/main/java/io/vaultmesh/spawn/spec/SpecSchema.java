package io.vaultmesh.spawn.spec;

import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON Schema (draft 2020-12) of a specification, from which a portal can build a form. It accepts whatever {@link
 * ServiceSpec#fromJson} accepts, and hardly more: its patterns are those that ECMA 262, Python, Java and RE2 take for the
 * same, so without classes of Unicode and without a look around. Only the reader refuses
 *
 * <ul>
 *   <li>characters beyond U+00FF in a text that can't be seen, or are spaces at an end of it;
 *   <li>a day that its month doesn't have, which a validator refuses, too, that checks formats.
 * </ul>
 */
final class SpecSchema {

    private static final String ID = "https://vaultmesh.org/spawn/spec/v1";

    private static final String UNSEEN = "\\x00-\\x1F\\x7F-\\x9F\\xAD";

    /** What no line has, as far as one byte tells it. */
    private static final String NOT_A_LINE = "^[ \\xA0]|[ \\xA0]$|[" + UNSEEN + "]";

    /** A dollar is also before a line break at the end, to some; to others, after it as well. */
    private static final String NOT_VISIBLE_ASCII = "[^\\x21-\\x7E]";

    static final String DATE = "^(?:19[7-9][0-9]|[2-9][0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z$";

    private SpecSchema() {}

    static JsonObject json() {
        JsonObject properties = JsonObject.builder()
                .put(SpecJson.NAME, name())
                .put(SpecJson.TYPE, type())
                .put(
                        SpecJson.LANGUAGE,
                        described("The language it is written in; which one is that of the type.")
                                .put("enum", JsonArray.ofStrings(languageIds()))
                                .build())
                .put(SpecJson.DESCRIPTION, line("What the service is for, in one line.", ServiceSpec.MAX_DESCRIPTION))
                .put(SpecJson.OWNER, line("Who holds the copyright.", ServiceSpec.MAX_OWNER))
                .put(SpecJson.CODE_OWNER, codeOwner())
                .put(SpecJson.MCP_SERVER, mcpServer())
                .put(
                        SpecJson.MESSAGE_QUEUE,
                        described(
                                        "What carries the service's events; none if it has none, as a tool and infrastructure.")
                                .put("enum", JsonArray.ofStrings(brokerIds()))
                                .build())
                .put(SpecJson.COMMIT_DATE, commitDate())
                .build();
        return JsonObject.builder()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", ID)
                .put("title", "Specification of a service, a tool or a module")
                .put("type", "object")
                .put("required", JsonArray.ofStrings(List.of(SpecJson.NAME)))
                .put("properties", properties)
                .put("additionalProperties", new JsonBoolean(false))
                .put("allOf", new JsonArray(List.of(languages(), featuresOfServices())))
                .build();
    }

    private static JsonObject type() {
        return described("What kind of project it is.")
                .put("enum", JsonArray.ofStrings(ids(List.of(ServiceType.values()))))
                .put("default", new JsonString(ServiceType.SERVICE.id()))
                .build();
    }

    /** Infrastructure has a language of its own, and all else another. */
    private static JsonObject languages() {
        return JsonObject.builder()
                .put("if", isOfType(List.of(ServiceType.INFRA)))
                .put("then", hasLanguage(Combinations.language(ServiceType.INFRA)))
                .put("else", hasLanguage(Combinations.language(ServiceType.SERVICE)))
                .build();
    }

    private static JsonObject hasLanguage(Language language) {
        return properties(JsonObject.builder()
                .put(
                        SpecJson.LANGUAGE,
                        JsonObject.builder()
                                .put("const", new JsonString(language.id()))
                                .put("default", new JsonString(language.id()))
                                .build())
                .build());
    }

    private static JsonObject featuresOfServices() {
        return JsonObject.builder()
                .put("if", isOfType(Combinations.withoutFeatures()))
                .put(
                        "then",
                        properties(JsonObject.builder()
                                .put(
                                        SpecJson.MCP_SERVER,
                                        JsonObject.builder()
                                                .put("const", new JsonBoolean(false))
                                                .build())
                                .put(SpecJson.MESSAGE_QUEUE, new JsonBoolean(false))
                                .build()))
                .build();
    }

    private static JsonObject isOfType(List<ServiceType> types) {
        JsonObject isOne = JsonObject.builder()
                .put("enum", JsonArray.ofStrings(ids(types)))
                .build();
        return JsonObject.builder()
                .put(
                        "properties",
                        JsonObject.builder().put(SpecJson.TYPE, isOne).build())
                // without a type it is a service
                .put("required", JsonArray.ofStrings(List.of(SpecJson.TYPE)))
                .build();
    }

    private static JsonObject properties(JsonObject properties) {
        return JsonObject.builder().put("properties", properties).build();
    }

    private static JsonObject name() {
        return described("The service's name: lower-case letters, digits and single hyphens.")
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", ServiceName.MAX_LENGTH)
                .put("pattern", "^[a-z](?:-?[a-z0-9])*$")
                .put(
                        "not",
                        JsonObject.builder()
                                .put(
                                        "anyOf",
                                        new JsonArray(List.of(
                                                JsonObject.builder()
                                                        .put("enum", JsonArray.ofStrings(ReservedNames.all()))
                                                        .build(),
                                                pattern(NOT_VISIBLE_ASCII))))
                                .build())
                .build();
    }

    private static JsonObject line(String description, int max) {
        return described(description
                        + " No space at either end and nothing that can't be seen; of characters beyond U+00FF only the"
                        + " reader of a specification tells which those are.")
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", max)
                .put("not", pattern(NOT_A_LINE))
                .build();
    }

    private static JsonObject codeOwner() {
        return described("Who is asked to review changes: @user, or @organisation/team.")
                .put("type", "string")
                .put("pattern", "^" + ServiceSpec.CODE_OWNER + "$")
                .put("not", pattern(NOT_VISIBLE_ASCII))
                .build();
    }

    private static JsonObject pattern(String pattern) {
        return JsonObject.builder().put("pattern", pattern).build();
    }

    private static JsonObject mcpServer() {
        return described(
                        "Whether assistants can use the service by the Model Context Protocol; a tool and infrastructure can't.")
                .put("type", "boolean")
                .put("default", false)
                .build();
    }

    private static JsonObject commitDate() {
        return described("The date of the first commit, in UTC.")
                .put("type", "string")
                .put("format", "date-time")
                .put("pattern", DATE)
                .put("not", pattern(NOT_VISIBLE_ASCII))
                .build();
    }

    private static JsonObject.Builder described(String description) {
        return JsonObject.builder().put("description", description);
    }

    private static List<String> ids(List<ServiceType> types) {
        return types.stream().map(ServiceType::id).toList();
    }

    private static List<String> languageIds() {
        return Arrays.stream(Language.values()).map(Language::id).toList();
    }

    private static List<String> brokerIds() {
        return Arrays.stream(Broker.values()).map(Broker::id).toList();
    }
}
