package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What a cluster is told: a base, and what differs in staging and in production. */
final class KubernetesGenerator implements Generator {

    @Override
    public String id() {
        return "kubernetes";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add();
    }
}
