package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What tools leave behind and git should not see. */
final class GitignoreGenerator implements Generator {

    @Override
    public String id() {
        return "gitignore";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        new PythonProject(spec, files).addAs("gitignore", ".gitignore");
    }
}
