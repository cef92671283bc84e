package io.vaultmesh.spawn.generator;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorsTest {

    private static final ServiceSpec LEDGER = ServiceSpec.named("ledger").build();

    private static Generator needing(String id, Dependency... dependencies) {
        return new Generator() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public List<Dependency> dependencies(ServiceSpec spec) {
                return List.of(dependencies);
            }

            @Override
            public void generate(ServiceSpec spec, FileSink files) {}
        };
    }

    private static Generator writing(String id, String path) {
        return Generator.of(id, (spec, files) -> files.add(RelativePath.of(path), "by " + id));
    }

    private static String messageOf(Generator... generators) {
        Generators all = Generators.of(List.of(generators));
        return assertThrows(IllegalStateException.class, () -> all.generate(LEDGER))
                .getMessage();
    }

    @Nested
    class BuiltIn {

        @Test
        void areElevenAndMakeTheirOwnFiles() {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("ledger")
                            .type(ServiceType.API)
                            .codeOwner("@example/ledger")
                            .with(Feature.mcpServer())
                            .with(Feature.messageQueue(Broker.RABBITMQ))
                            .build());

            assertEquals(
                    List.of(
                            "source",
                            "tests",
                            "gitignore",
                            "makefile",
                            "readme",
                            "dockerfile",
                            "kubernetes",
                            "cicd",
                            "monitoring",
                            "mcp-server",
                            "message-queue"),
                    Generators.builtIn().ids());
            assertMakes(files, "source", "pyproject.toml", "src/ledger/app.py", "src/ledger/items.py", ".env.example");
            assertMakes(files, "tests", "tests/test_app.py", "tests/test_contract.py");
            assertMakes(files, "gitignore", ".gitignore", ".gitattributes", ".editorconfig");
            assertMakes(files, "makefile", "Makefile");
            assertMakes(
                    files,
                    "readme",
                    "README.md",
                    "LICENSE",
                    "SECURITY.md",
                    "CONTRIBUTING.md",
                    "CHANGELOG.md",
                    "docs/adr/0001-shape-of-the-service.md");
            assertMakes(files, "dockerfile", "Dockerfile", ".dockerignore", "compose.yaml");
            assertMakes(files, "kubernetes", "deploy/kubernetes/base/deployment.yaml");
            assertMakes(
                    files,
                    "cicd",
                    ".github/workflows/ci.yml",
                    ".github/workflows/release.yml",
                    ".github/dependabot.yml",
                    ".github/CODEOWNERS",
                    "scripts/drift.py");
            assertMakes(files, "monitoring", "monitoring/prometheus/prometheus.yml", "monitoring/compose.yaml");
            assertMakes(files, "mcp-server", "src/ledger/mcp_server/server.py", "tests/test_mcp_server.py");
            assertMakes(files, "message-queue", "src/ledger/rabbitmq.py", "src/ledger/publisher.py");
        }

        private static void assertMakes(FileTree files, String generator, String... paths) {
            for (String path : paths) {
                GeneratedFile file =
                        files.find(RelativePath.of(path)).orElseThrow(() -> new AssertionError(path + " isn't there"));
                assertEquals(generator, file.generator(), path);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"TOOL", "INFRA"})
        void makeForWhatRunsOnceNothingThatOnlyServicesNeed(ServiceType type) {
            ServiceSpec spec =
                    ServiceSpec.named("ledger").type(type).codeOwner("@a/b").build();

            Set<String> made = Generators.builtIn().generate(spec).files().stream()
                    .map(GeneratedFile::generator)
                    .collect(toSet());

            assertEquals(Set.of("source", "tests", "gitignore", "makefile", "readme", "cicd"), made);
        }

        @Test
        void makeAToolThatNeedsNoPackageToRun() {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("night-shift")
                            .type(ServiceType.TOOL)
                            .build());

            assertMakes(files, "source", "pyproject.toml", "src/night_shift/cli.py", ".env.example");
            assertMakes(files, "tests", "tests/test_command.py");
            assertMakes(files, "cicd", ".github/workflows/release.yml", "tests/test_drift.py", "scripts/drift.py");
            assertMakes(files, "readme", "LICENSE", "SECURITY.md", "docs/adr/0001-shape-of-the-tool.md");
            assertTrue(textOf(files, "pyproject.toml").contains("\ndependencies = [\n]\n"));
            assertTrue(textOf(files, "pyproject.toml").contains("\nnight-shift = \"night_shift.cli:main\"\n"));
            assertTrue(textOf(files, ".env.example").contains("#NIGHT_SHIFT_MOST=5\n"));
            // what others make refers to no image
            assertFalse(textOf(files, ".github/dependabot.yml").contains("docker"));
        }

        @Test
        void makeAModuleOfTerraformWithBuiltInResourcesOnly() {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("net").type(ServiceType.INFRA).build());

            assertMakes(
                    files, "source", "main.tf", "variables.tf", "outputs.tf", "versions.tf", "examples/basic/main.tf");
            assertMakes(files, "tests", "tests/validation.tftest.hcl", "tests/readme.tftest.hcl");
            assertMakes(files, "cicd", ".github/workflows/ci.yml", ".github/dependabot.yml", "scripts/drift.py");
            assertMakes(files, "readme", "README.md", "LICENSE", "docs/adr/0001-shape-of-the-module.md");
            for (GeneratedFile file : files) {
                String text = file.content().text();
                if (file.path().value().endsWith(".tf")) {
                    assertFalse(text.contains("provider \""), text);
                    assertFalse(text.matches("(?s).*\\bresource \"(?!terraform_data\").*"), text);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void makeNoServerAndNoQueueUnlessTheyAreAskedFor(ServiceType type) {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("ledger").type(type).build());

            assertEquals(
                    List.of(),
                    files.files().stream()
                            .filter(file -> file.generator().equals("mcp-server")
                                    || file.generator().equals("message-queue"))
                            .toList());
        }

        @ParameterizedTest
        @EnumSource
        void makeTextThatEndsInOneLineBreakAndHasNoTrailingSpaces(ServiceType type) {
            ServiceSpec spec = ServiceSpec.named("ledger").type(type).build();
            for (GeneratedFile file : Generators.builtIn().generate(spec)) {
                String path = file.path().value();
                // those have braces of their own
                boolean hasBraces = path.startsWith(".github/") || path.startsWith("monitoring/");
                String text = file.content().text();
                assertTrue(text.isEmpty() || text.endsWith("\n"), file.path() + " ends without a line break");
                assertFalse(text.endsWith("\n\n"), file.path() + " ends with an empty line");
                assertFalse(text.contains(" \n"), file.path() + " has a space at the end of a line");
                assertFalse(
                        text.contains("\r") || (!hasBraces && (text.contains("{{") || text.contains("{%"))),
                        file.path().value());
            }
        }

        @Test
        void writeANameWithAHyphenAsAnIdentifierWhereOneIsNeeded() {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("night-shift").build());

            assertTrue(files.find(RelativePath.of("src/night_shift/app.py")).isPresent());
            assertTrue(textOf(files, "pyproject.toml").contains("\nname = \"night-shift\"\n"));
            assertTrue(textOf(files, "pyproject.toml").contains("\nnight-shift = \"night_shift.server:main\"\n"));
        }

        @Test
        void nameTheOwner() {
            FileTree files = Generators.builtIn()
                    .generate(ServiceSpec.named("ledger")
                            .owner("Éxample \"Ltd\".")
                            .build());

            assertTrue(textOf(files, "README.md").contains("Copyright Éxample \"Ltd\"., licensed under"));
            assertTrue(textOf(files, "pyproject.toml").contains("authors = [{ name = \"Éxample \\\"Ltd\\\".\" }]"));
        }

        private static String textOf(FileTree files, String path) {
            return files.find(RelativePath.of(path)).orElseThrow().content().text();
        }
    }

    @Nested
    class Dependencies {

        @Test
        void ofAllGeneratorsReachTheProject() {
            FileTree files = Generators.builtIn()
                    .and(needing(
                            "queue",
                            Dependency.runtime("pika", ">=1.3,<2"),
                            Dependency.development("types-pika", ">=1.2")))
                    .generate(LEDGER);

            String project = files.find(RelativePath.of("pyproject.toml"))
                    .orElseThrow()
                    .content()
                    .text();
            assertTrue(
                    project.contains("dependencies = [\n    \"fastapi>=0.92,<1\",\n    \"pika>=1.3,<2\",\n"), project);
            assertTrue(project.contains("    \"types-pika>=1.2\",\n"), project);
        }

        @Test
        void thatAreTheSameCountOnce() {
            Dependency pika = Dependency.runtime("pika", ">=1.3");
            StringBuilder seen = new StringBuilder();
            Generator reader = Generator.of("reader", (spec, files) -> seen.append(files.dependencies()));

            FileTree unused = Generators.of(List.of(reader, needing("one", pika), needing("two", pika)))
                    .generate(LEDGER);

            assertEquals(0, unused.size());
            assertEquals("[" + pika + "]", seen.toString());
        }

        @Test
        void ofTheServiceAndOfItsTestsAreOfTheService() {
            Dependency runtime = Dependency.runtime("httpx", ">=1");
            StringBuilder seen = new StringBuilder();
            Generator reader = Generator.of("reader", (spec, files) -> seen.append(files.dependencies()));

            FileTree unused = Generators.of(List.of(
                            reader, needing("one", Dependency.development("httpx", ">=1")), needing("two", runtime)))
                    .generate(LEDGER);

            assertEquals(0, unused.size());
            assertEquals("[" + runtime + "]", seen.toString());
        }

        @Test
        void ofOneNameInTwoSpellingsAreRefused() {
            String message = messageOf(
                    needing("one", Dependency.runtime("Fast_API", ">=1")),
                    needing("two", Dependency.runtime("fast-api", ">=1")));

            assertTrue(message.startsWith("generators one and two need different things: "), message);
        }

        @Test
        void thatContradictEachOtherAreRefusedAndBothGeneratorsNamed() {
            String message = messageOf(
                    needing("one", Dependency.runtime("pika", ">=1")),
                    needing("two", Dependency.runtime("pika", ">=2")));

            assertTrue(message.startsWith("generators one and two need different things: "), message);
        }

        @ParameterizedTest
        @CsvSource({"'', >=1", "a b, >=1", "'a\"', >=1", "-a, >=1", "a, ''", "a, '>=1\"'", "a, '>=1\n'"})
        void withCharactersThatNoRegistryKnowsAreRefused(String name, String versions) {
            assertThrows(IllegalArgumentException.class, () -> Dependency.runtime(name, versions));
        }
    }

    @Nested
    class Failure {

        @Test
        void ofAGeneratorNamesItAndKeepsTheCause() {
            RuntimeException cause = new IllegalArgumentException("no such thing");
            Generators all = Generators.of(List.of(Generator.of("changelog", (spec, files) -> {
                throw cause;
            })));

            IllegalStateException e = assertThrows(IllegalStateException.class, () -> all.generate(LEDGER));

            assertEquals("generator changelog failed for service ledger: no such thing", e.getMessage());
            assertSame(cause, e.getCause());
        }

        @Test
        void whileDeclaringDependenciesNamesTheGeneratorToo() {
            Generator failing = new Generator() {
                @Override
                public String id() {
                    return "failing";
                }

                @Override
                public List<Dependency> dependencies(ServiceSpec spec) {
                    throw new IllegalStateException("none today");
                }

                @Override
                public void generate(ServiceSpec spec, FileSink files) {}
            };

            assertEquals("generator failing failed for service ledger: none today", messageOf(failing));
        }

        @Test
        void ofTwoGeneratorsToShareAPathNamesBoth() {
            assertEquals(
                    "generator two failed for service ledger: a.txt of generator two is also a.txt of generator one",
                    messageOf(writing("one", "a.txt"), writing("two", "a.txt")));
        }

        @ParameterizedTest
        @ValueSource(strings = {".vaultmesh/manifest.json", ".vaultmesh/x", ".VaultMesh/x", ".vaultmesh"})
        void toKeepOutOfTheManifestsDirectoryIsOne(String path) {
            assertTrue(messageOf(writing("one", path)).contains("which is kept for the manifest"));
        }
    }

    @Test
    void anExecutableAndABinaryFileAreKeptAsTheyAre() {
        FileTree files = Generators.of(List.of(Generator.of("mine", (spec, sink) -> {
                    sink.addExecutable(RelativePath.of("run"), FileContent.utf8("#!/bin/sh\n"));
                    sink.add(RelativePath.of("logo"), FileContent.of(new byte[] {0, (byte) 0xFF}));
                })))
                .generate(LEDGER);

        assertTrue(files.find(RelativePath.of("run")).orElseThrow().executable());
        assertEquals(
                2, files.find(RelativePath.of("logo")).orElseThrow().content().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Changelog", "1x", "a b", "a_b", "-a"})
    void anIdIsLowerCaseLettersDigitsAndHyphens(String id) {
        assertThrows(IllegalArgumentException.class, () -> writing(id, "a"));
        assertThrows(IllegalArgumentException.class, () -> Generators.of(List.of(needing(id))));
    }

    @Test
    void twoGeneratorsOfOneIdAreRefused() {
        Generators builtIn = Generators.builtIn();

        String message = assertThrows(IllegalArgumentException.class, () -> builtIn.and(writing("readme", "README.md")))
                .getMessage();

        assertTrue(message.startsWith("two generators are called readme, expected one"), message);
    }

    @Test
    void aGeneratorToLeaveOutMustExist() {
        Generators builtIn = Generators.builtIn();

        String message = assertThrows(IllegalArgumentException.class, () -> builtIn.without("reademe"))
                .getMessage();

        assertEquals(
                "there is no generator called \"reademe\", expected one of source, tests, gitignore, makefile, readme,"
                        + " dockerfile, kubernetes, cicd, monitoring, mcp-server, message-queue",
                message);
    }
}
