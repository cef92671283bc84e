package io.vaultmesh.spawn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceName;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.spec.SpecException;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Whatever a legal specification says, every file is one of its format and says the same. */
class StaticVerificationProperties {

    /** Python too, which alone can read its files; without one, those are not checked, which is no pass. */
    private static final Toolchain PROGRAMS = Toolchain.of(Map.of("PATH", "/usr/bin:/bin"));

    private final Spawner spawner = Spawner.builder().build();

    @Property(tries = 10, shrinking = ShrinkingMode.BOUNDED)
    void passesForEverySpecificationAndGivesItsTextsBack(@ForAll("specifications") ServiceSpec spec)
            throws IOException {
        FileTree files = spawner.plan(spec).files();

        Report report = StaticVerification.of(spec, files, PROGRAMS);

        assertTrue(report.passed(), () -> report.toText() + "\nof " + spec);
        assertTextsSurvive(spec, files);
    }

    /** More of them, without the program that takes most of the time. */
    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void failsForNoSpecificationAndGivesItsTextsBack(@ForAll("specifications") ServiceSpec spec) throws IOException {
        FileTree files = spawner.plan(spec).files();

        Report report = StaticVerification.of(spec, files, Toolchain.of(Map.of()));

        assertTrue(!report.failed(), () -> report.toText() + "\nof " + spec);
        assertTextsSurvive(spec, files);
    }

    private static void assertTextsSurvive(ServiceSpec spec, FileTree files) throws IOException {
        String description = spec.description();
        assertEquals(description, firstParagraph(file(files, "README.md")));
        assertManifestAndCodeOwner(spec, files);
        if (spec.type() == ServiceType.INFRA) {
            assertTextsSurviveInTerraform(spec, files);
            return;
        }
        JsonNode project = ProjectFiles.toml(file(files, "pyproject.toml")).path("project");
        assertEquals(description, project.path("description").asText());
        assertEquals(spec.owner(), project.path("authors").path(0).path("name").asText());
        if (spec.type() == ServiceType.TOOL) {
            return;
        }
        JsonNode deployment = ProjectFiles.yaml(file(files, "deploy/kubernetes/base/deployment.yaml"))
                .get(0);
        assertEquals(
                description,
                deployment
                        .path("metadata")
                        .path("annotations")
                        .path("kubernetes.io/description")
                        .asText());
        Map<String, String> labels =
                Dockerfile.values("LABEL", file(files, "Dockerfile").content().text());
        assertEquals(description, labels.get("org.opencontainers.image.description"));
        assertEquals(spec.owner(), labels.get("org.opencontainers.image.vendor"));
        if (spec.type() == ServiceType.API) {
            JsonNode api = ProjectFiles.yaml(
                            file(files, "src/" + spec.name().value().replace('-', '_') + "/openapi.json"))
                    .get(0);
            assertEquals(description, api.path("info").path("description").asText());
        }
    }

    private static void assertTextsSurviveInTerraform(ServiceSpec spec, FileTree files) throws IOException {
        String about = HclReader.read(file(files, "main.tf").content().text())
                .blocks("locals")
                .findFirst()
                .orElseThrow()
                .attributes()
                .get("about")
                .source();
        // what isn't escaped for templates is as in JSON
        String json = about.replace("$${", "${")
                .replace("%%{", "%{")
                .replaceFirst("(?m)^ *description = (.*)$", "\"description\": $1,")
                .replaceFirst("(?m)^ *owner       = ", "\"owner\": ");
        JsonNode read = new ObjectMapper().readTree(json);
        assertEquals(spec.description(), read.path("description").asText());
        assertEquals(spec.owner(), read.path("owner").asText());
    }

    private static void assertManifestAndCodeOwner(ServiceSpec spec, FileTree files) {
        if (spec.codeOwner().isPresent()) {
            String owners = file(files, ".github/CODEOWNERS").content().text();
            assertTrue(owners.contains(" " + spec.codeOwner().get() + "\n"), owners);
        }
        byte[] manifest = file(files, Manifest.PATH.value()).content().bytes();
        assertEquals(
                spec,
                ServiceSpec.fromJson(
                        StrictJson.parseObject(manifest, "manifest").object("spec")));
    }

    private static GeneratedFile file(FileTree files, String path) {
        return files.find(RelativePath.of(path)).orElseThrow(() -> new AssertionError("there is no " + path));
    }

