package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** What git should not see, and how git and editors keep the text of the rest. */
final class GitignoreGenerator implements Generator {

    @Override
    public String id() {
        return "gitignore";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        PythonProject project = new PythonProject(spec, files);
        project.addAs("gitignore", ".gitignore");
        project.templates().addTextRules();
    }
}
