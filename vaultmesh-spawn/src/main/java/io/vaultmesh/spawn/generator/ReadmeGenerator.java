package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What a newcomer reads: what the service is, how to run it, how to change it, why it is as it is, on which terms. */
final class ReadmeGenerator implements Generator {

    @Override
    public String id() {
        return "readme";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add(
                "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "docs/adr/0001-shape-of-the-service.md");
        project.templates().add("common", "LICENSE");
    }
}
