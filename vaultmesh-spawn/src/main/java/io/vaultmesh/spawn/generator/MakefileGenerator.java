package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;

/** The commands of daily work, under the same names in every service. */
final class MakefileGenerator implements Generator {

    @Override
    public String id() {
        return "makefile";
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        new PythonProject(spec, files).add("Makefile");
    }
}
