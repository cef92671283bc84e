package io.vaultmesh.spawn.generator;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.render.TemplateModel;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the templates of a Python project can say, and where its files lie. */
final class PythonProject {

    private static final String TEMPLATES = "python";

    /** The version of a service that was just made. */
    private static final String VERSION = "0.1.0";

    /** With "-production" it still is a label of DNS, as the name of a namespace must be. */
    private static final int NAMESPACE_LENGTH = 63 - "-production".length();

    private final ServiceSpec spec;
    private final FileSink files;
    private final TemplateFiles templates;

    PythonProject(ServiceSpec spec, FileSink files) {
        this.spec = spec;
        this.files = files;
        TemplateModel model = TemplateModel.builder()
                .text("name", spec.name().value())
                .text("package", packageName())
                .text("variables", packageName().toUpperCase(Locale.ROOT))
                .text("namespace", namespace())
                .text("version", VERSION)
                .text("description", spec.description())
                .text("owner", spec.owner())
                .text("codeOwner", spec.codeOwner().orElse(""))
                .text("type", spec.type().id())
                .text("broker", broker())
                .flag("mcp", hasMcpServer())
                .flag("events", hasEvents())
                .list("generators", BuiltIn.thatMakeFiles(spec, files.generators()))
                .list("dependencies", requirements(Dependency.Scope.RUNTIME))
                .list("development", requirements(Dependency.Scope.DEVELOPMENT))
                .build();
        this.templates = new TemplateFiles(files, model);
    }

    /** The import package: a hyphen can't stand in an identifier. */
    String packageName() {
        return spec.name().value().replace('-', '_');
    }

    /** What the names of its namespaces in a cluster start with: of a long name as much as fits, and its hash. */
    private String namespace() {
        String name = spec.name().value();
        if (name.length() <= NAMESPACE_LENGTH) {
            return name;
        }
        String hash = Hashing.sha256(name.getBytes(StandardCharsets.US_ASCII)).toString();
        return name.substring(0, NAMESPACE_LENGTH - 9) + "-" + hash.substring(0, 8);
    }

    /** The broker's name; empty if there is none, or nobody to make what speaks to it. */
    String broker() {
        return runs("message-queue") ? spec.broker().map(Broker::id).orElse("") : "";
    }

    boolean hasMcpServer() {
        return runs("mcp-server") && McpServerGenerator.isWanted(spec);
    }

    /** Whether the service handles events, from a broker or from the queue of its own that a worker has. */
    boolean hasEvents() {
        return spec.type() == ServiceType.WORKER || !broker().isEmpty();
    }

    /** Whether a worker keeps its jobs itself, since no broker does. */
    boolean hasJobStore() {
        return spec.type() == ServiceType.WORKER && broker().isEmpty();
    }

    boolean runs(String generator) {
        return files.generators().contains(generator);
    }

    private List<String> requirements(Dependency.Scope scope) {
        return files.dependencies().stream()
                .filter(dependency -> dependency.scope() == scope)
                .map(dependency -> dependency.name() + dependency.versions())
                .toList();
    }

    /** Adds the files that the templates of the same paths give. */
    void add(String... paths) {
        templates.add(TEMPLATES, paths);
    }

    /** Adds the file that a template gives. */
    void addAs(String template, String path) {
        templates.addAs(TEMPLATES + "/" + template, path);
    }

    /** All that templates give, those too that aren't of Python alone. */
    TemplateFiles templates() {
        return templates;
    }

    /** Adds modules of the service's own package. */
    void addModules(String... names) {
        for (String name : names) {
            addAs("src/" + name, "src/" + packageName() + "/" + name);
        }
    }
}
