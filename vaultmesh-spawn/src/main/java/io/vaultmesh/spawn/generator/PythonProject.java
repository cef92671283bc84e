package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.render.TemplateModel;
import io.vaultmesh.spawn.render.Templates;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.List;

/** What the templates of a Python project can say, and where its files lie. */
final class PythonProject {

    /** The version of a service that was just made. */
    private static final String VERSION = "0.1.0";

    private final ServiceSpec spec;
    private final FileSink files;
    private final TemplateModel model;

    PythonProject(ServiceSpec spec, FileSink files) {
        this.spec = spec;
        this.files = files;
        this.model = TemplateModel.builder()
                .text("name", spec.name().value())
                .text("package", packageName())
                .text("version", VERSION)
                .text("description", spec.description())
                .text("owner", spec.owner())
                .list("dependencies", requirements(Dependency.Scope.RUNTIME))
                .list("development", requirements(Dependency.Scope.DEVELOPMENT))
                .build();
    }

    /** The import package: a hyphen can't stand in an identifier. */
    String packageName() {
        return spec.name().value().replace('-', '_');
    }

    private List<String> requirements(Dependency.Scope scope) {
        return files.dependencies().stream()
                .filter(dependency -> dependency.scope() == scope)
                .map(dependency -> dependency.name() + dependency.versions())
                .toList();
    }

    /** Adds the file that the template of the same path gives. */
    void add(String path) {
        add(path, path);
    }

    /** Adds the file that a template gives. */
    void add(String template, String path) {
        files.add(RelativePath.of(path), Templates.render("python/" + template, model));
    }

    /** Adds a module of the service's own package. */
    void addModule(String name) {
        add("src/" + name, "src/" + packageName() + "/" + name);
    }
}
