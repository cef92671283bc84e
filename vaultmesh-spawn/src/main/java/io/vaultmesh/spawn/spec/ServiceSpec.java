package io.vaultmesh.spawn.spec;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service should be. The same specification always gives the same files.
 *
 * <pre>{@code
 * ServiceSpec spec = ServiceSpec.named("ledger")
 *         .type(ServiceType.SERVICE)
 *         .language(Language.PYTHON)
 *         .description("Double-entry ledger")
 *         .build();
 * }</pre>
 *
 * <p>Only the name is required. Immutable and thread-safe; two specifications are equal if all their parts are.
 */
public final class ServiceSpec {

    /** The longest description, in Unicode code points. */
    public static final int MAX_DESCRIPTION = 200;

    /** The longest name of an owner, in Unicode code points. */
    public static final int MAX_OWNER = 100;

    static final String CODE_OWNER =
            "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?(?:/[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)?";

    private static final Instant FIRST_DATE = Instant.EPOCH;
    private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59Z");

    private final Parts parts;

    private record Parts(
            ServiceName name,
            ServiceType type,
            Language language,
            String description,
            String owner,
            Optional<String> codeOwner,
            List<Feature> features,
            Optional<Instant> commitDate) {}

    private ServiceSpec(Parts parts) {
        this.parts = parts;
    }

    /**
     * Starts a specification.
     *
     * @param name the service's name, by the rules of {@link ServiceName}; it is checked by {@link Builder#build()},
     *     together with everything else
     * @return a builder for the rest
     */
    public static Builder named(String name) {
        return new Builder(requireNonNull(name, "name"));
    }

    /**
     * Reads a specification, for example what a form of a portal gave.
     *
     * @param json an object as {@link #jsonSchema()} describes it
     * @return the specification
     * @throws SpecException if a member is unknown, has the wrong type or a wrong value, or the name is missing; it lists
     *     every problem
     */
    public static ServiceSpec fromJson(JsonObject json) {
        return SpecJson.read(json);
    }

    /**
     * The specification as JSON, with every default in it.
     *
     * @return an object that {@link #fromJson} reads
     */
    public JsonObject toJson() {
        return SpecJson.write(this);
    }

    /**
     * The JSON Schema (draft 2020-12) of {@link #fromJson}, with patterns that validators in Java, JavaScript, Python and
     * Go take for the same. It accepts whatever that accepts. What it accepts, that may still refuse: a text with a
     * character beyond U+00FF that can't be seen, or that is a space at an end of it, and a day that its month doesn't
     * have, if the validator doesn't check the format {@code date-time}.
     *
     * @return the schema
     */
    public static JsonObject jsonSchema() {
        return SpecSchema.json();
    }

    /**
     * The service's name, and that of its directory.
     *
     * @return the name
     */
    public ServiceName name() {
        return parts.name;
    }

    /**
     * What kind of service it is.
     *
     * @return the type; {@link ServiceType#SERVICE} unless it was set
     */
    public ServiceType type() {
        return parts.type;
    }

    /**
     * The language that it is written in.
     *
     * @return the language; unless it was set, {@link Language#TERRAFORM} of infrastructure and {@link Language#PYTHON} of
     *     all else
     */
    public Language language() {
        return parts.language;
    }

    /**
     * What the service is for, in one line.
     *
     * @return the text; unless it was set, {@code "The <name> service"}, of a tool {@code "The <name> tool"}, and of
     *     infrastructure {@code "The <name> module"}
     */
    public String description() {
        return parts.description;
    }

    /**
     * Who holds the copyright.
     *
     * @return the text; {@code "the <name> authors"} unless it was set
     */
    public String owner() {
        return parts.owner;
    }

    /**
     * Who is asked to review changes, as GitHub names users and teams.
     *
     * @return for example {@code "@example/payments"}; empty if it was not set
     */
    public Optional<String> codeOwner() {
        return parts.codeOwner;
    }

    /**
     * What the service has beyond what its type brings.
     *
     * @return the features sorted by {@link Feature#id()}, at most one of each kind
     */
    public List<Feature> features() {
        return parts.features;
    }

    /**
     * What carries the service's events.
     *
     * @return the broker; empty if the service has no {@link Feature.MessageQueue}
     */
    public Optional<Broker> broker() {
        return parts.features.stream()
                .filter(Feature.MessageQueue.class::isInstance)
                .map(feature -> ((Feature.MessageQueue) feature).broker())
                .findFirst();
    }

