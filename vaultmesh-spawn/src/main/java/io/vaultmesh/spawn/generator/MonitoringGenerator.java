package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What is measured, shown, and worth waking somebody for. */
final class MonitoringGenerator implements Generator {

    private static final String PROMETHEUS = "monitoring/prometheus/";
    private static final String GRAFANA = "monitoring/grafana/";

    @Override
    public String id() {
        return "monitoring";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add(
                "monitoring/compose.yaml",
                PROMETHEUS + "prometheus.yml",
                PROMETHEUS + "rules/alerts.yml",
                PROMETHEUS + "tests/alerts.test.yml",
                GRAFANA + "dashboards/service.json",
                GRAFANA + "provisioning/dashboards/service.yml",
                GRAFANA + "provisioning/datasources/prometheus.yml");
        if (project.runs("kubernetes")) {
            project.add(PROMETHEUS + "kubernetes.yml");
        }
    }
}
