package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;

/** What the built-in generators make for a tool in Python. */
final class PythonTool {

    private static final String TEMPLATES = "python-tool";

    private PythonTool() {}

    /** The packages that it needs because of a generator: to run it, none. */
    static List<Dependency> dependencies(String generator) {
        return switch (generator) {
            case "tests" ->
                List.of(
                        Dependency.development("mypy", ">=1.0"),
                        Dependency.development("pytest", ">=7.2"),
                        Dependency.development("ruff", ">=0.6"));
            case "cicd" -> List.of(Dependency.development("yamllint", ">=1.29"));
            default -> List.of();
        };
    }

    /** Adds the files of a generator. */
    static void generate(String generator, ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        TemplateFiles templates = project.templates();
        switch (generator) {
            case "source" -> source(project);
            case "tests" ->
                templates.add(TEMPLATES, "tests/test_command.py", "tests/test_settings.py", "tests/test_summary.py");
            case "gitignore" -> {
                project.addAs("gitignore", ".gitignore");
                templates.addTextRules();
            }
            case "makefile" -> templates.add(TEMPLATES, "Makefile");
            case "readme" -> {
                templates.add(
                        TEMPLATES,
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "README.md",
                        "SECURITY.md",
                        "docs/adr/0001-shape-of-the-tool.md");
                templates.add("common", "LICENSE");
            }
            case "cicd" -> cicd(spec, project);
            // what stays and listens has images, manifests, alerts, servers and queues; a tool ends
            default -> {}
        }
    }

    private static void source(PythonProject project) {
        TemplateFiles templates = project.templates();
        templates.add(TEMPLATES, "pyproject.toml");
        templates.addAs(TEMPLATES + "/env.example", ".env.example");
        for (String module :
                new String[] {"__init__.py", "__main__.py", "cli.py", "py.typed", "settings.py", "summary.py"}) {
            templates.addAs(TEMPLATES + "/src/" + module, "src/" + project.packageName() + "/" + module);
        }
    }

    private static void cicd(ServiceSpec spec, PythonProject project) {
        TemplateFiles templates = project.templates();
        templates.addAs(TEMPLATES + "/github/ci.yml", ".github/workflows/ci.yml");
        templates.addAs(TEMPLATES + "/github/release.yml", ".github/workflows/release.yml");
        project.addAs("github/dependabot.yml", ".github/dependabot.yml");
        templates.addReview(spec);
        if (project.runs("tests")) {
            project.add("tests/test_drift.py");
        }
    }
}
