package io.vaultmesh.spawn.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.spawn.spec.Language;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.toolchain.PythonVersion;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the tests of a service in a temporary copy of it. Stateless and thread-safe. */
public final class ProjectTests {

    private static final String NAME = "tests";
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern SUMMARY = Pattern.compile("(?m)^.*\\b[1-9][0-9]* passed.*$");

    /** Tests ran, and some of them failed. */
    private static final Pattern FAILED = Pattern.compile("(?m)^(?:=+ )?[1-9][0-9]* failed\\b");

    /** Without these the tests run all the same. */
    private static final Pattern NOT_NEEDED = Pattern.compile("mypy|ruff|yamllint");

    private static final String MISSING = """
            import importlib.metadata, sys
            for name in sys.argv[1:]:
                try:
                    importlib.metadata.version(name)
                except importlib.metadata.PackageNotFoundError:
                    print(name)
            """;

    private ProjectTests() {}

    /**
     * Runs the tests.
     *
     * @param spec what the service was made from
     * @param tree its files
     * @param toolchain the programs to run them with
     * @return a report of one check: passed if the tests ran and passed; failed if one failed, none ran, or they took
     *     longer than ten minutes; not checked if what they need isn't installed, and none of those that ran
     *     without it failed. Python runs the tests, those of infrastructure Terraform, which fetches the module's providers
     * @throws UncheckedIOException if the temporary copy can't be written
     */
    public static Report of(ServiceSpec spec, FileTree tree, Toolchain toolchain) {
        // what a test calls git for is about none of the developer's repositories, nor about their settings
        Toolchain clean = toolchain.withoutVariables("GIT_");
        Check check = spec.language() == Language.TERRAFORM
                ? toolchain
                        .find("terraform")
                        .map(program -> inCopy(tree, copy -> TerraformTests.run(NAME, program, copy, clean)))
                        .orElseGet(
                                () -> Check.notChecked(NAME, "there is no terraform on the PATH; install 1.9 or later"))
                : python(tree, clean);
        return new Report("tests of service " + spec.name(), List.of(check));
    }

    private static Check python(FileTree tree, Toolchain toolchain) {
        PythonVersion python = PythonVersion.find(toolchain);
        return python.usable()
                .map(program -> inCopy(tree, copy -> run(program, copy, tree, toolchain)))
                .orElseGet(() -> Check.notChecked(NAME, python.description()));
    }

    private static Check inCopy(FileTree tree, Function<Path, Check> tests) {
        try {
            Path scratch = Files.createTempDirectory("vaultmesh-tests");
            try (TreeWriter writer = TreeWriter.open(scratch.resolve("project"))) {
                writer.write(tree);
                // never published: the writer removes what the tests leave behind, too
                return tests.apply(writer.directory());
            } finally {
                Files.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a temporary copy to test: " + e, e);
        }
    }

    private static Check run(Path python, Path project, FileTree tree, Toolchain toolchain) {
        List<String> query = new ArrayList<>(List.of("-c", MISSING));
        query.addAll(declared(new ProjectFiles(tree)));
        List<String> missing = toolchain
                .run(python, project, new byte[0], LIMIT, query.toArray(String[]::new))
                .output()
                .lines()
                .toList();
        // else a file that lacks a package would keep the tests of all others from being run, and from failing
        Toolchain.Run run = toolchain.run(
                python, project, new byte[0], LIMIT, "-B", "-m", "pytest", "-q", "--continue-on-collection-errors");
        Optional<String> summary = SUMMARY.matcher(run.output())
                .results()
                .map(match -> match.group().replaceAll("^=+ | =+$", ""))
                .reduce((first, last) -> last);
        if (run.succeeded() && summary.isPresent()) {
            return Check.pass(NAME, summary.get());
        }
        boolean ran = FAILED.matcher(run.output()).find();
        if (!missing.isEmpty() && run.ended() && !ran) {
            return Check.notChecked(
                    NAME,
                    python + " lacks " + String.join(", ", missing) + "; `make install` in the service gets them");
        }
        if (!run.ended()) {
            return Check.fail(NAME, "not done within " + LIMIT.toMinutes() + " minutes");
        }
        return Check.fail(NAME, "pytest ends with status " + run.exit() + ": " + lastLines(run.output()));
    }

    static String lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** The distributions that the project declares, by name. */
    private static List<String> declared(ProjectFiles files) {
        return files.matching("pyproject\\.toml")
                .flatMap(file -> {
                    try {
                        JsonNode project = ProjectFiles.toml(file).path("project");
                        return Stream.of(
                                        project.path("dependencies"),
                                        project.path("optional-dependencies").path("dev"))
                                .flatMap(list -> {
                                    List<String> names = new ArrayList<>();
                                    list.forEach(
                                            entry -> names.add(entry.asText().replaceFirst("[^A-Za-z0-9._-].*", "")));
                                    return names.stream();
                                });
                    } catch (IOException e) {
                        throw new UncheckedIOException("pyproject.toml can't be read: " + e.getMessage(), e);
                    }
                })
                .filter(name -> !NOT_NEEDED.matcher(name).matches())
                .toList();
    }
}
