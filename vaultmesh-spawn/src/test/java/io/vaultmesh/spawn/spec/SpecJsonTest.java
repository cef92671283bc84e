package io.vaultmesh.spawn.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecJsonTest {

    private static ServiceSpec read(String json) {
        return ServiceSpec.fromJson(StrictJson.parseObject(json.getBytes(UTF_8), "specification"));
    }

    @Test
    void needsOnlyAName() {
        assertEquals(ServiceSpec.named("ledger").build(), read("{\"name\":\"ledger\"}"));
    }

    @Test
    void saysEverythingAndIsReadBack() {
        ServiceSpec spec = ServiceSpec.named("ledger")
                .type(ServiceType.WORKER)
                .description("Größe \"x\"")
                .owner("Example")
                .codeOwner("@example/payments")
                .with(Feature.messageQueue(Broker.RABBITMQ))
                .with(Feature.mcpServer())
                .commitDate(Instant.parse("2026-03-04T05:06:07Z"))
                .build();

        assertEquals(
                "{\"codeOwner\":\"@example/payments\",\"commitDate\":\"2026-03-04T05:06:07Z\","
                        + "\"description\":\"Größe \\\"x\\\"\",\"language\":\"python\",\"mcpServer\":true,"
                        + "\"messageQueue\":\"rabbitmq\",\"name\":\"ledger\",\"owner\":\"Example\",\"type\":\"worker\"}",
                new String(CanonicalJson.encode(spec.toJson()), UTF_8));
        assertEquals(spec, ServiceSpec.fromJson(spec.toJson()));
        assertEquals(Optional.of(Broker.RABBITMQ), spec.broker());
    }

    @Test
    void aServerThatIsNotWantedIsNone() {
        assertEquals(
                List.of(), read("{\"name\":\"ledger\",\"mcpServer\":false}").features());
    }

    @Test
    void tellsEveryProblemAtOnce() {
        SpecException e = assertThrows(
                SpecException.class,
                () -> read("{\"name\":\"../x\",\"type\":\"daemon\",\"language\":\"cobol\",\"messageQueue\":\"pigeon\","
                        + "\"commitDate\":\"yesterday\",\"description\":\"\",\"owner\":\" x\",\"codeOwner\":\"me\"}"));

        assertEquals(
                List.of("name", "type", "language", "messageQueue", "commitDate", "description", "owner", "codeOwner"),
                e.problems().stream().map(SpecProblem::field).toList());
        assertTrue(e.getMessage().contains("expected one of service, api, worker"), e.getMessage());
    }

    @Test
    void tellsWhatHasAnotherShapeTogetherWithWhatHasAWrongValue() {
        SpecException e = assertThrows(
                SpecException.class,
                () -> read("{\"name\":1,\"colour\":\"red\",\"\u202Eb\":[],\"mcpServer\":\"yes\",\"owner\":null,"
                        + "\"type\":\"daemon\",\"description\":\"\"}"));

        assertEquals(
                List.of("name", "colour", "\u202Eb", "mcpServer", "owner", "type", "description"),
                e.problems().stream().map(SpecProblem::field).toList());
        assertTrue(e.getMessage().startsWith("name \"1\" is a JSON number; expected a string. "), e.getMessage());
        assertTrue(e.getMessage().contains("colour \"red\" is unknown; expected one of codeOwner, "), e.getMessage());
        assertTrue(e.getMessage().contains("\"\\u202eb\" \"[]\" is unknown"), e.getMessage());
        assertTrue(e.getMessage().contains("mcpServer \"yes\" is a JSON string; expected a boolean"), e.getMessage());
    }

    @Test
    void tellsThatTheNameIsMissingTogetherWithAllElse() {
        SpecException e = assertThrows(SpecException.class, () -> read("{\"type\":\"daemon\"}"));

        assertEquals(
                List.of("name", "type"),
                e.problems().stream().map(SpecProblem::field).toList());
        assertEquals("is missing", e.problems().get(0).problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":1}",
                "{\"name\":\"ledger\",\"colour\":\"red\"}",
                "{\"name\":\"ledger\",\"mcpServer\":\"yes\"}",
                "{\"name\":\"ledger\",\"type\":null}"
            })
    void refusesWhatHasAnotherShape(String json) {
        assertThrows(SpecException.class, () -> read(json));
    }

    @Test
    void tellsNothingOfWhatGoesWithATypeThatNobodyKnows() {
        SpecException e = assertThrows(
                SpecException.class, () -> read("{\"name\":\"x\",\"type\":\"daemon\",\"language\":\"terraform\"}"));

        assertEquals(
                List.of("type"), e.problems().stream().map(SpecProblem::field).toList());
    }

    @Test
    void infrastructureIsReadBackWithItsLanguage() {
        ServiceSpec spec = read("{\"name\":\"net\",\"type\":\"infra\"}");

        assertEquals(Language.TERRAFORM, spec.language());
        assertEquals(spec, ServiceSpec.fromJson(spec.toJson()));
    }

    @Test
    void oneFeatureOfEachKind() {
        ServiceSpec.Builder builder = ServiceSpec.named("ledger").with(Feature.messageQueue(Broker.NATS));

        String message = assertThrows(
                        IllegalStateException.class, () -> builder.with(Feature.messageQueue(Broker.RABBITMQ)))
                .getMessage();

        assertTrue(message.contains("message-queue was already set to"), message);
    }
}
