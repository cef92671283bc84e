package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** The image of the service, and a composition that runs it on one machine. */
final class DockerfileGenerator implements Generator {

    @Override
    public String id() {
        return "dockerfile";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add("Dockerfile", "compose.yaml");
        project.addAs("dockerignore", ".dockerignore");
    }
}
