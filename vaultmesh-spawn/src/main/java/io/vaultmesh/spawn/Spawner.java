package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.generator.Generators;
import io.vaultmesh.spawn.git.FirstCommit;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates services.
 *
 * <pre>{@code
 * Spawner spawner = Spawner.builder().into(Path.of("services")).build();
 * SpawnResult service = spawner.spawn(ServiceSpec.named("ledger").description("Double-entry ledger").build());
 * service.directory();            // services/ledger
 * service.manifest().digest();    // pins every byte
 * service.commit();               // same specification, same bytes, same commit id
 * }</pre>
 *
 * <p>The files are a function of the specification and the generators; so is the id of the commit, together with its
 * date: that of the specification, else the environment variable {@code SOURCE_DATE_EPOCH} (seconds since 1970), else
 * {@link #DEFAULT_COMMIT_DATE}. Locale, time zone, version of Java, and git's configuration have no influence.
 *
 * <p>A service appears whole or not at all: files, manifest and git repository by one atomic move.
 *
 * <p>Immutable; as thread-safe as its generators are, and the built-in ones are.
 */
public final class Spawner {

    /** The date of a first commit unless something else is asked for: 2026-01-01T00:00:00Z. */
    public static final Instant DEFAULT_COMMIT_DATE = Instant.parse("2026-01-01T00:00:00Z");

    private static final Path DEFAULT_DIRECTORY = Path.of("services");
    /** Stands where the generator of a file stands: this one isn't made by any of them. */
    private static final String MANIFEST = "manifest";

    private final Path into;
    private final Generators generators;
    private final CommitDate commitDate;

    private Spawner(Path into, Generators generators, CommitDate commitDate) {
        this.into = into;
        this.generators = generators;
        this.commitDate = commitDate;
    }

    /**
     * Starts a spawner with all built-in generators.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes the files of a service in memory, and writes nothing.
     *
     * @param spec the service
     * @return its files and their manifest
     * @throws IllegalStateException if a generator fails, or two of them make files that can't stand side by side; the
     *     message names them
     */
    public SpawnPlan plan(ServiceSpec spec) {
        requireNonNull(spec, "spec");
        FileTree generated = generators.generate(spec);
        Manifest manifest = Manifest.of(spec, generated);
        FileTree all = FileTree.builder()
                .addAll(generated)
                .add(new GeneratedFile(Manifest.PATH, manifest.content(), false, MANIFEST))
                .build();
        return new SpawnPlan(spec, all, manifest);
    }

    /**
     * Makes a service: its files, its manifest and a git repository with one commit of them all, on branch {@code
     * main}, in a directory of the service's name.
     *
     * @param spec the service
     * @return where it is, and what was made
     * @throws IllegalStateException if a generator fails, as in {@link #plan}, or {@code SOURCE_DATE_EPOCH} is needed
     *     and is no number of seconds; nothing is written
     * @throws UncheckedIOException if the service's directory exists and has anything in it, or is a file or a symbolic
     *     link, or if something can't be written; what was there is as before
     */
    @CanIgnoreReturnValue
    public SpawnResult spawn(ServiceSpec spec) {
        requireNonNull(spec, "spec");
        Path directory = into.resolve(spec.name().value());
        TreeWriter.requireFree(directory);
        Instant date = commitDate.of(spec);
        SpawnPlan plan = plan(spec);
        String message = "Create " + spec.name() + "\n\n" + spec.description() + "\n";
        try (TreeWriter writer = TreeWriter.open(directory)) {
            writer.write(plan.files());
            String commit = FirstCommit.write(writer.directory(), plan.files(), date, message);
            writer.publish();
            return new SpawnResult(spec, directory, plan.manifest(), commit);
        }
    }

    /** Collects what a spawner should do. Not thread-safe. */
    public static final class Builder {

        private final List<Generator> added = new ArrayList<>();
        private final List<String> omitted = new ArrayList<>();
        private @Nullable Path into;
        private CommitDate.Environment environment = System::getenv;

        private Builder() {}

        /**
         * Sets where the directories of services go.
         *
         * @param directory the parent of those directories; made when it is needed. By default {@code services} below
         *     the working directory
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder into(Path directory) {
            requireNonNull(directory, "directory");
            if (into != null) {
                throw new IllegalStateException("into was already set to " + into + ", and can be set only once");
            }
            into = directory;
            return this;
        }

        /**
         * Adds a generator, which runs after the built-in ones and those added before.
         *
         * @param generator the generator
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder add(Generator generator) {
            added.add(requireNonNull(generator, "generator"));
            return this;
        }

        /**
         * Leaves out a built-in generator; an own one may then take its place and its id.
         *
         * @param id the id of the generator, for example {@code "readme"}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder without(String id) {
            omitted.add(requireNonNull(id, "id"));
            return this;
        }

        @CanIgnoreReturnValue
        Builder environment(CommitDate.Environment environment) {
            this.environment = environment;
            return this;
        }

        /**
         * Makes the spawner.
         *
         * @return the spawner
         * @throws IllegalArgumentException if a generator to leave out doesn't exist, or two generators have one id
         */
        public Spawner build() {
            Generators generators = Generators.builtIn();
            for (String id : omitted) {
                generators = generators.without(id);
            }
            for (Generator generator : added) {
                generators = generators.and(generator);
            }
            return new Spawner(into == null ? DEFAULT_DIRECTORY : into, generators, new CommitDate(environment));
        }
    }
}