    /** What a reader of a Markdown file sees first below its heading. */
    private static String firstParagraph(GeneratedFile file) {
        Node node = Parser.builder().build().parse(file.content().text()).getFirstChild();
        while (!(node instanceof Paragraph)) {
            node = node.getNext();
        }
        StringBuilder text = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            assertTrue(child instanceof Text, () -> file.content().text());
        }
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text literal) {
                text.append(literal.getLiteral());
            }
        });
        return text.toString();
    }

    @Provide
    Arbitrary<ServiceSpec> specifications() {
        Arbitrary<Optional<Broker>> brokers = Arbitraries.of(Broker.values()).optional(0.67);
        Arbitrary<Optional<String>> owners =
                Arbitraries.of("@a", "@example/payments", "@x-y/z.0_1-a").optional();
        return Combinators.combine(
                        names(),
                        Arbitraries.of(ServiceType.values()),
                        brokers,
                        Arbitraries.of(true, false),
                        texts(ServiceSpec.MAX_DESCRIPTION),
                        texts(ServiceSpec.MAX_OWNER),
                        owners)
                .as((name, type, broker, mcp, description, owner, codeOwner) -> {
                    ServiceSpec.Builder spec = ServiceSpec.named(name)
                            .type(type)
                            .description(description)
                            .owner(owner);
                    boolean hasFeatures = type != ServiceType.TOOL && type != ServiceType.INFRA;
                    broker.filter(some -> hasFeatures).ifPresent(some -> spec.with(Feature.messageQueue(some)));
                    codeOwner.ifPresent(spec::codeOwner);
                    if (mcp && hasFeatures) {
                        spec.with(Feature.mcpServer());
                    }
                    return spec.build();
                });
    }

    private static Arbitrary<String> names() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "a", "x".repeat(63), "a1-2-3", "test-app", "null-1", "yes", "on", "n", "e1", "o7")),
                Tuple.of(
                        3,
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .withCharRange('0', '9')
                                .withChars("-")
                                .ofMinLength(1)
                                .ofMaxLength(30)
                                .map(text -> "a" + text)
                                .filter(StaticVerificationProperties::isName)));
    }

    private static boolean isName(String text) {
        try {
            return !ServiceName.of(text).value().isEmpty();
        } catch (SpecException e) {
            return false;
        }
    }

    /** What means something in some format, and any character that is legal in a specification. */
    private static Arbitrary<String> texts(int most) {
        Arbitrary<String> hostile = Arbitraries.of(
                "\"",
                "'",
                "\"\"\"",
                "'''",
                "\\",
                "\\\\",
                "\\n",
                "\\u0041",
                "\\x41",
                "\\x",
                "\\u12",
                "\\U1",
                "\\N{",
                "\\N{DASH}",
                "{{ name }}",
                "{{",
                "}}",
                "{% raw %}",
                "{# x #}",
                "${{ secrets.X }}",
                "${X}",
                "$(id)",
                "$$",
                "$X",
                "`id`",
                "%s",
                "%(x)s",
                "{x}",
                "#",
                " #",
                ": ",
                "- ",
                "& ",
                "* ",
                "!tag",
                "|",
                ">",
                "? ",
                "@",
                "%",
                "---",
                "...",
                "[a](b)",
                "![i](j)",
                "<b>",
                "<!--",
                "-->",
                "&amp;",
                "&#x41;",
                "~~",
                "__",
                "==",
                "1. ",
                "1) ",
                "+ ",
                "null",
                "true",
                "~",
                "0x1",
                "1e3",
                "2026-01-01",
                "http://a.example/",
                "a@b.example",
                "\u00E9",
                "e\u0301",
                "\u00DF",
                "\u0130",
                "\u00A0x",
                "\u3000x",
                "\u200Dx",
                "\u200Cx",
                "\u05D0",
                "\u0627",
                "\uD83D\uDE80",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\uE000",
                "\uFFFD",
                "\uDBFF\uDFFD",
                " ",
                "  ",
                "x");
        Arbitrary<String> any = Arbitraries.integers()
                .between(0x20, 0x10FFFF)
                .filter(StaticVerificationProperties::isLegal)
                .map(Character::toString);
        Arbitrary<String> ascii =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(3);
        return Arbitraries.frequencyOf(Tuple.of(5, hostile), Tuple.of(2, any), Tuple.of(2, ascii))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> cut(String.join("", parts), most));
    }

    private static boolean isLegal(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && (c & 0xFFFE) != 0xFFFE
                && (c < 0xFDD0 || c > 0xFDEF);
    }

    /** At most so many characters, and no space at either end. */
    private static String cut(String text, int most) {
        int[] points = text.codePoints().limit(most).toArray();
        int start = 0;
        int end = points.length;
        while (start < end && isSpace(points[start])) {
            start++;
        }
        while (end > start && isSpace(points[end - 1])) {
            end--;
        }
        return start == end ? "x" : new String(points, start, end - start);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
