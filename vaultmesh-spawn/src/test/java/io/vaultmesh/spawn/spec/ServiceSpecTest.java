package io.vaultmesh.spawn.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSpecTest {

    @Nested
    class Parts {

        @Test
        void areWhatWasSet() {
            ServiceSpec spec = ServiceSpec.named("ledger")
                    .type(ServiceType.SERVICE)
                    .language(Language.PYTHON)
                    .description("Double-entry ledger")
                    .owner("Example Ltd.")
                    .commitDate(Instant.parse("2026-03-04T05:06:07Z"))
                    .build();

            assertEquals(ServiceName.of("ledger"), spec.name());
            assertEquals(ServiceType.SERVICE, spec.type());
            assertEquals(Language.PYTHON, spec.language());
            assertEquals("Double-entry ledger", spec.description());
            assertEquals("Example Ltd.", spec.owner());
            assertEquals(Optional.of(Instant.parse("2026-03-04T05:06:07Z")), spec.commitDate());
        }

        @Test
        void haveDefaultsButTheName() {
            ServiceSpec spec = ServiceSpec.named("ledger").build();

            assertEquals(ServiceType.SERVICE, spec.type());
            assertEquals(Language.PYTHON, spec.language());
            assertEquals("The ledger service", spec.description());
            assertEquals("the ledger authors", spec.owner());
            assertEquals(Optional.empty(), spec.commitDate());
        }

        @Test
        void makeSpecificationsEqual() {
            ServiceSpec one =
                    ServiceSpec.named("ledger").description("A ledger").build();
            ServiceSpec same =
                    ServiceSpec.named("ledger").description("A ledger").build();
            ServiceSpec other =
                    ServiceSpec.named("ledger").description("Another").build();

            assertEquals(one, same);
            assertEquals(one.hashCode(), same.hashCode());
            assertNotEquals(one, other);
            assertTrue(one.toString().startsWith("ServiceSpec[name=ledger, "), one.toString());
        }

        @Test
        void keepWholeSecondsOfADate() {
            ServiceSpec spec = ServiceSpec.named("ledger")
                    .commitDate(Instant.parse("2026-03-04T05:06:07.999Z"))
                    .build();

            assertEquals(Optional.of(Instant.parse("2026-03-04T05:06:07Z")), spec.commitDate());
        }
    }

    @Nested
    class Build {

        @Test
        void tellsAllProblemsAtOnce() {
            ServiceSpec.Builder builder = ServiceSpec.named("../Ledger")
                    .description("two\nlines")
                    .owner("")
                    .commitDate(Instant.parse("1969-12-31T23:59:59Z"));

            SpecException e = assertThrows(SpecException.class, builder::build);

            assertEquals(
                    List.of("name", "description", "owner", "commitDate"),
                    e.problems().stream().map(SpecProblem::field).toList());
            for (SpecProblem problem : e.problems()) {
                assertTrue(e.getMessage().contains(problem.toString()), e.getMessage());
            }
        }

        @Test
        void isRefusedForADateThatGitCannotKeep() {
            assertEquals(
                    "commitDate \"+10000-01-01T00:00:00Z\" is a date that git can't keep; expected a date from"
                            + " 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z",
                    messageOf(builder -> builder.commitDate(Instant.parse("+10000-01-01T00:00:00Z"))));
        }

        @Test
        void isRefusedOverTheLongestDescription() {
            String emoji = "\uD83D\uDE80";

            assertEquals(
                    200,
                    ServiceSpec.named("ledger")
                            .description(emoji.repeat(200))
                            .build()
                            .description()
                            .codePoints()
                            .count());
            assertTrue(messageOf(builder -> builder.description(emoji.repeat(201)))
                    .contains("has 201 characters; expected one line of 1 to 200"));
            assertTrue(messageOf(builder -> builder.owner("o".repeat(101))).contains("has 101 characters"));
        }

        @ParameterizedTest
        @CsvSource({
            "000A, the line break",
            "000D, the line break",
            "0085, the line break",
            "2028, the line break",
            "0000, the control character",
            "0009, the control character",
            "001B, the control character",
            "009B, the control character",
            "202E, the invisible formatting character",
            "2066, the invisible formatting character",
            "200F, the invisible formatting character",
            "FEFF, the invisible formatting character",
            "E0041, the invisible formatting character",
            "D800, half of a surrogate pair",
            "FFFE, U+FFFE",
            "FDD0, U+FDD0",
        })
        void isRefusedForACharacterThatCannotBeSeenOrWritten(String code, String problem) {
            String text = "a" + fromCode(code) + "b";

            String message = messageOf(builder -> builder.description(text));

            assertTrue(message.contains("contains " + problem), message);
            assertTrue(message.contains("U+" + code), message);
            assertTrue(message.codePoints().noneMatch(c -> c == Integer.parseInt(code, 16)), message);
        }

        @ParameterizedTest
        @ValueSource(strings = {" a", "a ", "\u00a0a", " "})
        void isRefusedForASpaceAtAnEnd(String text) {
            assertTrue(messageOf(builder -> builder.owner(text)).contains("starts or ends with a space"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "quotes \" ' ` \"\"\" '''",
                    "{{ name }} {% raw %} {# note #} ${{ github.token }}",
                    "$(whoami) `id` $HOME %PATH% \\ back\\n",
                    "Grüße, 帳簿 \uD83D\uDC69\u200D\uD83D\uDCBB",
                    "# <b>*bold*</b> [x](y) | & ~"
                })
        void acceptsWhateverCanBeEscaped(String text) {
            ServiceSpec spec =
                    ServiceSpec.named("ledger").description(text).owner(text).build();

            assertEquals(text, spec.description());
            assertEquals(text, spec.owner());
        }

        private static String messageOf(UnaryOperator<ServiceSpec.Builder> set) {
            ServiceSpec.Builder builder = set.apply(ServiceSpec.named("ledger"));
            return assertThrows(SpecException.class, builder::build).getMessage();
        }

        private static String fromCode(String code) {
            int c = Integer.parseInt(code, 16);
            return c <= 0xFFFF ? Character.toString((char) c) : Character.toString(c);
        }
    }

    @Nested
    class Combination {

        @Test
        void ofATypeAndNoLanguageHasTheLanguageAndTheDescriptionOfTheType() {
            ServiceSpec infra = ServiceSpec.named("net").type(ServiceType.INFRA).build();
            ServiceSpec tool = ServiceSpec.named("net").type(ServiceType.TOOL).build();

            assertEquals(Language.TERRAFORM, infra.language());
            assertEquals("The net module", infra.description());
            assertEquals(Language.PYTHON, tool.language());
            assertEquals("The net tool", tool.description());
        }

        @ParameterizedTest
        @CsvSource({
            "INFRA, PYTHON, 'language \"python\" is no language of type infra; expected terraform'",
            "TOOL, TERRAFORM, 'language \"terraform\" is no language of type tool; expected python'",
            "SERVICE, TERRAFORM, 'language \"terraform\" is no language of type service; expected python'",
        })
        void ofATypeAndALanguageThatItIsNotWrittenInIsRefused(ServiceType type, Language language, String message) {
            ServiceSpec.Builder builder = ServiceSpec.named("ledger").type(type).language(language);

            assertEquals(
                    message, assertThrows(SpecException.class, builder::build).getMessage());
        }

        @ParameterizedTest
        @CsvSource({"INFRA, infra", "TOOL, tool"})
        void ofATypeAndAFeatureThatItCannotHaveIsRefusedAndSaysWhatCan(ServiceType type, String id) {
            ServiceSpec.Builder builder = ServiceSpec.named("ledger")
                    .type(type)
                    .with(Feature.mcpServer())
                    .with(Feature.messageQueue(Broker.NATS));

            SpecException e = assertThrows(SpecException.class, builder::build);

            assertEquals(
                    "mcpServer \"true\" is nothing that type " + id
                            + " has; expected none, or one of the types service, api, worker. messageQueue \"nats\" is"
                            + " nothing that type " + id
                            + " has; expected none, or one of the types service, api, worker",
                    e.getMessage());
        }
    }

    @Nested
    class SecondValue {

        @Test
        void isRefusedAndTheFirstOneIsNamed() {
            ServiceSpec.Builder builder = ServiceSpec.named("ledger").description("A ledger");

            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> builder.description("Another ledger"));

            assertEquals("description was already set to \"A ledger\", and can be set only once", e.getMessage());
        }

        @Test
        void isRefusedForEveryPart() {
            ServiceSpec.Builder builder = ServiceSpec.named("ledger")
                    .type(ServiceType.SERVICE)
                    .language(Language.PYTHON)
                    .owner("o")
                    .commitDate(Instant.EPOCH);

            assertThrows(IllegalStateException.class, () -> builder.type(ServiceType.SERVICE));
            assertThrows(IllegalStateException.class, () -> builder.language(Language.PYTHON));
            assertThrows(IllegalStateException.class, () -> builder.owner("p"));
            assertThrows(IllegalStateException.class, () -> builder.commitDate(Instant.EPOCH));
        }
    }

    @Test
    void nullIsRefusedAtOnceAndNamed() {
        ServiceSpec.Builder builder = ServiceSpec.named("ledger");

        assertEquals(
                "name",
                assertThrows(NullPointerException.class, () -> ServiceSpec.named(null))
                        .getMessage());
        assertEquals(
                "description",
                assertThrows(NullPointerException.class, () -> builder.description(null))
                        .getMessage());
    }

    @Test
    void aTypeAndALanguageAreFoundByTheirNames() {
        assertEquals(ServiceType.SERVICE, ServiceType.of("service"));
        assertEquals(Language.PYTHON, Language.of("python"));
        assertThrows(IllegalArgumentException.class, () -> ServiceType.of("SERVICE"));
        assertThrows(IllegalArgumentException.class, () -> Language.of("cobol"));
    }

    @Test
    void anExceptionWithoutAProblemIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SpecException(List.of()));
    }

    @Test
    void aLongValueIsShortenedInTheMessage() {
        String message = new SpecProblem("owner", "o".repeat(500), "is long", "less").toString();

        assertEquals("owner \"" + "o".repeat(80) + "…\" is long; expected less", message);
    }
}
