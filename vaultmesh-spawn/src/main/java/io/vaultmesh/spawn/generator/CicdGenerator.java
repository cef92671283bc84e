package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;

/** What is checked and published on every change, and by whom it is reviewed. */
final class CicdGenerator implements Generator {

    @Override
    public String id() {
        return "cicd";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return List.of(Dependency.development("yamllint", ">=1.29"));
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.addAs("github/ci.yml", ".github/workflows/ci.yml");
        project.addAs("github/dependabot.yml", ".github/dependabot.yml");
        if (project.runs("dockerfile")) {
            project.addAs("github/release.yml", ".github/workflows/release.yml");
        }
        project.templates().addReview(spec);
        if (project.runs("tests")) {
            project.add("tests/test_drift.py");
        }
    }
}
