package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What a newcomer reads first: what the service is, how to run it, and on which terms. */
final class ReadmeGenerator implements Generator {

    @Override
    public String id() {
        return "readme";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add("README.md");
        project.add("LICENSE");
    }
}
