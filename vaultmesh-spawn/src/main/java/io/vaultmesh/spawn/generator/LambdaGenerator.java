package io.vaultmesh.spawn.generator;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.function.BiConsumer;

/** A generator given as a function. */
record LambdaGenerator(String id, BiConsumer<ServiceSpec, FileSink> body) implements Generator {

    LambdaGenerator {
        Generators.requireValidId(id);
        requireNonNull(body, "body");
    }

    @Override
    public void generate(ServiceSpec spec, FileSink files) {
        body.accept(spec, files);
    }
}
