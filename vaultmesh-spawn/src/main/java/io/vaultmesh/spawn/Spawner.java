package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.spawn.generator.Generator;
import io.vaultmesh.spawn.generator.Generators;
import io.vaultmesh.spawn.git.FirstCommit;
import io.vaultmesh.spawn.git.WorkingFiles;
import io.vaultmesh.spawn.manifest.Drift;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.Seal;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.toolchain.Toolchain;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.tree.TreeWriter;
import io.vaultmesh.spawn.update.Update;
import io.vaultmesh.spawn.update.UpdateOptions;
import io.vaultmesh.spawn.update.UpdateRefusedException;
import io.vaultmesh.spawn.update.UpdateReport;
import io.vaultmesh.spawn.verify.ProjectTests;
import io.vaultmesh.spawn.verify.StaticVerification;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates services.
 *
 * <pre>{@code
 * Spawner spawner = Spawner.builder().into(Path.of("services")).verify(Verification.STATIC).build();
 * SpawnResult service = spawner.spawn(ServiceSpec.named("ledger").description("Double-entry ledger").build());
 * service.directory();               // services/ledger
 * service.manifest().digest();       // pins every byte
 * service.commit();                  // same specification, same bytes, same commit id
 * service.verification().orThrow();  // what was checked
 * }</pre>
 *
 * <p>The files are a function of the specification and the generators; so is the id of the commit, together with its
 * date: that of the specification, else the environment variable {@code SOURCE_DATE_EPOCH} (seconds since 1970), else
 * {@link #DEFAULT_COMMIT_DATE}. Locale, time zone, version of Java, and git's configuration have no influence.
 *
 * <p>A service appears whole or not at all: files, manifest and git repository by one atomic move.
 *
 * <p>Immutable; as thread-safe as its generators, its signer and its listener are, and the built-in generators are.
 */
public final class Spawner {

    /** The date of a first commit unless something else is asked for: 2026-01-01T00:00:00Z. */
    public static final Instant DEFAULT_COMMIT_DATE = Instant.parse("2026-01-01T00:00:00Z");

    private static final Path DEFAULT_DIRECTORY = Path.of("services");
    /** Stands where the generator of a file stands: these aren't made by any of them. */
    private static final String MANIFEST = "manifest";

    private final Path into;
    private final Generators generators;
    private final Verification verification;
    private final @Nullable EnvelopeSigner signer;
    private final List<EnvelopeVerifier> trusted;
    private final SpawnProgress.Listener listener;
    private final Toolchain toolchain;

    private Spawner(Builder builder, Generators generators) {
        this.into = builder.into == null ? DEFAULT_DIRECTORY : builder.into;
        this.generators = generators;
        this.verification = builder.verification == null ? Verification.NONE : builder.verification;
        this.signer = builder.signer;
        this.trusted = List.copyOf(builder.trusted);
        this.listener = builder.listener == null ? progress -> {} : builder.listener;
        this.toolchain = Toolchain.of(builder.environment);
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
        FileContent base = generated.toZip();
        Manifest manifest = Manifest.of(spec, generated, base);
        FileTree.Builder all = FileTree.builder()
                .addAll(generated)
                .add(own(Manifest.PATH, manifest.content()))
                .add(own(Manifest.BASE, base));
        if (signer != null) {
            all.add(own(Manifest.SEAL, Seal.sign(manifest, signer)));
        }
        return new SpawnPlan(spec, all.build(), manifest);
    }

    private static GeneratedFile own(RelativePath path, FileContent content) {
        return new GeneratedFile(path, content, false, MANIFEST);
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
     *     link; if it lies in a git repository that doesn't ignore it, and would take the service for a part of itself;
     *     or if something can't be written. What was there is as before
     */
    @CanIgnoreReturnValue
    public SpawnResult spawn(ServiceSpec spec) {
        requireNonNull(spec, "spec");
        Path directory = directoryOf(spec);
        TreeWriter.requireFree(directory);
        requireNoRepositoryAround(directory);
        Instant date = new CommitDate(toolchain).of(spec);
        SpawnPlan plan = plan(spec);
        tell(spec, SpawnProgress.Step.PLANNED, 1, 1);
        Report report = verify(plan);
        int size = plan.files().size();
        try (TreeWriter writer = TreeWriter.open(directory)) {
            writer.write(plan.files(), done -> tell(spec, SpawnProgress.Step.WRITTEN, done, size));
            String commit = commit(directory, writer.directory(), plan, date);
            tell(spec, SpawnProgress.Step.COMMITTED, 1, 1);
            writer.publish();
            return new SpawnResult(spec, directory, plan.manifest(), commit, report);
        }
    }

    /** Makes the repository where the files are for now; whoever reads of a failure knows only where they shall be. */
    private static String commit(Path directory, Path staging, SpawnPlan plan, Instant date) {
        String message = "Create " + plan.spec().name() + "\n\n" + plan.spec().description() + "\n";
        try {
            return FirstCommit.write(staging, plan.files(), date, message);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    "can't make the git repository of " + directory + ": " + e.getCause(), e.getCause());
        }
    }

    private Path directoryOf(ServiceSpec spec) {
        return into.resolve(spec.name().value());
    }

    private static void requireNoRepositoryAround(Path directory) {
        WorkingFiles.repositoryAround(directory).ifPresent(repository -> {
            String reason = "lies in the git repository " + repository + ", which doesn't ignore it";
            throw new UncheckedIOException(
                    directory + " " + reason + "; expected a directory outside of any repository, or one that its"
                            + " .gitignore names; SpawnPlan.writeTo makes no repository of its own",
                    new FileSystemException(directory.toString(), null, reason));
        });
    }

    private Report verify(SpawnPlan plan) {
        if (verification == Verification.NONE) {
            return new Report("nothing of service " + plan.spec().name() + " was checked", List.of());
        }
        Report report = StaticVerification.of(plan.spec(), plan.files(), toolchain);
        if (verification == Verification.TESTS) {
            report = report.and(ProjectTests.of(plan.spec(), plan.files(), toolchain));
        }
        tell(plan.spec(), SpawnProgress.Step.VERIFIED, 1, 1);
        return report;
    }

    private void tell(ServiceSpec spec, SpawnProgress.Step step, int done, int total) {
        listener.onProgress(new SpawnProgress(spec.name(), step, done, total));
    }

    /**
     * Compares a service with what was generated: offline, with the manifest in the service itself. Whether that one is
     * still the original is told by its signature, if {@link Builder#trust} was given the signer's key.
     *
     * @param serviceDirectory the directory of the service
     * @return which files are as generated, were modified, are missing, or came later, and what is known of the manifest
     * @throws UncheckedIOException if there is no manifest, or a file can't be read
     * @throws IllegalArgumentException if the manifest is not one
     */
    public Drift drift(Path serviceDirectory) {
        return Drift.of(requireNonNull(serviceDirectory, "serviceDirectory"), trusted);
    }

    /**
     * Merges what is generated today into a service: writes the files, as {@link UpdateOptions#write()} says.
     *
     * @param serviceDirectory the directory of the service
     * @return what became of each file
     * @throws UncheckedIOException as {@link #update(Path, UpdateOptions)} does; so the others
     * @throws IllegalArgumentException if the manifest is not one, or has a newer format
     * @throws UpdateRefusedException if the service can't be updated as it is
     */
    public UpdateReport update(Path serviceDirectory) {
        return update(serviceDirectory, UpdateOptions.write());
    }

    /**
     * Merges what is generated today, from the specification in the service's manifest, into the service, line by line:
     * against the files as they were generated, which {@code .vaultmesh/base.zip} has, or git. Files and manifest change
     * together, or not at all: what a process that died had written is taken back by the next update, or finished if nothing
     * was missing, and the report's {@link UpdateReport#note()} says so. Every file that is
     * replaced or removed is kept, as it was, in {@code .vaultmesh/update/before.zip} until the next update. Nothing is
     * committed, and nothing run. The new manifest is signed if there is a signer, as it has to be if the old one was.
     *
     * @param serviceDirectory the directory of the service
     * @param options whether anything is written
     * @return what became of each file, or would; look at {@link UpdateReport#hasConflicts()}
     * @throws UncheckedIOException if there is no manifest, or a file can't be read or written
     * @throws IllegalArgumentException if the manifest is not one, or has a newer format
     * @throws UpdateRefusedException if the service can't be updated as it is; its reason tells why. No file was changed
     */
    public UpdateReport update(Path serviceDirectory, UpdateOptions options) {
        requireNonNull(serviceDirectory, "serviceDirectory");
        requireNonNull(options, "options");
        return Update.of(serviceDirectory, options, trusted, spec -> plan(spec).files());
    }

    /**
     * Looks at everything that could keep a service from being made or used, and changes nothing.
     *
     * @param spec the service
     * @return a report: the target directory, its parent, the free space there, git's settings and attributes, and each
     *     tool that the service needs, with the version that was found; whatever isn't right says what to do. {@link #spawn} itself
     *     needs none of the tools
     */
    public Report preflight(ServiceSpec spec) {
        return new Preflight(plan(spec), directoryOf(spec), toolchain).report();
    }

    /** Collects what a spawner should do. Not thread-safe. */
    public static final class Builder {

        private final List<Generator> added = new ArrayList<>();
        private final List<String> omitted = new ArrayList<>();
        private final List<EnvelopeVerifier> trusted = new ArrayList<>();
        private @Nullable Path into;
        private @Nullable Verification verification;
        private @Nullable EnvelopeSigner signer;
        private SpawnProgress.@Nullable Listener listener;
        private Map<String, String> environment = System.getenv();

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
            into = once("into", into, directory);
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
         * @param id the id of the generator, for example {@code "monitoring"}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder without(String id) {
            omitted.add(requireNonNull(id, "id"));
            return this;
        }

        /**
         * Sets how much of a service is checked when it is spawned. What was found is in the result, and doesn't keep
         * the service from being made.
         *
         * @param verification how much; by default {@link Verification#NONE}
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder verify(Verification verification) {
            this.verification = once("verify", this.verification, verification);
            return this;
        }

        /**
         * Sets who signs manifests. The signature is a file of the service and part of its first commit; so the
         * commit's id is the same each time only if signatures are, and those of Ed25519 are.
         *
         * @param signer the signer; by default there is none
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder signer(EnvelopeSigner signer) {
            this.signer = once("signer", this.signer, signer);
            return this;
        }

        /**
         * Adds a key whose signature of a manifest counts, for {@link Spawner#drift} and {@link Spawner#update(Path)}.
         *
         * @param verifier the key
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder trust(EnvelopeVerifier verifier) {
            trusted.add(requireNonNull(verifier, "verifier"));
            return this;
        }

        /**
         * Sets who hears how far services have come.
         *
         * @param listener the listener; by default there is none
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder listener(SpawnProgress.Listener listener) {
            this.listener = once("listener", this.listener, listener);
            return this;
        }

        @CanIgnoreReturnValue
        Builder environment(Map<String, String> environment) {
            this.environment = environment;
            return this;
        }

        private static <T> T once(String what, @Nullable T old, T value) {
            requireNonNull(value, what);
            if (old != null) {
                throw new IllegalStateException(what + " was already set to " + old + ", and can be set only once");
            }
            return value;
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
            return new Spawner(this, generators);
        }
    }
}
