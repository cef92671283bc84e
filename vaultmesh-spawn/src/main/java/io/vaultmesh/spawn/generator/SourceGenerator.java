package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.util.List;

/** The service itself, and what builds it. */
final class SourceGenerator implements Generator {

    @Override
    public String id() {
        return "source";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return List.of(
                Dependency.runtime("fastapi", ">=0.92,<1"),
                Dependency.runtime("prometheus-client", ">=0.16,<1"),
                Dependency.runtime("uvicorn", ">=0.17,<1"));
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add("pyproject.toml");
        project.addAs("env.example", ".env.example");
        project.addModules(
                "__init__.py",
                "__main__.py",
                "app.py",
                "components.py",
                "logs.py",
                "metrics.py",
                "middleware.py",
                "py.typed",
                "server.py",
                "settings.py");
        if (spec.type() == ServiceType.API) {
            project.addModules("items.py", "openapi.json", "problems.py");
        }
        if (project.hasEvents()) {
            project.addModules("consumer.py", "events.py", "handler.py", "processing.py");
        }
        if (project.hasJobStore()) {
            project.addModules("job_source.py", "jobs.py");
        }
    }
}
