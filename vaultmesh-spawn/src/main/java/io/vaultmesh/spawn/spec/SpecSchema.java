package io.vaultmesh.spawn.spec;

import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON Schema (draft 2020-12) of a specification, from which a portal can build a form. What the schema accepts,
 * {@link ServiceSpec#fromJson} accepts, and the other way round; but for a day that its month doesn't have, which only a
 * validator refuses that checks formats.
 */
final class SpecSchema {

    private static final String ID = "https://vaultmesh.org/spawn/spec/v1";

    /** As {@link Texts} has it; JSON as we read it (I-JSON) has no noncharacters and no half surrogate pairs. */
    private static final String ONE_LINE =
            "^(?!\\p{Z})(?:[\\u200C\\u200D]|[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}])*(?<!\\p{Z})(?![\\s\\S])";

    static final String DATE = "^(?:19[7-9][0-9]|[2-9][0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z(?![\\s\\S])";

    private SpecSchema() {}

    static JsonObject json() {
        JsonObject properties = JsonObject.builder()
                .put(SpecJson.NAME, name())
                .put(SpecJson.TYPE, ids("What kind of service it is.", ServiceType.SERVICE.id(), typeIds()))
                .put(SpecJson.LANGUAGE, ids("The language it is written in.", Language.PYTHON.id(), languageIds()))
                .put(SpecJson.DESCRIPTION, line("What the service is for, in one line.", ServiceSpec.MAX_DESCRIPTION))
                .put(SpecJson.OWNER, line("Who holds the copyright.", ServiceSpec.MAX_OWNER))
                .put(SpecJson.CODE_OWNER, codeOwner())
                .put(SpecJson.MCP_SERVER, mcpServer())
                .put(
                        SpecJson.MESSAGE_QUEUE,
                        described("What carries the service's events; none if it has none.")
                                .put("enum", JsonArray.ofStrings(brokerIds()))
                                .build())
                .put(SpecJson.COMMIT_DATE, commitDate())
                .build();
        return JsonObject.builder()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", ID)
                .put("title", "Specification of a service")
                .put("type", "object")
                .put("required", JsonArray.ofStrings(List.of(SpecJson.NAME)))
                .put("properties", properties)
                .put("additionalProperties", new JsonBoolean(false))
                .build();
    }

    private static JsonObject name() {
        return described("The service's name: lower-case letters, digits and single hyphens.")
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", ServiceName.MAX_LENGTH)
                .put("pattern", "^[a-z](?:-?[a-z0-9])*(?![\\s\\S])")
                .put(
                        "not",
                        JsonObject.builder()
                                .put("enum", JsonArray.ofStrings(ReservedNames.all()))
                                .build())
                .build();
    }

    private static JsonObject line(String description, int max) {
        return described(description)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", max)
                .put("pattern", ONE_LINE)
                .build();
    }

    private static JsonObject codeOwner() {
        return described("Who is asked to review changes: @user, or @organisation/team.")
                .put("type", "string")
                .put("pattern", "^" + ServiceSpec.CODE_OWNER + "(?![\\s\\S])")
                .build();
    }

    private static JsonObject mcpServer() {
        return described("Whether assistants can use the service by the Model Context Protocol.")
                .put("type", "boolean")
                .put("default", false)
                .build();
    }

    private static JsonObject commitDate() {
        return described("The date of the first commit, in UTC.")
                .put("type", "string")
                .put("format", "date-time")
                .put("pattern", DATE)
                .build();
    }

    private static JsonObject ids(String description, String byDefault, List<String> ids) {
        return described(description)
                .put("enum", JsonArray.ofStrings(ids))
                .put("default", new JsonString(byDefault))
                .build();
    }

    private static JsonObject.Builder described(String description) {
        return JsonObject.builder().put("description", description);
    }

    private static List<String> typeIds() {
        return Arrays.stream(ServiceType.values()).map(ServiceType::id).toList();
    }

    private static List<String> languageIds() {
        return Arrays.stream(Language.values()).map(Language::id).toList();
    }

    private static List<String> brokerIds() {
        return Arrays.stream(Broker.values()).map(Broker::id).toList();
    }
}
