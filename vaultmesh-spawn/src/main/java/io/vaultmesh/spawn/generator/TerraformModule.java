package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.render.TemplateModel;
import io.vaultmesh.spawn.spec.ServiceSpec;

/** What the built-in generators make for infrastructure: a module of Terraform. */
final class TerraformModule {

    private static final String TEMPLATES = "terraform";

    private TerraformModule() {}

    /** Adds the files of a generator. */
    static void generate(String generator, ServiceSpec spec, FileSink files) {
        TemplateFiles templates = new TemplateFiles(files, model(spec, files));
        switch (generator) {
            case "source" ->
                templates.add(
                        TEMPLATES,
                        "main.tf",
                        "outputs.tf",
                        "variables.tf",
                        "versions.tf",
                        "examples/basic/README.md",
                        "examples/basic/main.tf",
                        "examples/basic/outputs.tf",
                        "examples/basic/versions.tf");
            case "tests" -> tests(templates);
            case "gitignore" -> {
                templates.addAs(TEMPLATES + "/gitignore", ".gitignore");
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
                        "docs/adr/0001-shape-of-the-module.md");
                templates.add("common", "LICENSE");
            }
            case "cicd" -> {
                templates.addAs(TEMPLATES + "/github/ci.yml", ".github/workflows/ci.yml");
                templates.addAs(TEMPLATES + "/github/release.yml", ".github/workflows/release.yml");
                templates.addAs(TEMPLATES + "/github/dependabot.yml", ".github/dependabot.yml");
                templates.addReview(spec);
            }
            // nothing of a module runs by itself: no image, no manifests, no alerts, no servers and no queues
            default -> {}
        }
    }

    private static void tests(TemplateFiles templates) {
        templates.add(TEMPLATES, "tests/example.tftest.hcl", "tests/outputs.tftest.hcl", "tests/validation.tftest.hcl");
        if (templates.files().generators().contains("readme")) {
            templates.add(TEMPLATES, "tests/readme.tftest.hcl", "tests/readme/main.tf");
        }
    }

    private static TemplateModel model(ServiceSpec spec, FileSink files) {
        return TemplateModel.builder()
                .text("name", spec.name().value())
                .text("description", spec.description())
                .text("owner", spec.owner())
                .text("codeOwner", spec.codeOwner().orElse(""))
                .text("type", spec.type().id())
                .list("generators", BuiltIn.thatMakeFiles(spec, files.generators()))
                .build();
    }
}
