package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;

/** A server of the Model Context Protocol, if the specification asks for one. */
final class McpServerGenerator implements Generator {

    @Override
    public String id() {
        return "mcp-server";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return isWanted(spec) ? List.of(Dependency.runtime("mcp", ">=2,<3")) : List.of();
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        if (!isWanted(spec)) {
            return;
        }
        PythonProject project = new PythonProject(spec, files);
        project.addModules(
                "mcp_server/__init__.py", "mcp_server/__main__.py", "mcp_server/server.py", "mcp_server/tools.py");
        if (project.runs("tests")) {
            project.add("tests/conftest.py", "tests/test_mcp_server.py", "tests/test_mcp_tools.py");
        }
    }

    static boolean isWanted(ServiceSpec spec) {
        return spec.features().stream().anyMatch(feature -> feature.id().equals("mcp-server"));
    }
}
