package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What runs the service in a cluster: a base, and what staging and production change about it. */
final class KubernetesGenerator implements Generator {

    private static final String BASE = "deploy/kubernetes/base/";
    private static final String OVERLAYS = "deploy/kubernetes/overlays/";

    @Override
    public String id() {
        return "kubernetes";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add(
                BASE + "deployment.yaml",
                BASE + "kustomization.yaml",
                BASE + "networkpolicy.yaml",
                BASE + "poddisruptionbudget.yaml",
                BASE + "service.yaml",
                BASE + "serviceaccount.yaml",
                // two processes can't share one file of jobs: such a worker has a volume, and isn't scaled
                project.hasJobStore() ? BASE + "persistentvolumeclaim.yaml" : BASE + "horizontalpodautoscaler.yaml");
        for (String environment : new String[] {"staging", "production"}) {
            project.add(OVERLAYS + environment + "/kustomization.yaml", OVERLAYS + environment + "/namespace.yaml");
        }
    }
}
