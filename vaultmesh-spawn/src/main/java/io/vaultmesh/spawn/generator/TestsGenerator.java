package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.util.ArrayList;
import java.util.List;

/** Tests of the service, and the tools that check its code. */
final class TestsGenerator implements Generator {

    @Override
    public String id() {
        return "tests";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        List<Dependency> tools = new ArrayList<>(List.of(
                Dependency.development("httpx", ">=0.23,<1"),
                Dependency.development("mypy", ">=1.0"),
                Dependency.development("pytest", ">=7.2"),
                Dependency.development("ruff", ">=0.6")));
        if (spec.type() == ServiceType.API) {
            tools.add(Dependency.development("jsonschema", ">=4.10,<5"));
        }
        return tools;
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.add(
                "tests/test_app.py",
                "tests/test_logs.py",
                "tests/test_middleware.py",
                "tests/test_server.py",
                "tests/test_settings.py");
        if (spec.type() == ServiceType.API) {
            project.add("tests/test_contract.py", "tests/test_items.py", "tests/test_problems.py");
        }
        if (project.hasEvents()) {
            project.add("tests/test_consumer.py", "tests/test_events.py", "tests/test_processing.py");
        }
        if (project.hasJobStore()) {
            project.add("tests/test_job_source.py", "tests/test_jobs.py");
        } else if (project.hasEvents()) {
            project.add("tests/test_publisher.py");
        }
        switch (project.broker()) {
            case "rabbitmq" -> project.add("tests/test_rabbitmq.py", "tests/test_rabbitmq_live.py");
            case "nats" -> project.add("tests/test_nats_broker.py", "tests/test_nats_live.py");
            default -> {}
        }
    }
}