    /**
     * The date of the service's first commit.
     *
     * @return the date in whole seconds; empty if it was not set, and whoever makes the commit chooses
     */
    public Optional<Instant> commitDate() {
        return parts.commitDate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceSpec spec && parts.equals(spec.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "ServiceSpec" + parts.toString().substring("Parts".length());
    }

    /** Collects a specification's parts. Each can be set once: a second value is a mistake, not a change of mind. */
    public static final class Builder {

        private final String name;
        private @Nullable ServiceType type;
        private @Nullable Language language;
        private @Nullable String description;
        private @Nullable String owner;
        private @Nullable String codeOwner;
        private @Nullable Instant commitDate;
        private final TreeMap<String, Feature> features = new TreeMap<>();

        private final List<SpecProblem> problems = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds problems that came up before there was a value to set. */
        void problems(List<SpecProblem> more) {
            problems.addAll(more);
        }

        /**
         * Sets what kind of service it is.
         *
         * @param type the type
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder type(ServiceType type) {
            this.type = once("type", this.type, type);
            return this;
        }

        /**
         * Sets the language that it is written in.
         *
         * @param language the language
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder language(Language language) {
            this.language = once("language", this.language, language);
            return this;
        }

        /**
         * Sets what the service is for.
         *
         * @param description one line of at most {@link #MAX_DESCRIPTION} characters, none of them a control
         *     character or one that reorders the text; quotes, braces, dollars and the like are fine, and reach every
         *     file as they stand
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder description(String description) {
            this.description = once("description", this.description, description);
            return this;
        }

        /**
         * Sets who holds the copyright.
         *
         * @param owner one line of at most {@link #MAX_OWNER} characters, by the rules of a description
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder owner(String owner) {
            this.owner = once("owner", this.owner, owner);
            return this;
        }

        /**
         * Sets who is asked to review changes.
         *
         * @param codeOwner a user or team as GitHub names them, for example {@code "@example/payments"}
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder codeOwner(String codeOwner) {
            this.codeOwner = once("codeOwner", this.codeOwner, codeOwner);
            return this;
        }

        /**
         * Adds a feature.
         *
         * @param feature the feature
         * @return this builder
         * @throws IllegalStateException if one of its kind was added before
         */
        @CanIgnoreReturnValue
        public Builder with(Feature feature) {
            features.put(feature.id(), once(feature.id(), features.get(feature.id()), feature));
            return this;
        }

        /**
         * Sets the date of the first commit.
         *
         * @param commitDate the date, from 1970 to 9999; git keeps whole seconds, so a fraction of one is dropped
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        @CanIgnoreReturnValue
        public Builder commitDate(Instant commitDate) {
            this.commitDate = once("commitDate", this.commitDate, commitDate);
            return this;
        }

        /**
         * Checks everything and makes the specification.
         *
         * @return the specification
         * @throws SpecException if anything is wrong; it lists every problem
         */
        public ServiceSpec build() {
            List<SpecProblem> problems = new ArrayList<>();
            ServiceName.problem(name).ifPresent(problems::add);
            problems.addAll(this.problems);
            if (description != null) {
                Texts.problem("description", description, MAX_DESCRIPTION).ifPresent(problems::add);
            }
            if (owner != null) {
                Texts.problem("owner", owner, MAX_OWNER).ifPresent(problems::add);
            }
            if (codeOwner != null && !codeOwner.matches(CODE_OWNER)) {
                problems.add(new SpecProblem(
                        "codeOwner",
                        codeOwner,
                        "is no name of a user or team",
                        "@ and a user, or @ and an organisation, / and a team"));
            }
            if (commitDate != null
                    && (commitDate.isBefore(FIRST_DATE)
                            || commitDate.truncatedTo(ChronoUnit.SECONDS).isAfter(LAST_DATE))) {
                problems.add(new SpecProblem(
                        "commitDate",
                        commitDate.toString(),
                        "is a date that git can't keep",
                        "a date from " + FIRST_DATE + " to " + LAST_DATE));
            }
            ServiceType type = this.type == null ? ServiceType.SERVICE : this.type;
            Language language = this.language == null ? Combinations.language(type) : this.language;
            // a type that isn't known has told its problem, and nothing about what goes with it
            if (problems.stream().noneMatch(problem -> problem.field().equals(SpecJson.TYPE))) {
                problems.addAll(Combinations.problems(type, language, features.values()));
            }
            if (!problems.isEmpty()) {
                throw new SpecException(problems);
            }
            return new ServiceSpec(new Parts(
                    ServiceName.of(name),
                    type,
                    language,
                    description == null ? "The " + name + " " + Combinations.noun(type) : description,
                    owner == null ? "the " + name + " authors" : owner,
                    Optional.ofNullable(codeOwner),
                    List.copyOf(features.values()),
                    Optional.ofNullable(commitDate).map(date -> date.truncatedTo(ChronoUnit.SECONDS))));
        }

        private static <T> T once(String field, @Nullable T old, T value) {
            requireNonNull(value, field);
            if (old != null) {
                throw new IllegalStateException(
                        field + " was already set to " + Texts.quote(old.toString()) + ", and can be set only once");
            }
            return value;
        }
    }
}
