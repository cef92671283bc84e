package io.vaultmesh.spawn.spec;

import io.vaultmesh.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
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

    static ServiceSpec read(JsonObject any) {
        JsonObject json =
                any.only(CODE_OWNER, COMMIT_DATE, DESCRIPTION, LANGUAGE, MCP_SERVER, MESSAGE_QUEUE, NAME, OWNER, TYPE);
        ServiceSpec.Builder spec = ServiceSpec.named(json.string(NAME));
        json.optionalString(DESCRIPTION).ifPresent(spec::description);
        json.optionalString(OWNER).ifPresent(spec::owner);
        json.optionalString(CODE_OWNER).ifPresent(spec::codeOwner);
        parse(spec, json, TYPE, text -> spec.type(ServiceType.of(text)));
        parse(spec, json, LANGUAGE, text -> spec.language(Language.of(text)));
        parse(spec, json, MESSAGE_QUEUE, text -> spec.with(Feature.messageQueue(Broker.of(text))));
        parse(spec, json, COMMIT_DATE, text -> spec.commitDate(date(text)));
        if (json.get(MCP_SERVER).isPresent() && json.bool(MCP_SERVER)) {
            spec.with(Feature.mcpServer());
        }
        return spec.build();
    }

    /** Reads a member, and leaves it to the builder to tell its problem together with all others. */
    private static void parse(ServiceSpec.Builder spec, JsonObject json, String member, Consumer<String> reader) {
        json.optionalString(member).ifPresent(text -> {
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
