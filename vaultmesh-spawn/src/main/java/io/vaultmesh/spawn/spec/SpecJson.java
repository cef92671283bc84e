package io.vaultmesh.spawn.spec;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A specification as JSON:
 *
 * <pre>
 * {"codeOwner"?, "commitDate"?, "description"?, "language"?, "mcpServer"?, "messageQueue"?, "name", "owner"?, "type"?}
 * </pre>
 *
 * <p>{@code mcpServer} is a boolean, {@code messageQueue} the id of a broker, all else are texts. Written, the members
 * with a default are always there, and a feature only if the service has it.
 */
final class SpecJson {

    static final String NAME = "name";
    static final String TYPE = "type";
    static final String LANGUAGE = "language";
    static final String DESCRIPTION = "description";
    static final String OWNER = "owner";
    static final String CODE_OWNER = "codeOwner";
    static final String MCP_SERVER = "mcpServer";
    static final String MESSAGE_QUEUE = "messageQueue";
    static final String COMMIT_DATE = "commitDate";

    private static final List<String> MEMBERS =
            List.of(CODE_OWNER, COMMIT_DATE, DESCRIPTION, LANGUAGE, MCP_SERVER, MESSAGE_QUEUE, NAME, OWNER, TYPE);

    /** A legal name, for the builder to tell all other problems when there is none. */
    private static final String STAND_IN = "service-without-a-name";

    private SpecJson() {}

    static JsonObject write(ServiceSpec spec) {
        JsonObject.Builder json = JsonObject.builder()
                .put(NAME, spec.name().value())
                .put(TYPE, spec.type().id())
                .put(LANGUAGE, spec.language().id())
                .put(DESCRIPTION, spec.description())
                .put(OWNER, spec.owner());
        spec.codeOwner().ifPresent(owner -> json.put(CODE_OWNER, owner));
        for (Feature feature : spec.features()) {
            if (feature instanceof Feature.MessageQueue queue) {
                json.put(MESSAGE_QUEUE, queue.broker().id());
            } else if (feature instanceof Feature.McpServer) {
                json.put(MCP_SERVER, true);
            }
        }
        spec.commitDate().ifPresent(date -> json.put(COMMIT_DATE, date.toString()));
        return json.build();
    }

    static ServiceSpec read(JsonObject json) {
        List<SpecProblem> shape = problemsOfShape(json);
        ServiceSpec.Builder spec = ServiceSpec.named(text(json, NAME).orElse(STAND_IN));
        spec.problems(shape);
        text(json, DESCRIPTION).ifPresent(spec::description);
        text(json, OWNER).ifPresent(spec::owner);
        text(json, CODE_OWNER).ifPresent(spec::codeOwner);
        parse(spec, json, TYPE, text -> spec.type(ServiceType.of(text)));
        parse(spec, json, LANGUAGE, text -> spec.language(Language.of(text)));
        parse(spec, json, MESSAGE_QUEUE, text -> spec.with(Feature.messageQueue(Broker.of(text))));
        parse(spec, json, COMMIT_DATE, text -> spec.commitDate(date(text)));
        if (json.get(MCP_SERVER).equals(Optional.of(new JsonBoolean(true)))) {
            spec.with(Feature.mcpServer());
        }
        return spec.build();
    }

    /** What is wrong with the members before one looks at what they say. */
    private static List<SpecProblem> problemsOfShape(JsonObject json) {
        List<SpecProblem> problems = new ArrayList<>();
        if (json.get(NAME).isEmpty()) {
            problems.add(new SpecProblem(NAME, "", "is missing", "a string"));
        }
        json.members().forEach((member, value) -> {
            if (!MEMBERS.contains(member)) {
                problems.add(
                        new SpecProblem(member, shown(value), "is unknown", "one of " + String.join(", ", MEMBERS)));
            } else if (member.equals(MCP_SERVER) ? !(value instanceof JsonBoolean) : !(value instanceof JsonString)) {
                String expected = member.equals(MCP_SERVER) ? "a boolean" : "a string";
                problems.add(new SpecProblem(member, shown(value), "is a JSON " + value.type(), expected));
            }
        });
        return problems;
    }

    private static String shown(JsonValue value) {
        return value instanceof JsonString string
                ? string.value()
                : new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    }

    /** A text that is one; if it isn't, its problem is known already. */
    private static Optional<String> text(JsonObject json, String member) {
        return json.get(member).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }

    /** Reads a member, and leaves it to the builder to tell its problem together with all others. */
    private static void parse(ServiceSpec.Builder spec, JsonObject json, String member, Consumer<String> reader) {
        text(json, member).ifPresent(text -> {
            try {
                reader.accept(text);
            } catch (SpecException e) {
                spec.problems(e.problems());
            }
        });
    }

    private static Instant date(String text) {
        try {
            if (!text.matches(SpecSchema.DATE)) {
                throw new DateTimeException("another notation");
            }
            return Instant.parse(text);
        } catch (DateTimeException e) {
            String example = "a date in UTC such as 2026-01-01T00:00:00Z";
            throw new SpecException(List.of(new SpecProblem(COMMIT_DATE, text, "is no date", example)), e);
        }
    }
}
