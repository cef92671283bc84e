package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;

/** Tests of the service, and the tools that check its code. */
final class TestsGenerator implements Generator {

    @Override
    public String id() {
        return "tests";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return List.of(
                Dependency.development("httpx", ">=0.23,<1"),
                Dependency.development("mypy", ">=1.0"),
                Dependency.development("pytest", ">=7.2"),
                Dependency.development("ruff", ">=0.6"));
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add("tests/test_app.py", "tests/test_logs.py", "tests/test_server.py", "tests/test_settings.py");
    }
}
