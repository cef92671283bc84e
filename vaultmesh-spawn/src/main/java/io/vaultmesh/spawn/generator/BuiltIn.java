package io.vaultmesh.spawn.generator;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;
import java.util.Set;

/** A built-in generator, which makes other files for a tool and for infrastructure than for services, or none. */
record BuiltIn(Generator ofServices) implements Generator {

    /** They make what something needs that stays and listens. */
    private static final Set<String> OF_SERVICES_ONLY =
            Set.of("dockerfile", "kubernetes", "monitoring", "mcp-server", "message-queue");

    BuiltIn {
        requireNonNull(ofServices, "ofServices");
    }

    /** Those generators that a project can have files of: what others make may refer to these. */
    static List<String> thatMakeFiles(ServiceSpec spec, List<String> generators) {
        return switch (spec.type()) {
            case SERVICE, API, WORKER -> generators;
            case TOOL, INFRA ->
                generators.stream().filter(id -> !OF_SERVICES_ONLY.contains(id)).toList();
        };
    }

    @Override
    public String id() {
        return ofServices.id();
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return switch (spec.type()) {
            case SERVICE, API, WORKER -> ofServices.dependencies(spec);
            case TOOL -> PythonTool.dependencies(id());
            case INFRA -> List.of();
        };
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        switch (spec.type()) {
            case SERVICE, API, WORKER -> ofServices.generate(spec, files);
            case TOOL -> PythonTool.generate(id(), spec, files);
            case INFRA -> TerraformModule.generate(id(), spec, files);
        }
    }
}
