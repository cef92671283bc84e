package io.vaultmesh.spawn.spec;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a specification. Immutable and thread-safe.
 *
 * @param field which part of the specification, by the name of its setter, for example {@code "description"}; of JSON the
 *     member, which may be one that nobody knows
 * @param value what it was set to; a value of JSON that isn't a string as JSON writes it; empty if it is missing
 * @param problem what is wrong with it, to be read after field and value, for example {@code "is empty"}
 * @param expected what would be right
 */
public record SpecProblem(String field, String value, String problem, String expected) {

    /**
     * Creates a problem.
     *
     * @param field which part of the specification
     * @param value what it was set to
     * @param problem what is wrong with it
     * @param expected what would be right
     */
    public SpecProblem {
        requireNonNull(field, "field");
        requireNonNull(value, "value");
        requireNonNull(problem, "problem");
        requireNonNull(expected, "expected");
    }

    /**
     * The problem as a sentence without its full stop. The value is shortened, and what can't be seen in it or would
     * reorder the text around it is written as {@code \}{@code u202e}; so is a field that isn't a plain name.
     */
    @Override
    public String toString() {
        return (field.matches("[A-Za-z0-9-]{1,80}") ? field : Texts.quote(field)) + " " + Texts.quote(value) + " "
                + problem + "; expected " + expected;
    }
}
