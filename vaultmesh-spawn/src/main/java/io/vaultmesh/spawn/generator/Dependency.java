package io.vaultmesh.spawn.generator;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A package that a generated service needs. Immutable and thread-safe.
 *
 * @param name its name in the language's registry
 * @param versions which versions will do, in the language's notation, for example {@code ">=0.92,<1"}
 * @param scope what needs it
 */
public record Dependency(String name, String versions, Scope scope) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern VERSIONS = Pattern.compile("[A-Za-z0-9.*+!<>=~, -]+");

    /** What needs a package. */
    public enum Scope {
        /** The running service. */
        RUNTIME,
        /** Tests, formatters and type checkers. */
        DEVELOPMENT
    }

    /**
     * Creates a dependency.
     *
     * @param name its name in the language's registry
     * @param versions which versions will do
     * @param scope what needs it
     * @throws IllegalArgumentException if the name or the versions have characters that no registry knows
     */
    public Dependency {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a dependency is \"" + name
                    + "\", expected letters, digits, dots, hyphens and underscores, first and last a letter or digit");
        }
        if (!VERSIONS.matcher(versions).matches()) {
            throw new IllegalArgumentException(
                    "versions of " + name + " are \"" + versions + "\", expected a condition such as \">=1.2,<2\"");
        }
        requireNonNull(scope, "scope");
    }

    /**
     * A package that the running service needs.
     *
     * @param name its name in the language's registry
     * @param versions which versions will do
     * @return the dependency
     * @throws IllegalArgumentException if the name or the versions have characters that no registry knows
     */
    public static Dependency runtime(String name, String versions) {
        return new Dependency(name, versions, Scope.RUNTIME);
    }

    /**
     * A package that tests or development tools need.
     *
     * @param name its name in the language's registry
     * @param versions which versions will do
     * @return the dependency
     * @throws IllegalArgumentException if the name or the versions have characters that no registry knows
     */
    public static Dependency development(String name, String versions) {
        return new Dependency(name, versions, Scope.DEVELOPMENT);
    }

    /** What both need: the same versions, for the running service if one of them says so. */
    Dependency and(Dependency other, @Nullable String by, String otherBy) {
        if (!name.equals(other.name) || !versions.equals(other.versions)) {
            throw new IllegalStateException(
                    "generators " + by + " and " + otherBy + " need different things: " + this + " and " + other);
        }
        return scope == Scope.RUNTIME ? this : other;
    }
}
