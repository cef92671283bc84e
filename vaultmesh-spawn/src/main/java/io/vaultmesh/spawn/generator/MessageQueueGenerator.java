package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What speaks to the broker, if the specification asks for one. */
final class MessageQueueGenerator implements Generator {

    @Override
    public String id() {
        return "message-queue";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        if (!project.broker().isEmpty()) {
            project.addModules();
        }
    }
}
