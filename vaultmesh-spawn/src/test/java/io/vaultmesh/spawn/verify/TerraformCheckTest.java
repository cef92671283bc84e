package io.vaultmesh.spawn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a module of Terraform without Terraform. */
class TerraformCheckTest {

    private static final ServiceSpec NET = ServiceSpec.named("net")
            .type(ServiceType.INFRA)
            .description("${var.nothing} %{ if local.nothing } \"module.nothing\" | {{ x }}")
            .build();

    private static final FileTree FILES = Spawner.builder().build().plan(NET).files();

    private static Report verify(FileTree tree) {
        return StaticVerification.of(NET, tree, Toolchain.of(Map.of()));
    }

    private static FileTree with(String path, String text) {
        FileTree.Builder tree = FileTree.builder();
        FILES.files().stream().filter(file -> !file.path().value().equals(path)).forEach(tree::add);
        return tree.add(new GeneratedFile(RelativePath.of(path), FileContent.utf8(text), false, "own"))
                .build();
    }

    @Test
    void passesAndSaysWhatWasLookedAt() {
        Report report = verify(FILES);

        assertTrue(!report.failed(), report.toText());
        Check check = report.check("terraform").orElseThrow();
        assertEquals(Outcome.PASS, check.outcome());
        assertTrue(check.detail().matches("3 modules, in which [3-9][0-9] references lead somewhere"), check.detail());
        assertTrue(report.check("format hcl").orElseThrow().detail().matches("1[0-9] files"), report.toText());
        assertTrue(report.check("names").isEmpty(), report.toText());
    }

    @TestFactory
    Stream<DynamicTest> passesWithoutAnyOneGenerator() {
        return Stream.of("tests", "gitignore", "makefile", "readme", "cicd")
                .map(generator -> DynamicTest.dynamicTest("without " + generator, () -> {
                    Report report = verify(Spawner.builder()
                            .without(generator)
                            .build()
                            .plan(NET)
                            .files());
                    assertTrue(!report.failed(), report.toText());
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "main.tf | ~resource \"~ | ~resource \" { \"~ | main.tf",
                "tests/validation.tftest.hcl | ~\\z~ | ~}~ | has a } that closes nothing",
                "variables.tf | ~  type        = string\n  default~ | ~  default~ | the module has the variable name without a type",
                "variables.tf | ~(?s)variable \"labels\" \\{\n  description.*?\n~ | ~variable \"labels\" {\n~ | variable labels without a description",
                "variables.tf | ~\\z~ | ~variable \"more\" {\n  description = \"\"\n  type = string\n  validation {\n    condition = var.more != \"\"\n  }\n}\n~ | has the variable more, which nothing uses",
                "outputs.tf | ~  description = \"The labels.*\n~ | ~~ | the module has the output labels without a description",
                "main.tf | ~= var.capacity\n~ | ~= var.capacities\n~ | the module refers to var.capacities, which isn't declared",
                "main.tf | ~\\$\\{var.name\\}~ | ~${var.names}~ | refers to var.names",
                "main.tf | ~= local.id\n~ | ~= local.ids\n~ | refers to local.ids",
                "examples/basic/outputs.tf | ~module.basic.id~ | ~module.advanced.id~ | examples/basic refers to module.advanced, which",
                "examples/basic/outputs.tf | ~module.basic.id~ | ~module.basic.name~ | refers to module.basic.name, which isn't declared",
                "examples/basic/main.tf | ~\"../..\"~ | ~\"../../modules\"~ | examples/basic calls the module ../../modules, which isn't there",
                "examples/basic/main.tf | ~\"../..\"~ | ~\"../../../net\"~ | calls the module ../../../net, which isn't there",
                "examples/basic/main.tf | ~allowed_sources~ | ~sources~ | gives sources, which isn't declared there",
                "examples/basic/main.tf | ~environment .*\n~ | ~~ | doesn't give environment, which has no default",
                "tests/example.tftest.hcl | ~examples/basic~ | ~examples/advanced~ | calls the module ./examples/advanced",
                "tests/outputs.tftest.hcl | ~    notify_url ~ | ~    notify_uri ~ | tests/outputs.tftest.hcl sets the variable notify_uri",
                "tests/validation.tftest.hcl | ~\\[var.name\\]~ | ~[var.title]~ | run refuses_a_name_in_capitals, expects a failure of var.title",
                "tests/validation.tftest.hcl | ~terraform_data.this~ | ~terraform_data.that~ | expects a failure of terraform_data.that",
                "README.md | ~\\| `labels` \\| `map~ | ~| `labels` | `set~ | README.md has the row [`labels`, `set(string)`, `{}`,",
                "README.md | ~\\| `labels` \\| .*\n~ | ~~ | README.md has no row for the variable labels",
                "README.md | ~\\| `about` \\| .*\n~ | ~~ | README.md has no row for the output about",
                "README.md | ~`string` \\| required~ | ~`string` | `\"staging\"`~ | README.md has the row [`environment`",
                "README.md | ~ Sensitive. \\|~ | ~ |~ | README.md has the row [`notify_url`",
                "README.md | ~\\| `about`~ | ~| `colour` | Which. |\n| `about`~ | has a row for the output `colour`, which isn't declared",
                "README.md | ~\\(examples/basic\\)~ | ~(examples/advanced)~ | links to examples/advanced",
            })
    void namesWhatIsWrong(String path, String old, String changed, String why) {
        String text = FILES.find(RelativePath.of(path)).orElseThrow().content().text();
        String broken = text.replaceFirst(old, Matcher.quoteReplacement(changed));
        assertTrue(!broken.equals(text), old + " doesn't occur in " + path);

        Report report = verify(with(path, broken));

        assertTrue(
                report.checks(Outcome.FAIL).stream()
                        .anyMatch(check -> (check.name() + " " + check.detail()).contains(why)),
                report.toText());
    }

    @Test
    void namesATestOfAModuleThatIsNotThere() {
        Report report = verify(with("modules/x/tests/a.tftest.hcl", "run \"a\" {}\n"));

        assertTrue(report.toText().contains("modules/x/tests/a.tftest.hcl tests a module that isn't there"));
    }
}
