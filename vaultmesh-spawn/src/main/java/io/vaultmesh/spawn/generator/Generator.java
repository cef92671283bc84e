package io.vaultmesh.spawn.generator;

import io.vaultmesh.spawn.spec.ServiceSpec;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Makes some of the files of a service.
 *
 * <pre>{@code
 * Generator notice = Generator.of("notice", (spec, files) ->
 *         files.add(RelativePath.of("NOTICE"), spec.name() + "\nCopyright " + spec.owner() + "\n"));
 * }</pre>
 *
 * <p>An implementation MUST be a pure function of the specification (and of the dependencies that all generators
 * declared): no clock, no randomness, no environment, no default locale, so that the same specification always gives
 * the same bytes. It MUST NOT touch the file system, and MUST NOT keep the {@link FileSink} beyond the call. It MUST be
 * safe for use by several threads. If it throws, nothing at all is written.
 */
public interface Generator {

    /**
     * What this generator is called, in manifests and in messages.
     *
     * @return lower-case ASCII letters, digits and hyphens, first a letter; always the same
     */
    String id();

    /**
     * Packages that the service needs because of what this generator makes. Asked of every generator before any of
     * them makes a file.
     *
     * @param spec the service
     * @return the packages; none by default
     */
    default List<Dependency> dependencies(ServiceSpec spec) {
        return List.of();
    }

    /**
     * Makes the files.
     *
     * @param spec the service
     * @param files takes the files
     */
    void generate(ServiceSpec spec, FileSink files);

    /**
     * A generator that needs no packages.
     *
     * @param id what it is called
     * @param body what makes the files
     * @return the generator
     * @throws IllegalArgumentException if the id breaks the rule of {@link #id()}
     */
    static Generator of(String id, BiConsumer<ServiceSpec, FileSink> body) {
        return new LambdaGenerator(id, body);
    }
}
