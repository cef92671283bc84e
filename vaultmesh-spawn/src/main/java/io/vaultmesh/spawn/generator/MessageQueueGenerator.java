package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;

/** What speaks to the broker, if the specification asks for one. */
final class MessageQueueGenerator implements Generator {

    @Override
    public String id() {
        return "message-queue";
    }

    @Override
    public List<Dependency> dependencies(ServiceSpec spec) {
        return spec.broker()
                .map(broker -> switch (broker) {
                    case RABBITMQ -> Dependency.runtime("aio-pika", ">=8.2,<10");
                    case NATS -> Dependency.runtime("nats-py", ">=2.6,<3");
                })
                .map(List::of)
                .orElseGet(List::of);
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        switch (project.broker()) {
            case "rabbitmq" -> project.addModules("dead_letters.py", "publisher.py", "rabbitmq.py");
            case "nats" -> project.addModules("dead_letters.py", "nats_broker.py", "publisher.py");
            default -> {}
        }
    }
}
