package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** A server of the Model Context Protocol, if the specification asks for one. */
final class McpServerGenerator implements Generator {

    @Override
    public String id() {
        return "mcp-server";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        if (project.hasMcpServer()) {
            project.addModules();
        }
    }
}
