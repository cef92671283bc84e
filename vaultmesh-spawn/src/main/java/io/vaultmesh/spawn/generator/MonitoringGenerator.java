package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What is measured, shown, and worth waking somebody for. */
final class MonitoringGenerator implements Generator {

    @Override
    public String id() {
        return "monitoring";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add();
    }
}
