package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What is checked and published on every change, and by whom it is reviewed. */
final class CicdGenerator implements Generator {

    @Override
    public String id() {
        return "cicd";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add();
    }
}
